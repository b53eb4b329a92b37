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

// Some of the numbers of a block, without unpacking the others. A view of bytes that must outlive it.
class PackedNumbers {
 public:
  // Error(corrupt) as unpack().
  PackedNumbers(std::string_view bytes, std::size_t count);
  // Number `index` < count, or less: without what a patch adds to it.
  [[nodiscard]] std::uint32_t at_least(std::size_t index) const;
  [[nodiscard]] std::uint32_t at(std::size_t index) const;

 private:
  std::string_view bytes_;
  std::size_t count_, patches_, body_;
  unsigned width_;
};

// How many bytes unpack() would consume.
std::size_t packed_size(std::string_view bytes, std::size_t count);

struct Ascending {
  std::size_t size = 0;    // bytes taken
  std::uint64_t last = 0;  // the last number, not wrapped: 2^32 or more says that values wrapped
};
// unpack() of gaps (FORMAT.md) to ascending numbers; the first counts from `before`, ~0U: from before number 0. `count` > 0.
Ascending unpack_ascending(std::string_view bytes, std::size_t count, std::uint32_t* values, std::uint32_t before);

// sums[i]: what the first i of `count` values add up to, modulo 2^32; room for count + 1.
void running_sums(const std::uint32_t* values, std::size_t count, std::uint32_t* sums);

// unpack() to values greater by one than those packed (2^32 - 1 wraps to 0). Returns all packed values, or-ed: that is
// below a power of two exactly if each of them is.
std::uint32_t unpack_plus_one(std::string_view bytes, std::size_t count, std::uint32_t* values);

}  // namespace digest::index
