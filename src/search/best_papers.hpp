// SPDX-License-Identifier: MIT
// What is known of a leaf in a segment before its list is walked: its best papers (FORMAT.md, "Posting lists").
#pragma once
#include <cstdint>
#include <vector>

#include "search/run.hpp"

namespace digest::search {

struct BestPaper {
  double score = 0;  // what the leaf alone gives it
  std::uint32_t paper = 0;
};

// The best index::kBestListDepth papers of the leaf in this segment are among these, and with them the highest score that
// it gives any paper; dead papers may be there too. Empty where no list of the best is kept, or where k1 and b are such
// that it says nothing. In no order.
[[nodiscard]] std::vector<BestPaper> best_papers(const Run& run, std::uint32_t leaf);

// No less than what the leaf gives any paper of this segment.
[[nodiscard]] double most_given(const Run& run, std::uint32_t leaf, const std::vector<BestPaper>& best);

}  // namespace digest::search
