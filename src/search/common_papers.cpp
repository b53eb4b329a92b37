// SPDX-License-Identifier: MIT
#include "search/common_papers.hpp"

#include <cstring>
#include <limits>

namespace digest::search {

namespace {

using Lanes = std::uint32_t __attribute__((vector_size(16)));

// How many of `count` numbers, in any order, are below `bound`.
std::uint32_t count_below(const std::uint32_t* numbers, std::uint32_t count, std::uint32_t bound) {
  Lanes below{};
  std::uint32_t i = 0;
  for (; i + 4 <= count; i += 4) {
    Lanes four;
    std::memcpy(&four, numbers + i, sizeof four);
    below -= reinterpret_cast<Lanes>(four < bound);  // -1 where it holds
  }
  std::uint32_t out = below[0] + below[1] + below[2] + below[3];
  for (; i < count; ++i) out += numbers[i] < bound ? 1U : 0U;
  return out;
}

}  // namespace

// The next few are tried first; then halves, by arithmetic, and what is left is counted: no processor guesses such
// branches well.
std::uint32_t first_not_below(const std::uint32_t* numbers, std::uint32_t count, std::uint32_t bound) {
  constexpr std::uint32_t kNear = 8, kCounted = 32;
  if (count > kNear && numbers[kNear] >= bound) count = kNear;
  const std::uint32_t* from = numbers;
  for (; count > kCounted; count -= count / 2) from += (count / 2) * (from[count / 2 - 1] < bound ? 1U : 0U);
  return static_cast<std::uint32_t>(from - numbers) + count_below(from, count, bound);
}

std::uint32_t CommonPapers::find(const std::uint32_t* papers, std::uint32_t count, const std::uint32_t* block,
                                 std::uint32_t block_count, std::uint32_t* which, std::uint32_t* where) {
  if (count == 0) return 0;
  const std::uint32_t base = papers[0], range = papers[count - 1] - base;
  constexpr std::uint32_t kFew = 8;  // of the block's papers for a candidate: from here on halving is faster
  std::uint32_t at = first_not_below(block, block_count, base), found = 0;
  const bool too_large = block_count > std::numeric_limits<std::uint16_t>::max();  // a last block, very many papers beside it
  if (range >= kMapped || block_count - at > std::uint64_t{count} * kFew || too_large) {
    for (std::uint32_t i = 0; i < count; ++i) {
      at += first_not_below(block + at, block_count - at, papers[i]);
      if (at == block_count) break;
      which[found] = i, where[found] = at;
      found += block[at] == papers[i] ? 1U : 0U;
    }
    return found;
  }
  if (map_.empty()) map_.resize(kMapped);
  std::uint16_t* const map = map_.data();
  std::uint32_t end = at;
  for (; end < block_count && block[end] - base <= range; ++end) map[block[end] - base] = static_cast<std::uint16_t>(end + 1);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t place = map[papers[i] - base];
    which[found] = i, where[found] = place - 1;
    found += place != 0 ? 1U : 0U;
  }
  for (std::uint32_t i = at; i < end; ++i) map[block[i] - base] = 0;
  return found;
}

}  // namespace digest::search
