// SPDX-License-Identifier: MIT
#include "search/conjunction.hpp"

#include <algorithm>

#include "search/best_papers.hpp"

namespace digest::search {
namespace {

// One frequent word, its best papers known beforehand.
bool answer_from_best_list(Run& run, std::uint32_t number) {
  const bool kept = run.options.k <= index::kBestListDepth && run.options.by == MatchOptions::By::score;
  if (!kept || !run.segment.tombstones().empty()) return false;
  const std::vector<BestPaper> best = best_papers(run, number);
  if (best.empty()) return false;
  for (const BestPaper& paper : best) offer(run, paper.paper, paper.score);
  run.total += run.plan.leaves[number].sources[run.number].count();
  return true;
}

// One leaf alone: its blocks one after the other, and little to do for papers that cannot enter.
void run_leaf(Run& run, std::uint32_t number) {
  const Leaf& leaf = run.plan.leaves[number];
  const bool by_score = leaf.scored && run.options.by == MatchOptions::By::score;
  const bool all_live = run.segment.tombstones().empty();
  Lengths lengths(run.segment);
  for (PostingCursor cursor(leaf.sources[run.number]); cursor.paper() != kNoMorePapers; cursor.skip(cursor.left_in_block())) {
    const std::uint32_t* papers = cursor.papers();
    const std::uint32_t* frequencies = cursor.frequencies();
    const std::uint32_t count = cursor.left_in_block();
    for (std::uint32_t i = 0; i < count; ++i) {
      if (!all_live && run.segment.is_dead(papers[i])) continue;
      ++run.total;
      const double score = by_score ? leaf.weight * run.bm25.looked_up(frequencies[i], lengths.of(papers[i])) : 0.0;
      if (!by_score || score >= run.top.threshold()) offer(run, papers[i], score);
    }
  }
}

void intersect(Run& run, const Conjunction& shape) {
  const auto count_of = [&](std::uint32_t leaf) { return run.plan.leaves[leaf].sources[run.number].count(); };
  std::vector<std::uint32_t> order = shape.must;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return count_of(a) < count_of(b); });
  if (count_of(order.front()) == 0) return;
  std::vector<PostingCursor> must, should, must_not;
  for (const std::uint32_t leaf : order) must.emplace_back(run.plan.leaves[leaf].sources[run.number]);
  for (const std::uint32_t leaf : shape.should) should.emplace_back(run.plan.leaves[leaf].sources[run.number]);
  for (const std::uint32_t leaf : shape.must_not) must_not.emplace_back(run.plan.leaves[leaf].sources[run.number]);

  // Scores add up in the order of the leaves, whoever leads.
  struct Scored {
    std::uint32_t leaf;
    PostingCursor* cursor;
    bool always;
  };
  std::vector<Scored> scored;
  for (std::size_t i = 0; i < order.size(); ++i) scored.push_back({order[i], &must[i], true});
  for (std::size_t i = 0; i < shape.should.size(); ++i) scored.push_back({shape.should[i], &should[i], false});
  std::erase_if(scored, [&](const Scored& s) { return !run.plan.leaves[s.leaf].scored; });
  std::sort(scored.begin(), scored.end(), [](const Scored& a, const Scored& b) { return a.leaf < b.leaf; });

  Lengths lengths(run.segment);
  for (std::uint32_t paper = must[0].paper(); paper != kNoMorePapers;) {
    std::uint32_t next = paper;
    for (std::size_t i = 1; i < must.size(); ++i) {
      must[i].seek(paper);
      if (must[i].paper() != paper) {
        next = must[i].paper();
        break;
      }
    }
    if (next != paper) {
      if (next == kNoMorePapers) return;
      must[0].seek(next);
      paper = must[0].paper();
      continue;
    }
    bool excluded = run.segment.is_dead(paper);
    for (std::size_t i = 0; i < must_not.size() && !excluded; ++i) {
      must_not[i].seek(paper);
      excluded = must_not[i].paper() == paper;
    }
    if (!excluded) {
      ++run.total;
      double score = 0;
      const std::uint32_t length = lengths.of(paper);
      for (const Scored& s : scored) {
        if (!s.always) {
          s.cursor->seek(paper);
          if (s.cursor->paper() != paper) continue;
        }
        score += run.plan.leaves[s.leaf].weight * run.bm25.looked_up(s.cursor->frequency(), length);
      }
      offer(run, paper, score);
    }
    must[0].next();
    paper = must[0].paper();
  }
}

}  // namespace

bool as_conjunction(const PlanNode& root, Conjunction& out) {
  if (root.kind == PlanNode::Kind::leaf) {
    out.must.push_back(root.leaf);
    return true;
  }
  if (root.kind != PlanNode::Kind::boolean) return false;
  const auto all_leaves = [](const std::vector<PlanNode>& nodes) {
    return std::all_of(nodes.begin(), nodes.end(), [](const PlanNode& node) { return node.kind == PlanNode::Kind::leaf; });
  };
  if (!all_leaves(root.must) || !all_leaves(root.should) || !all_leaves(root.must_not) || !all_leaves(root.optional)) return false;
  const bool every = root.min_should == root.should.size() || (root.must.empty() && root.should.size() == 1);
  if (!every && (root.min_should > 0 || root.must.empty())) return false;
  for (const PlanNode& node : root.must) out.must.push_back(node.leaf);
  for (const PlanNode& node : root.should) (every ? out.must : out.should).push_back(node.leaf);
  for (const PlanNode& node : root.optional) out.should.push_back(node.leaf);
  for (const PlanNode& node : root.must_not) out.must_not.push_back(node.leaf);
  return !out.must.empty();
}

void run_conjunction(Run& run, const Conjunction& shape) {
  const bool alone = shape.must.size() == 1 && shape.should.empty() && shape.must_not.empty();
  if (!alone) {
    intersect(run, shape);
  } else if (!answer_from_best_list(run, shape.must.front())) {
    run_leaf(run, shape.must.front());
  }
}

}  // namespace digest::search
