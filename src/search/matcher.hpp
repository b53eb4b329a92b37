// SPDX-License-Identifier: MIT
// Plan -> the k best papers, and how many match. Three ways to the same answer, to the last bit: a conjunction is led by
// its rarest leaf; a plain disjunction adds scores into a window of papers at a time; everything else keeps, for each
// window, one bit a paper and leaf, combines them as the query says, and scores those that match and may be among the
// best. tests/property/matching_test.cpp compares each with scoring every paper.
#pragma once
#include <cstdint>
#include <vector>

#include "search/bm25.hpp"
#include "search/plan.hpp"
#include "search/top_k.hpp"

namespace digest::search {

struct MatchOptions {
  std::size_t k = 10;
  bool count = true;                // how many match must be known,
  std::uint64_t count_to = ~std::uint64_t{0};  // and exactly if they are no more than this
  enum class By : std::uint8_t { score, date } by = By::score;  // date: newest first
};

struct Matches {
  std::vector<Candidate> best;      // score: BM25, or the day where sorted by date
  std::uint64_t total = 0;
};

struct Scoreboard;
Matches find_matches(const index::Snapshot& snapshot, const Plan& plan, Bm25& bm25, const MatchOptions& options, Scoreboard& board);

// The BM25 score of one paper, leaf by leaf in order: for explanations, and for papers found otherwise.
class PaperScorer {
 public:
  PaperScorer(const index::Segment& segment, std::uint32_t segment_number, const Plan& plan, const Bm25& bm25);
  struct LeafScore {
    std::uint32_t frequency = 0;
    double contribution = 0;
  };
  // One entry a leaf; papers in any order, ascending is fast.
  const std::vector<LeafScore>& score(std::uint32_t paper);
  [[nodiscard]] static double sum(const std::vector<LeafScore>& scores);

 private:
  const index::Segment& segment_;
  std::uint32_t segment_number_;
  const Plan& plan_;
  const Bm25& bm25_;
  std::vector<PostingCursor> cursors_;
  std::vector<LeafScore> scores_;
};

}  // namespace digest::search
