// SPDX-License-Identifier: MIT
#include "search/windows.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <utility>

namespace digest::search {
namespace {

constexpr std::uint32_t kWords = kWindow / 64;  // of a bit a paper
using Bits = std::array<std::uint64_t, kWords>;

class Windows {
 public:
  explicit Windows(Run& run) : run_(run), lengths_(run.segment), bits_(run.plan.leaves.size()) {
    for (const Leaf& leaf : run.plan.leaves) cursors_.emplace_back(leaf.sources[run.number]);
  }

  void run() {
    for (std::uint32_t base = 0; base < run_.segment.papers(); base += kWindow) {
      fill(base);
      Bits match = evaluate(run_.plan.root, base);
      collect(match, base);
    }
  }

 private:
  void fill(std::uint32_t base) {
    const std::uint64_t end = std::uint64_t{base} + kWindow;
    const std::uint16_t* lengths = lengths_.window(base);
    scores_.fill(0.0);
    for (std::size_t leaf = 0; leaf < bits_.size(); ++leaf) {
      Bits& bits = bits_[leaf];
      bits.fill(0);
      PostingCursor& cursor = cursors_[leaf];
      const bool scored = run_.plan.leaves[leaf].scored;
      const double weight = run_.plan.leaves[leaf].weight;
      for (; cursor.paper() < end; cursor.next()) {
        const std::uint32_t paper = cursor.paper() - base;
        bits[paper / 64] |= std::uint64_t{1} << (paper % 64);
        if (scored) scores_[paper] += weight * run_.bm25.looked_up(cursor.frequency(), lengths[paper]);
      }
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

  void collect(Bits& match, std::uint32_t base) {
    for (std::uint32_t w = 0; w < kWords; ++w) {
      if (!run_.segment.tombstones().empty() && base / 64 + w < run_.segment.tombstones().bits().size()) {
        match[w] &= ~run_.segment.tombstones().bits()[base / 64 + w];
      }
      run_.total += static_cast<std::uint64_t>(std::popcount(match[w]));
      for (std::uint64_t word = match[w]; word != 0; word &= word - 1) {
        const std::uint32_t paper = w * 64 + static_cast<std::uint32_t>(std::countr_zero(word));
        if (run_.options.by == MatchOptions::By::date || scores_[paper] >= run_.top.threshold()) offer(run_, base + paper, scores_[paper]);
      }
    }
  }

  Run& run_;
  Lengths lengths_;
  std::vector<Bits> bits_;             // by leaf
  std::vector<PostingCursor> cursors_; // by leaf
  std::array<double, kWindow> scores_{};
};

}  // namespace

void run_windows(Run& run) { std::make_unique<Windows>(run)->run(); }

}  // namespace digest::search
