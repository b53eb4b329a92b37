// SPDX-License-Identifier: MIT
#include "search/matcher.hpp"

#include <algorithm>

#include "search/conjunction.hpp"
#include "search/disjunction.hpp"
#include "search/run.hpp"
#include "search/windows.hpp"

namespace digest::search {
namespace {

using index::Segment;

constexpr std::uint64_t kWorthPreparing = 4096;  // scores, about as many as the table has

// How many postings may come to be scored.
std::uint64_t scores_at_most(const Plan& plan, const Conjunction* conjunction) {
  std::uint64_t all = 0, least = ~std::uint64_t{0};
  const auto postings = [](const Leaf& leaf) {
    std::uint64_t sum = 0;
    for (const PostingSource& source : leaf.sources) sum += source.count();
    return sum;
  };
  for (const Leaf& leaf : plan.leaves) all += postings(leaf);
  if (conjunction == nullptr) return all;
  for (const std::uint32_t leaf : conjunction->must) least = std::min(least, postings(plan.leaves[leaf]));
  return std::min(all, least * plan.leaves.size());
}

}  // namespace

Matches find_matches(const index::Snapshot& snapshot, const Plan& plan, Bm25& bm25, const MatchOptions& options, Scoreboard& board) {
  TopK top(snapshot.segments(), options.k);
  Matches out;
  Conjunction conjunction;
  const bool conjunctive = as_conjunction(plan.root, conjunction);
  std::vector<std::uint32_t> disjunction;
  const bool disjunctive = !conjunctive && options.by == MatchOptions::By::score && as_disjunction(plan, disjunction);
  if (scores_at_most(plan, conjunctive ? &conjunction : nullptr) > kWorthPreparing) bm25.prepare();
  // Where one leaf has more papers than are counted, there is nothing to count.
  std::uint64_t most = 0;
  for (const std::uint32_t leaf : disjunction) most = std::max(most, plan.leaves[leaf].papers);
  const bool must_count = options.count && (!disjunctive || most <= options.count_to);
  for (std::uint32_t s = 0; s < snapshot.segments().size(); ++s) {
    Run run{*snapshot.segments()[s], s, plan, bm25, options, top, board, must_count, out.total};
    if (conjunctive) {
      run_conjunction(run, conjunction);
    } else if (disjunctive) {
      run_disjunction(run, disjunction);
    } else {
      run_windows(run);
    }
    out.total = run.total;
  }
  if (disjunctive && !must_count) out.total = std::max(out.total, most);
  out.best = top.take();
  return out;
}

PaperScorer::PaperScorer(const Segment& segment, std::uint32_t segment_number, const Plan& plan, const Bm25& bm25)
    : segment_(segment), segment_number_(segment_number), plan_(plan), bm25_(bm25) {
  for (const Leaf& leaf : plan.leaves) cursors_.emplace_back(leaf.sources[segment_number]);
}

const std::vector<PaperScorer::LeafScore>& PaperScorer::score(std::uint32_t paper) {
  scores_.assign(plan_.leaves.size(), {});
  const std::uint32_t length = segment_.length(paper);
  for (std::size_t i = 0; i < cursors_.size(); ++i) {
    if (!plan_.leaves[i].scored) continue;
    if (cursors_[i].paper() > paper) cursors_[i] = PostingCursor(plan_.leaves[i].sources[segment_number_]);
    cursors_[i].seek(paper);
    if (cursors_[i].paper() != paper) continue;
    scores_[i] = {cursors_[i].frequency(), plan_.leaves[i].weight * bm25_.saturation(cursors_[i].frequency(), length)};
  }
  return scores_;
}

double PaperScorer::sum(const std::vector<LeafScore>& scores) {
  double sum = 0;
  for (const LeafScore& leaf : scores) sum += leaf.contribution;
  return sum;
}

}  // namespace digest::search
