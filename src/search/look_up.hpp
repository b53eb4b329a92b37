// SPDX-License-Identifier: MIT
// The frequencies of given papers in a list, block by block. One thread.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "search/common_papers.hpp"
#include "search/posting_source.hpp"

namespace digest::search {

class LookUp {
 public:
  // `common` must outlive this.
  explicit LookUp(CommonPapers& common) : common_(common) {}

  // Calls use(i, frequency) for each papers[i] that the cursor's list has, and leaves the cursor in the block of the last
  // one. The papers ascend, each once, and none lies before the cursor's block. Error(corrupt) for a damaged list.
  template <typename Use>
  void operator()(PostingCursor& cursor, std::span<const std::uint32_t> papers, Use use) {
    const auto count = static_cast<std::uint32_t>(papers.size());
    which_.resize(count), where_.resize(count);
    for (std::uint32_t from = 0, to = 0; from < count && cursor.seek_block(papers[from]); from = to) {
      to = from + first_not_below(papers.data() + from, count - from, cursor.last_in_block() + 1);
      const std::uint32_t found = common_.find(papers.data() + from, to - from, cursor.papers(), cursor.left_in_block(),
                                               which_.data(), where_.data());
      if (found == 0) continue;
      const std::uint32_t* frequencies = cursor.frequencies();
      for (std::uint32_t k = 0; k < found; ++k) use(from + which_[k], frequencies[where_[k]]);
    }
  }

 private:
  CommonPapers& common_;
  std::vector<std::uint32_t> which_, where_;  // of one block
};

}  // namespace digest::search
