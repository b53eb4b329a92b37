// SPDX-License-Identifier: MIT
// Why a hit has its score: what each word gave, and what the second stage added. The parts add up to the score.
#pragma once
#include <vector>

#include "search/matcher.hpp"
#include "search/second_stage.hpp"

namespace digest::search {

// `scores`: of the paper, one entry a leaf of the plan. Error(corrupt) for a damaged list.
Explanation explain(const index::Snapshot& snapshot, const Plan& plan, const Bm25Parameters& parameters, const Rescored& paper,
                    const std::vector<PaperScorer::LeafScore>& scores);

}  // namespace digest::search
