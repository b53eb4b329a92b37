// SPDX-License-Identifier: MIT
// Which of some candidates a block of postings has. One thread.
#pragma once
#include <cstdint>
#include <vector>

namespace digest::search {

// Where two rows of ascending papers are about as dense, one is dealt out into a map of small numbers and the other
// looked up there: nothing is compared, so no branch is guessed wrongly. Where few candidates meet many papers, these
// are searched by halves.
class CommonPapers {
 public:
  // Of `papers` those that stand in `block`: appends nothing, but writes to `which` their indices and to `where` their
  // places in the block, both with room for `count` entries, and returns how many there are.
  std::uint32_t find(const std::uint32_t* papers, std::uint32_t count, const std::uint32_t* block, std::uint32_t block_count,
                     std::uint32_t* which, std::uint32_t* where);

 private:
  static constexpr std::uint32_t kMapped = 8192;  // papers from the first candidate to the last; half of the first-level cache
  std::vector<std::uint16_t> map_;                 // places from 1, all zero between calls
};

// How many of `count` ascending numbers are below `bound`.
std::uint32_t first_not_below(const std::uint32_t* numbers, std::uint32_t count, std::uint32_t bound);

}  // namespace digest::search
