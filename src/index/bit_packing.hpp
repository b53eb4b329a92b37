// SPDX-License-Identifier: MIT
// Integers packed to the bits they need. Blocks of 128 lie in four interleaved lanes (value i in lane i % 4), the layout
// of SIMD-BP128 (Lemire and Boytsov 2015, "Decoding billions of integers per second through vectorization"), which
// 128-bit vector units unpack four at a time; shorter runs are packed one after the other. A few values that need more
// bits than the rest are patched (PFOR: Zukowski et al. 2006, "Super-scalar RAM-CPU cache compression").
// Pure functions. On disk: FORMAT.md, "Packed integers".
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace digest::index {

inline constexpr std::size_t kBlockSize = 128;  // on disk, never change

// Appends `count` <= kBlockSize values.
void append_packed(std::string& out, const std::uint32_t* values, std::size_t count);

// Unpacks `count` values from the front of `bytes` into `values` (room for kBlockSize) and returns how many bytes they
// took. Any bytes are safe; what cannot have been written by append_packed throws Error(corrupt).
std::size_t unpack(std::string_view bytes, std::size_t count, std::uint32_t* values);

// How many bytes unpack() would consume.
std::size_t packed_size(std::string_view bytes, std::size_t count);

// unpack() of gaps to ascending numbers: each number is the one before it, plus one, plus its gap; the first counts from
// `before` (-1: from before number 0). `last` becomes the last number without wrapping: one that needs more than 32 bits
// says that values wrapped. `count` > 0.
std::size_t unpack_ascending(std::string_view bytes, std::size_t count, std::uint32_t* values, std::uint32_t before, std::uint64_t& last);

// unpack() of numbers that are written less one. Returns, or-ed, what is written: below a power of two if all are.
std::uint32_t unpack_plus_one(std::string_view bytes, std::size_t count, std::uint32_t* values);

}  // namespace digest::index
