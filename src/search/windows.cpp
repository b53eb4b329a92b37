// SPDX-License-Identifier: MIT
#include "search/windows.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <utility>
#include <vector>

#include "search/look_up.hpp"

namespace digest::search {
namespace {

constexpr std::uint32_t kWords = kWindow / 64;  // of a bit a paper
using Bits = std::array<std::uint64_t, kWords>;

// Who matches is worked out a window at a time from bits alone; only papers that match and may enter the best are scored,
// looked up in the lists again.
class Windows {
 public:
  explicit Windows(Run& run)
      : run_(run), lengths_(run.segment), look_up_(run.board.common), bits_(run.plan.leaves.size()), behind_(run.plan.leaves.size()) {
    cursors_.resize(run.plan.leaves.size());
    walk(run.plan.root);
    for (std::uint32_t leaf = 0; leaf < run.plan.leaves.size(); ++leaf) {
      if (!run.plan.leaves[leaf].scored) continue;
      scored_.push_back(leaf);
      bounds_.push_back({0.0, run.plan.leaves[leaf].weight * kSlack});
    }
    matches_without_leaves_ = evaluate(run.plan.root, 0) != Bits{};
  }

  void run() {
    for (std::uint32_t base = 0; base < run_.segment.papers(); base += kWindow) {
      if (!matches_without_leaves_) base = std::max(base, next_paper() / kWindow * kWindow);
      if (base >= run_.segment.papers()) return;
      fill(base);
      Bits match = evaluate(run_.plan.root, base);
      count(match, base);
      if (run_.options.by == MatchOptions::By::date) {
        for_each(match, [&](std::uint32_t paper) { offer(run_, base + paper, 0); });
      } else {
        choose_candidates(match, base);
        score_candidates(base);
      }
    }
  }

 private:
  // A cursor for each leaf that the query's structure asks for; the others only add to scores.
  void walk(const PlanNode& node) {
    if (node.kind == PlanNode::Kind::leaf && !cursors_[node.leaf]) cursors_[node.leaf] = open(node.leaf);
    for (const auto* nodes : {&node.must, &node.should, &node.must_not}) {
      for (const PlanNode& child : *nodes) walk(child);
    }
  }
  [[nodiscard]] std::unique_ptr<PostingCursor> open(std::uint32_t leaf) const {
    return std::make_unique<PostingCursor>(run_.plan.leaves[leaf].sources[run_.number]);
  }

  [[nodiscard]] std::uint32_t next_paper() const {
    std::uint32_t next = kNoMorePapers;
    for (const auto& cursor : cursors_) next = cursor ? std::min(next, cursor->paper()) : next;
    return next;
  }

  void fill(std::uint32_t base) {
    blocks_ = 0;
    for (std::size_t leaf = 0; leaf < bits_.size(); ++leaf) {
      if (!cursors_[leaf]) continue;
      Bits& bits = bits_[leaf];
      bits.fill(0);
      for_each_block(*cursors_[leaf], end_of(base), [&](const std::uint32_t* papers, std::uint32_t count) {
        for (std::uint32_t i = 0; i < count; ++i) {
          const std::uint32_t paper = papers[i] - base;
          bits[paper / 64] |= std::uint64_t{1} << paper % 64;
        }
        ++blocks_;
      });
    }
  }

  static std::uint32_t end_of(std::uint32_t base) { return base + kWindow < base ? kNoMorePapers : base + kWindow; }

  // What the cursor's blocks have before `end`.
  template <typename Use>
  static void for_each_block(PostingCursor& cursor, std::uint32_t end, Use use) {
    while (cursor.paper() < end) {
      const std::uint32_t left = cursor.left_in_block();
      const std::uint32_t count = cursor.last_in_block() < end ? left : first_not_below(cursor.papers(), left, end);
      use(cursor.papers(), count);
      cursor.skip(count);
    }
  }

  Bits evaluate(const PlanNode& node, std::uint32_t base) const {
    Bits out;
    switch (node.kind) {
      case PlanNode::Kind::leaf: return bits_[node.leaf];
      case PlanNode::Kind::nothing: out.fill(0); return out;
      case PlanNode::Kind::everything: return all(base);
      case PlanNode::Kind::boolean: break;
    }
    out = node.must.empty() && node.min_should == 0 && node.should.empty() ? all(base) : Bits{};
    bool started = false;
    const auto restrict_to = [&](const Bits& bits) {
      if (!std::exchange(started, true)) {
        out = bits;
      } else {
        for (std::uint32_t w = 0; w < kWords; ++w) out[w] &= bits[w];
      }
    };
    for (const PlanNode& child : node.must) restrict_to(evaluate(child, base));
    const std::uint32_t wanted = node.must.empty() && !node.should.empty() ? std::max(1U, node.min_should) : node.min_should;
    if (wanted > 0) restrict_to(at_least(node.should, wanted, base));
    for (const PlanNode& child : node.must_not) {
      const Bits bits = evaluate(child, base);
      for (std::uint32_t w = 0; w < kWords; ++w) out[w] &= ~bits[w];
    }
    return out;
  }

  // Papers in at least `wanted` of the children: counters as bit planes, one bit a paper in each.
  Bits at_least(const std::vector<PlanNode>& children, std::uint32_t wanted, std::uint32_t base) const {
    Bits out{};
    if (wanted > children.size()) return out;
    std::vector<Bits> planes(static_cast<std::size_t>(std::bit_width(children.size())), Bits{});
    for (const PlanNode& child : children) {
      Bits carry = evaluate(child, base);
      for (Bits& plane : planes) {
        for (std::uint32_t w = 0; w < kWords; ++w) {
          const std::uint64_t both = plane[w] & carry[w];
          plane[w] ^= carry[w];
          carry[w] = both;
        }
      }
    }
    // count >= wanted, from the highest plane down.
    for (std::uint32_t w = 0; w < kWords; ++w) {
      std::uint64_t greater = 0, equal = ~std::uint64_t{0};
      for (std::size_t p = planes.size(); p-- > 0;) {
        if ((wanted >> p & 1U) != 0) {
          equal &= planes[p][w];
        } else {
          greater |= equal & planes[p][w];
          equal &= ~planes[p][w];
        }
      }
      out[w] = greater | equal;
    }
    return out;
  }

  [[nodiscard]] Bits all(std::uint32_t base) const {
    Bits out{};
    const std::uint32_t count = std::min(kWindow, run_.segment.papers() - base);
    for (std::uint32_t paper = 0; paper < count; ++paper) out[paper / 64] |= std::uint64_t{1} << (paper % 64);
    return out;
  }

  // Takes the dead out.
  void count(Bits& match, std::uint32_t base) {
    const auto& dead = run_.segment.tombstones();
    for (std::uint32_t w = 0; w < kWords; ++w) {
      if (!dead.empty() && base / 64 + w < dead.bits().size()) match[w] &= ~dead.bits()[base / 64 + w];
      run_.total += static_cast<std::uint64_t>(std::popcount(match[w]));
    }
  }

  template <typename Use>
  static void for_each(const Bits& bits, Use use) {
    for (std::uint32_t w = 0; w < kWords; ++w) {
      for (std::uint64_t word = bits[w]; word != 0; word &= word - 1) use(w * 64 + static_cast<std::uint32_t>(std::countr_zero(word)));
    }
  }

  // Those that match and that the leaves they have can lift to the threshold.
  void choose_candidates(const Bits& match, std::uint32_t base) {
    papers_.clear();
    if (run_.options.k == 0) return;
    const double passes = run_.top.threshold() / kSlack;
    const std::size_t leaves = scored_.size();
    here_.resize(leaves);
    for (std::uint32_t w = 0; w < kWords; ++w) {
      if (match[w] == 0) continue;
      for (std::size_t i = 0; i < leaves; ++i) here_[i] = cursors_[scored_[i]] ? bits_[scored_[i]][w] : ~std::uint64_t{0};
      for (std::uint64_t word = match[w]; word != 0; word &= word - 1) {
        const int bit = std::countr_zero(word);
        double most = 0;
        for (std::size_t i = 0; i < leaves; ++i) most += bounds_[i][here_[i] >> bit & 1U];
        if (most >= passes) papers_.push_back(base + w * 64 + static_cast<std::uint32_t>(bit));
      }
    }
  }

  // Scores add up in the order of the leaves. A few candidates are looked up; for many, all frequencies of the window are
  // laid out: that costs the same for each block, and nothing has to be searched.
  void score_candidates(std::uint32_t base) {
    if (papers_.empty()) return;
    scores_.assign(papers_.size(), 0.0);
    const std::uint16_t* lengths = lengths_.window(base);
    const Bm25::Lookup saturation = run_.bm25.lookup();
    const bool many = papers_.size() * scored_.size() > blocks_;
    for (const std::uint32_t leaf : scored_) {
      if (!behind_[leaf]) behind_[leaf] = open(leaf);
      const double weight = run_.plan.leaves[leaf].weight;
      const auto add = [&](std::size_t i, std::uint32_t frequency) {
        scores_[i] += weight * saturation(frequency, lengths[papers_[i] - base]);
      };
      if (many && cursors_[leaf]) {
        lay_out(leaf, base);
        for (std::size_t i = 0; i < papers_.size(); ++i) add(i, frequency_of(leaf, papers_[i] - base));
      } else {
        look_up_(*behind_[leaf], papers_, add);
      }
    }
    for (std::size_t i = 0; i < papers_.size(); ++i) {
      if (scores_[i] >= run_.top.threshold()) offer(run_, papers_[i], scores_[i]);
    }
  }

  void lay_out(std::uint32_t leaf, std::uint32_t base) {
    frequencies_.resize(kWindow);
    PostingCursor& cursor = *behind_[leaf];
    cursor.seek(base);
    for_each_block(cursor, end_of(base), [&](const std::uint32_t* papers, std::uint32_t count) {
      const std::uint32_t* frequencies = cursor.frequencies();
      for (std::uint32_t i = 0; i < count; ++i) frequencies_[papers[i] - base] = frequencies[i];
    });
  }
  // 0, which adds nothing, where the leaf has not the paper; what is laid out there is another's.
  [[nodiscard]] std::uint32_t frequency_of(std::uint32_t leaf, std::uint32_t paper) const {
    const auto has = static_cast<std::uint32_t>(bits_[leaf][paper / 64] >> paper % 64 & 1U);
    return frequencies_[paper] & (0 - has);
  }

  Run& run_;
  Lengths lengths_;
  LookUp look_up_;
  std::vector<Bits> bits_;                                          // by leaf, where it is walked
  std::vector<std::unique_ptr<PostingCursor>> cursors_, behind_;   // by leaf: those walked, and those looked up
  std::vector<std::uint32_t> scored_;                               // leaves
  std::vector<std::array<double, 2>> bounds_;                       // the most that each gives a paper without, and with it
  std::vector<std::uint64_t> here_;                                 // their bits, of 64 papers
  bool matches_without_leaves_ = false;
  std::size_t blocks_ = 0;                                          // walked for this window
  std::vector<std::uint32_t> papers_;                               // candidates of the window
  std::vector<double> scores_;                                      // theirs
  std::vector<std::uint32_t> frequencies_;                          // of one leaf in the window's papers
};

}  // namespace

void run_windows(Run& run) { Windows(run).run(); }

}  // namespace digest::search
