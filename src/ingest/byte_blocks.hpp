// SPDX-License-Identifier: MIT
// Sixteen bytes at a time, in the vector types that GCC and Clang have for every processor. Pure functions.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace digest::ingest {

using ByteBlock = unsigned char __attribute__((vector_size(16)));
inline constexpr std::size_t kByteBlock = sizeof(ByteBlock);

inline ByteBlock load_block(const char* from) {
  ByteBlock block;
  std::memcpy(&block, from, sizeof block);
  return block;
}

inline bool any(const ByteBlock& mask) {
  std::uint64_t half[2];
  std::memcpy(half, &mask, sizeof half);
  return (half[0] | half[1]) != 0;
}

template <typename Comparison>
ByteBlock as_mask(const Comparison& comparison) {  // all ones where it holds
  ByteBlock mask;
  std::memcpy(&mask, &comparison, sizeof mask);
  return mask;
}

inline bool is_ascii(std::string_view text) {
  ByteBlock all{};
  while (text.size() >= kByteBlock) {
    all |= load_block(text.data());
    text.remove_prefix(kByteBlock);
  }
  unsigned char rest = 0;
  for (const char c : text) rest = static_cast<unsigned char>(rest | static_cast<unsigned char>(c));
  return rest < 0x80 && !any(all & 0x80);
}

inline std::uint64_t count_lines(std::string_view text) {
  std::uint64_t lines = 0;
  while (text.size() >= kByteBlock) {
    // At most 255 blocks before a byte of the sum overflows.
    ByteBlock sum{};
    for (int i = 0; i < 255 && text.size() >= kByteBlock; ++i) {
      sum -= as_mask(load_block(text.data()) == '\n');
      text.remove_prefix(kByteBlock);
    }
    for (std::size_t i = 0; i < kByteBlock; ++i) lines += sum[i];
  }
  for (const char c : text) lines += c == '\n' ? 1U : 0U;
  return lines;
}

}  // namespace digest::ingest
