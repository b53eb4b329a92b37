// SPDX-License-Identifier: MIT
#include "search/conjunction.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "search/best_papers.hpp"
#include "search/intersection.hpp"

namespace digest::search {
namespace {

constexpr std::uint32_t kWorthChoosing = 32;  // blocks of the rarest leaf: less is as soon looked up as chosen from

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

// Walks the intersection of those that must match; each range is scored leaf by leaf, in the order of the leaves, so that
// sums are the same whoever leads.
class ConjunctionMatcher {
 public:
  ConjunctionMatcher(Run& run, const Conjunction& shape)
      : run_(run), shape_(shape), lengths_(run.segment),
        all_(sources(run, shape.must), run.board.common, worth_choosing() ? choice() : Intersection::Choice()),
        should_(cursors(run, shape.should)), must_not_(cursors(run, shape.must_not)) {
    for (std::size_t i = 0; i < shape.must.size(); ++i) scored_.push_back({shape.must[i], i, true});
    for (std::size_t i = 0; i < shape.should.size(); ++i) scored_.push_back({shape.should[i], i, false});
    std::erase_if(scored_, [&](const Scored& s) { return !run.plan.leaves[s.leaf].scored; });
    std::sort(scored_.begin(), scored_.end(), [](const Scored& a, const Scored& b) { return a.leaf < b.leaf; });
  }

  void run() {
    while (all_.next()) {
      scores_.assign(all_.papers().size(), 0.0);
      for (const Scored& leaf : scored_) {
        if (leaf.must) {
          add_must(leaf);
        } else {
          add_should(leaf);
        }
      }
      const bool all_live = run_.segment.tombstones().empty();
      for (std::size_t i = 0; i < scores_.size(); ++i) {
        const std::uint32_t paper = all_.papers()[i];
        if ((!all_live && run_.segment.is_dead(paper)) || is_excluded(paper)) continue;
        ++run_.total;
        if (run_.options.by == MatchOptions::By::date || scores_[i] >= run_.top.threshold()) offer(run_, paper, scores_[i]);
      }
    }
  }

 private:
  struct Scored {
    std::uint32_t leaf;
    std::size_t number;  // among those that must match, or those that may
    bool must;
  };

  static std::vector<const PostingSource*> sources(const Run& run, const std::vector<std::uint32_t>& leaves) {
    std::vector<const PostingSource*> out;
    for (const std::uint32_t leaf : leaves) out.push_back(&run.plan.leaves[leaf].sources[run.number]);
    return out;
  }
  static std::vector<PostingCursor> cursors(const Run& run, const std::vector<std::uint32_t>& leaves) {
    std::vector<PostingCursor> out;
    for (const PostingSource* source : sources(run, leaves)) out.emplace_back(*source);
    return out;
  }

  [[nodiscard]] bool worth_choosing() const {
    if (run_.must_count && run_.options.count_to == ~std::uint64_t{0}) return false;
    std::uint32_t blocks = ~0U;
    for (const PostingSource* source : sources(run_, shape_.must)) blocks = std::min(blocks, source->blocks());
    return blocks >= kWorthChoosing && run_.options.by == MatchOptions::By::score;
  }
  Intersection::Choice choice() {
    return [this](const PostingCursor& lead, std::uint32_t* which) { return choose(lead, which); };
  }

  // Papers that the lead gives too little to be among the best, whatever the others give, are not looked for in these;
  // where all must be counted they are.
  std::optional<std::uint32_t> choose(const PostingCursor& lead, std::uint32_t* which) {
    if (run_.must_count && run_.total <= run_.options.count_to) return std::nullopt;
    const double least = run_.top.threshold() / kSlack - others() * kSlack;
    if (!(least > 0)) return std::nullopt;
    const Leaf& leaf = run_.plan.leaves[shape_.must[all_.lead()]];
    const double weight = leaf.scored ? leaf.weight : 0.0;
    const Bm25::Lookup saturation = run_.bm25.lookup();
    const std::uint32_t* papers = lead.papers();
    const std::uint32_t* frequencies = lead.frequencies();
    const std::uint32_t count = lead.left_in_block();
    std::uint32_t kept = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      which[kept] = i;
      kept += weight * saturation(frequencies[i], lengths_.of(papers[i])) >= least ? 1 : 0;
    }
    run_.total += count - kept;  // may be too many: more than are counted, or nobody asks
    return kept;
  }

  // The most that all but the lead give a paper together.
  double others() {
    if (!others_) {
      others_ = 0;
      for (const Scored& scored : scored_) {
        if (!scored.must || scored.number != all_.lead()) *others_ += most_given(run_, scored.leaf, best_papers(run_, scored.leaf));
      }
    }
    return *others_;
  }

  void add_must(const Scored& leaf) {
    const std::uint32_t* frequencies = all_.cursor(leaf.number).block_frequencies();
    const std::span<const std::uint32_t> places = all_.places(leaf.number);
    const double weight = run_.plan.leaves[leaf.leaf].weight;
    const Bm25::Lookup saturation = run_.bm25.lookup();
    const std::span<const std::uint32_t> papers = all_.papers();
    double* const scores = scores_.data();
    for (std::size_t i = 0; i < papers.size(); ++i) scores[i] += weight * saturation(frequencies[places[i]], lengths_.of(papers[i]));
  }

  void add_should(const Scored& leaf) {
    PostingCursor& cursor = should_[leaf.number];
    const double weight = run_.plan.leaves[leaf.leaf].weight;
    for (std::size_t i = 0; i < scores_.size(); ++i) {
      const std::uint32_t paper = all_.papers()[i];
      cursor.seek(paper);
      if (cursor.paper() == paper) scores_[i] += weight * run_.bm25.looked_up(cursor.frequency(), lengths_.of(paper));
    }
  }

  bool is_excluded(std::uint32_t paper) {
    return std::any_of(must_not_.begin(), must_not_.end(), [&](PostingCursor& cursor) {
      cursor.seek(paper);
      return cursor.paper() == paper;
    });
  }

  Run& run_;
  const Conjunction& shape_;
  Lengths lengths_;
  Intersection all_;
  std::vector<PostingCursor> should_, must_not_;
  std::vector<Scored> scored_;
  std::vector<double> scores_;
  std::optional<double> others_;
};

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
    ConjunctionMatcher(run, shape).run();
  } else if (!answer_from_best_list(run, shape.must.front())) {
    run_leaf(run, shape.must.front());
  }
}

}  // namespace digest::search
