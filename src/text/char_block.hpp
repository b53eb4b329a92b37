// SPDX-License-Identifier: MIT
// Sixty-four bytes at once: which of them are words, which are blanks, which need care? The vector kernel is
// chosen for the processor at run time and agrees with the plain one bit by bit. Pure functions, safe from
// any thread.
#pragma once
#include <cstddef>
#include <cstdint>

namespace digest::text {

inline constexpr std::size_t kBlockBytes = 64;

// Bit i is byte i.
struct CharBlock {
  std::uint64_t word = 0;     // ASCII letters and digits
  std::uint64_t blank = 0;    // bytes up to ' '
  std::uint64_t careful = 0;  // bytes that take part in any rule beyond "letters and digits make words": all
                              // beyond ASCII, # $ & ' + - @ \ ^ _ { }, and a full stop before a letter or
                              // digit (the last byte's successor is not looked at)
};

// Reads kBlockBytes at `bytes` and writes them, ASCII capitals made small, to `lower`.
using ReadBlock = CharBlock (*)(const char* bytes, char* lower);

CharBlock read_block_plain(const char* bytes, char* lower);

// The fastest one for this processor.
ReadBlock best_read_block();

}  // namespace digest::text
