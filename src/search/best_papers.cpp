// SPDX-License-Identifier: MIT
#include "search/best_papers.hpp"

#include <algorithm>

namespace digest::search {

std::vector<BestPaper> best_papers(const Run& run, std::uint32_t number) {
  std::vector<BestPaper> out;
  const double k1 = run.bm25.k1(), b = run.bm25.b();
  const bool ordinary = k1 >= 0.01 && k1 <= 1000 && b >= 0.01 && b <= 1;  // beyond, different scores round to equal ones
  const Leaf& leaf = run.plan.leaves[number];
  const PostingSource& source = leaf.sources[run.number];
  if (!ordinary || !leaf.scored || !(leaf.weight > 0) || source.main_list() == nullptr) return out;
  const std::vector<index::BestPosting> best = source.main_list()->best();
  if (best.empty()) return out;
  const PaperList& beside = source.beside();
  out.reserve(best.size() + beside.papers.size());
  Lengths lengths(run.segment);
  const auto add = [&](std::uint32_t paper, std::uint32_t frequency) {
    out.push_back({leaf.weight * run.bm25.looked_up(frequency, lengths.of(paper)), paper});
  };
  // Papers that have the word in another way too count with all of them; they are few.
  for (const index::BestPosting& posting : best) {
    const auto at = std::lower_bound(beside.papers.begin(), beside.papers.end(), posting.paper);
    if (at == beside.papers.end() || *at != posting.paper) {
      add(posting.paper, posting.frequency);
    } else if (beside.frequencies[static_cast<std::size_t>(at - beside.papers.begin())] < posting.frequency) {
      return {};  // places that count once here stood in the list twice: a better paper may be missing from it
    }
  }
  for (std::size_t i = 0; i < beside.papers.size(); ++i) add(beside.papers[i], beside.frequencies[i]);
  return out;
}

double most_given(const Run& run, std::uint32_t leaf, const std::vector<BestPaper>& best) {
  double most = best.empty() ? run.plan.leaves[leaf].weight : 0.0;
  for (const BestPaper& paper : best) most = std::max(most, paper.score);
  return most * kSlack;
}

}  // namespace digest::search
