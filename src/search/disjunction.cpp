// SPDX-License-Identifier: MIT
#include "search/disjunction.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "search/best_papers.hpp"
#include "search/look_up.hpp"

namespace digest::search {
namespace {

// MAXSCORE (Turtle and Flood 1995, "Query Evaluation: Strategies and Optimizations") by windows of papers: leaves that
// together cannot lift a paper to the threshold are not walked, only looked up for papers that the others found. The
// others' scores are added into a window; whoever may pass the threshold is a candidate. What was touched is cleared
// posting by posting, so that time grows with the postings, not with the papers.
class Disjunction {
 public:
  Disjunction(Run& run, const std::vector<std::uint32_t>& leaves) : run_(run), board_(run.board), leaves_(leaves), lengths_(run.segment), look_up_in_(run.board.common) {
    for (const std::uint32_t leaf : leaves) cursors_.emplace_back(run.plan.leaves[leaf].sources[run.number]);
    again_.resize(leaves.size());
    given_.resize(leaves.size());
    set_bounds();
  }

  void run() {
    for (;;) {
      choose_walked();
      std::uint32_t first = kNoMorePapers;
      for (const std::size_t i : walked_) first = std::min(first, cursors_[i].paper());
      if (first == kNoMorePapers) return;
      window(first / kWindow * kWindow);
    }
  }

 private:
  // The most that each leaf can give, and a score that as many papers as are wanted reach by one leaf alone.
  void set_bounds() {
    bounds_.resize(leaves_.size());
    const bool all_live = run_.segment.tombstones().empty();
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
      std::vector<BestPaper> best = best_papers(run_, leaves_[i]);
      bounds_[i] = most_given(run_, leaves_[i], best);
      const std::size_t k = run_.options.k;
      if (!all_live || k == 0 || k > best.size()) continue;
      const auto better = [](const BestPaper& a, const BestPaper& b) { return a.score > b.score; };
      const auto kth = best.begin() + static_cast<std::ptrdiff_t>(k - 1);
      std::nth_element(best.begin(), kth, best.end(), better);
      floor_ = std::max(floor_, kth->score);
    }
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
      by_bound_.push_back(i);
      walked_.push_back(i);
    }
    std::sort(by_bound_.begin(), by_bound_.end(), [this](std::size_t a, std::size_t b) { return bounds_[a] < bounds_[b]; });
  }

  [[nodiscard]] double threshold() const { return std::max(floor_, run_.top.threshold()); }

  // The least leaves for which all together stay below the threshold are not walked. It only ever rises, and so do they.
  void choose_walked() {
    if (run_.must_count) return;
    const double threshold = this->threshold();
    bool more = false;
    while (looked_up_ < by_bound_.size() && (rest_ + bounds_[by_bound_[looked_up_]]) * kSlack < threshold) {
      rest_ += bounds_[by_bound_[looked_up_++]];
      more = true;
    }
    if (!more) return;
    walked_.assign(by_bound_.begin() + static_cast<std::ptrdiff_t>(looked_up_), by_bound_.end());
    std::sort(walked_.begin(), walked_.end());  // scores add up in the order of the leaves
  }

  void window(std::uint32_t base) {
    const std::uint32_t end = base + kWindow < base ? kNoMorePapers : base + kWindow;
    const std::uint16_t* lengths = lengths_.window(base);
    board_.open();
    for (const std::size_t i : walked_) {
      const double weight = run_.plan.leaves[leaves_[i]].weight;
      PostingCursor& cursor = cursors_[i];
      while (cursor.paper() < end) {
        const std::uint32_t* papers = cursor.papers();
        const std::uint32_t left = cursor.left_in_block();
        const std::uint32_t count = cursor.last_in_block() < end ? left : first_not_below(papers, left, end);
        add(papers, cursor.frequencies(), count, base, lengths, weight);
        cursor.skip(count);
      }
    }
    if (looked_up_ == 0) {
      take_passing(base);
    } else {
      complete_passing(base, lengths);
    }
    if (run_.must_count) {
      for (std::size_t i = 0; i < board_.fresh; ++i) run_.total += run_.segment.is_dead(base + board_.touched[i]) ? 0 : 1;
    }
    board_.clear();
  }

  void add(const std::uint32_t* papers, const std::uint32_t* frequencies, std::uint32_t count, std::uint32_t base,
           const std::uint16_t* lengths, double weight) {
    const double passes = looked_up_ == 0 ? threshold() : threshold() / kSlack - rest_ * kSlack;
    board_.make_room(count);
    const Bm25::Lookup saturation = run_.bm25.lookup();
    double* const scores = board_.scores.data();
    std::uint32_t* touched = board_.touched.data() + board_.fresh;
    std::uint32_t* candidates = board_.candidates.data() + board_.passing;
    std::size_t fresh = 0, passing = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint32_t paper = papers[i] - base;
      const double before = scores[paper];
      const double score = before + weight * saturation(frequencies[i], lengths[paper]);
      scores[paper] = score;
      touched[fresh] = paper;
      fresh += std::bit_cast<std::uint64_t>(before) == 0 ? 1 : 0;  // compared as an integer: no score is -0
      candidates[passing] = paper;
      passing += score >= passes ? 1 : 0;
    }
    board_.fresh += fresh;
    board_.passing += passing;
  }

  // All leaves were walked: the scores are whole.
  void take_passing(std::uint32_t base) {
    for (std::size_t i = 0; i < board_.passing; ++i) {
      const std::uint32_t paper = board_.candidates[i];
      const double score = board_.scores[paper];
      if (score > 0 && score >= threshold() && !run_.segment.is_dead(base + paper)) offer(run_, base + paper, score);
      board_.scores[paper] = -1.0;  // once only
    }
  }

  // In order, each once: cursors only go forward. The other leaves are looked up, the weightiest first, for those that
  // may still pass; then scores are summed up as they must be: leaf by leaf.
  void complete_passing(std::uint32_t base, const std::uint16_t* lengths) {
    if (board_.passing == 0) return;
    gather_candidates(base);
    known_.clear();
    if (walked_.size() == 1) start_given(walked_.front()) = so_far_;
    double rest = rest_;
    for (std::size_t i = looked_up_; i-- > 0 && !papers_.empty();) {
      const std::size_t leaf = by_bound_[i];
      look_up(leaf, cursors_[leaf], base, lengths);
      for (std::size_t c = 0; c < papers_.size(); ++c) so_far_[c] += given_[leaf][c];
      rest = i == 0 ? 0 : rest - bounds_[leaf];
      keep_passing(rest);
    }
    if (walked_.size() > 1) {
      for (const std::size_t leaf : walked_) look_up(leaf, behind(leaf), base, lengths);
    }
    for (std::size_t c = 0; c < papers_.size(); ++c) {
      double score = 0;
      for (const std::vector<double>& given : given_) score += given[c];
      if (score >= threshold()) offer(run_, papers_[c], score);
    }
  }

  void gather_candidates(std::uint32_t base) {
    papers_.resize(board_.passing), so_far_.resize(board_.passing);
    std::uint64_t* const marked = board_.marked.data();
    for (std::size_t i = 0; i < board_.passing; ++i) marked[board_.candidates[i] / 64] |= std::uint64_t{1} << board_.candidates[i] % 64;
    const bool all_live = run_.segment.tombstones().empty();
    const double* const scores = board_.scores.data();
    std::uint32_t* papers = papers_.data();
    double* so_far = so_far_.data();
    for (std::uint32_t word = 0; word < kWindow / 64; ++word) {
      if (marked[word] == 0) continue;
      for (std::uint64_t bits = std::exchange(marked[word], 0); bits != 0; bits &= bits - 1) {
        const std::uint32_t paper = word * 64 + static_cast<std::uint32_t>(std::countr_zero(bits));
        if (!all_live && run_.segment.is_dead(base + paper)) continue;
        *papers++ = base + paper;
        *so_far++ = scores[paper];
      }
    }
    const auto count = static_cast<std::size_t>(papers - papers_.data());
    papers_.resize(count), so_far_.resize(count);
  }

  // Those that with `rest` more may pass.
  void keep_passing(double rest) {
    const double passes = threshold() / kSlack - rest * kSlack;
    which_.resize(papers_.size());
    std::size_t kept = 0;
    for (std::uint32_t c = 0; c < papers_.size(); ++c) {
      which_[kept] = c;
      kept += so_far_[c] >= passes ? 1 : 0;
    }
    const auto keep = [&](auto& values) {
      for (std::size_t k = 0; k < kept; ++k) values[k] = values[which_[k]];
      values.resize(kept);
    };
    keep(papers_), keep(so_far_);
    for (const std::size_t leaf : known_) keep(given_[leaf]);
  }

  std::vector<double>& start_given(std::size_t leaf) {
    known_.push_back(leaf);
    return given_[leaf];
  }

  // What a leaf gives the candidates.
  void look_up(std::size_t leaf, PostingCursor& cursor, std::uint32_t base, const std::uint16_t* lengths) {
    std::vector<double>& given = start_given(leaf);
    given.assign(papers_.size(), 0.0);
    const double weight = run_.plan.leaves[leaves_[leaf]].weight;
    const Bm25::Lookup saturation = run_.bm25.lookup();
    look_up_in_(cursor, papers_, [&](std::uint32_t candidate, std::uint32_t frequency) {
      given[candidate] = weight * saturation(frequency, lengths[papers_[candidate] - base]);
    });
  }

  // A second cursor for a leaf that is walked: the first is past the window.
  PostingCursor& behind(std::size_t leaf) {
    if (!again_[leaf]) again_[leaf] = std::make_unique<PostingCursor>(run_.plan.leaves[leaves_[leaf]].sources[run_.number]);
    return *again_[leaf];
  }

  Run& run_;
  Scoreboard& board_;
  const std::vector<std::uint32_t>& leaves_;
  Lengths lengths_;
  std::vector<PostingCursor> cursors_;                  // by leaf, as all that follows
  std::vector<std::unique_ptr<PostingCursor>> again_;
  std::vector<double> bounds_;
  double floor_ = -std::numeric_limits<double>::infinity();
  std::vector<std::size_t> by_bound_, walked_;
  std::size_t looked_up_ = 0;                           // so many of by_bound_ are not walked,
  double rest_ = 0;                                     // and this is the most they give together
  // The window's candidates: so_far_ is the sum of what leaves gave each, given_ the summands of the leaves in known_; all
  // parallel to papers_.
  std::vector<std::uint32_t> papers_;
  std::vector<double> so_far_;
  std::vector<std::vector<double>> given_;              // by leaf
  std::vector<std::size_t> known_;
  std::vector<std::uint32_t> which_;                    // of those who stay
  LookUp look_up_in_;
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
  Disjunction(run, leaves).run();
}

}  // namespace digest::search
