// SPDX-License-Identifier: MIT
// Which of some candidates a block of postings has. One thread.
#pragma once
#include <cstdint>
#include <vector>

namespace digest::search {

// The block's places are put into a map from paper to place and the candidates looked up there: nothing is compared, so no
// branch is guessed wrongly. Candidates that lie too far apart for the map, or are few beside the block, are searched by
// halves.
class CommonPapers {
 public:
  // Both rows ascend, each number once. Writes the indices in `papers` of those that stand in `block` to `which` and their
  // indices in `block` to `where` (room for `count` each), and returns how many there are.
  std::uint32_t find(const std::uint32_t* papers, std::uint32_t count, const std::uint32_t* block, std::uint32_t block_count,
                     std::uint32_t* which, std::uint32_t* where);

 private:
  static constexpr std::uint32_t kMapped = 8192;  // papers from the first candidate to the last; 16 KiB stay in the first-level cache
  std::vector<std::uint16_t> map_;                 // places from 1, all zero between calls
};

// How many of `count` ascending numbers are below `bound`: std::lower_bound as an index.
std::uint32_t first_not_below(const std::uint32_t* numbers, std::uint32_t count, std::uint32_t bound);

}  // namespace digest::search
