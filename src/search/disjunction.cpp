// SPDX-License-Identifier: MIT
#include "search/disjunction.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

namespace digest::search {
namespace {

// Adds each leaf's scores into a window of papers; whoever passes the threshold on the way is a candidate. What was
// touched is cleared posting by posting, so that time grows with the postings, not with the papers.
class Disjunction {
 public:
  Disjunction(Run& run, const std::vector<std::uint32_t>& leaves) : run_(run), leaves_(leaves), lengths_(run.segment) {
    for (const std::uint32_t leaf : leaves) cursors_.emplace_back(run.plan.leaves[leaf].sources[run.number]);
  }

  void run() {
    for (;;) {
      std::uint32_t first = kNoMorePapers;
      for (const PostingCursor& cursor : cursors_) first = std::min(first, cursor.paper());
      if (first == kNoMorePapers) return;
      window(first / kWindow * kWindow);
    }
  }

 private:
  void window(std::uint32_t base) {
    const std::uint32_t end = base + kWindow < base ? kNoMorePapers : base + kWindow;
    const std::uint16_t* lengths = lengths_.window(base);
    passing_ = 0;
    fresh_ = 0;
    for (std::size_t i = 0; i < cursors_.size(); ++i) {
      const double weight = run_.plan.leaves[leaves_[i]].weight;
      while (cursors_[i].paper() < end) {
        const std::uint32_t* papers = cursors_[i].papers();
        const std::uint32_t left = cursors_[i].left_in_block();
        const std::uint32_t count = papers[left - 1] < end ? left : static_cast<std::uint32_t>(std::lower_bound(papers, papers + left, end) - papers);
        add(papers, cursors_[i].frequencies(), count, base, lengths, weight);
        cursors_[i].skip(count);
      }
    }
    for (std::size_t i = 0; i < passing_; ++i) {
      const std::uint32_t paper = candidates_[i];
      const double score = scores_[paper];
      if (score > 0 && score >= run_.top.threshold() && !run_.segment.is_dead(base + paper)) offer(run_, base + paper, score);
      scores_[paper] = -1.0;  // once only
    }
    if (run_.options.count) {
      for (std::size_t i = 0; i < fresh_; ++i) run_.total += run_.segment.is_dead(base + touched_[i]) ? 0 : 1;
    }
    clear();
  }

  void add(const std::uint32_t* papers, const std::uint32_t* frequencies, std::uint32_t count, std::uint32_t base,
           const std::uint16_t* lengths, double weight) {
    const double threshold = run_.top.threshold();
    // Room for all, written without asking; they only ever grow, so that nothing is cleared in vain.
    if (touched_.size() < fresh_ + count) touched_.resize(2 * (fresh_ + count));
    if (candidates_.size() < passing_ + count) candidates_.resize(2 * (passing_ + count));
    std::uint32_t* touched = touched_.data() + fresh_;
    std::uint32_t* candidates = candidates_.data() + passing_;
    std::size_t fresh = 0, passing = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint32_t paper = papers[i] - base;
      const double before = scores_[paper];
      const double score = before + weight * run_.bm25.looked_up(frequencies[i], lengths[paper]);
      scores_[paper] = score;
      touched[fresh] = paper;
      fresh += before == 0.0 ? 1 : 0;
      candidates[passing] = paper;
      passing += score >= threshold ? 1 : 0;
    }
    fresh_ += fresh;
    passing_ += passing;
  }

  void clear() {
    if (fresh_ > kWindow / 8) {
      std::memset(scores_.data(), 0, sizeof scores_);
    } else {
      for (std::size_t i = 0; i < fresh_; ++i) scores_[touched_[i]] = 0.0;
    }
  }

  Run& run_;
  const std::vector<std::uint32_t>& leaves_;
  Lengths lengths_;
  std::vector<PostingCursor> cursors_;
  std::array<double, kWindow> scores_{};
  std::vector<std::uint32_t> candidates_, touched_;
  std::size_t passing_ = 0, fresh_ = 0;  // how many of these count
};

}  // namespace

bool as_disjunction(const Plan& plan, std::vector<std::uint32_t>& leaves) {
  const PlanNode& root = plan.root;
  if (root.kind != PlanNode::Kind::boolean || !root.must.empty() || !root.must_not.empty() || !root.optional.empty() || root.min_should > 1) return false;
  for (const PlanNode& node : root.should) {
    if (node.kind != PlanNode::Kind::leaf || !plan.leaves[node.leaf].scored || !(plan.leaves[node.leaf].weight > 0)) return false;
    leaves.push_back(node.leaf);
  }
  return !leaves.empty();
}

void run_disjunction(Run& run, const std::vector<std::uint32_t>& leaves) {
  std::make_unique<Disjunction>(run, leaves)->run();
}

}  // namespace digest::search
