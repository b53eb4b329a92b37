// SPDX-License-Identifier: MIT
#include "search/matcher.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "index/batch.hpp"

namespace digest::search {
namespace {

using index::SectionId;
using index::Segment;

constexpr std::uint32_t kWindow = 8192;         // papers; their scores fit into the first-level cache twice over
constexpr std::uint32_t kWords = kWindow / 64;  // of a bit a paper
constexpr std::uint64_t kWorthPreparing = 4096;  // scores, about as many as the table has
using Bits = std::array<std::uint64_t, kWords>;

// What all ways have in common: one segment, its lengths, where results go.
struct Run {
  const Segment& segment;
  std::uint32_t number;
  const Plan& plan;
  const Bm25& bm25;
  const MatchOptions& options;
  TopK& top;
  std::uint64_t total = 0;
};

// Lengths of all papers where the file is mapped, of a window at a time otherwise.
class Lengths {
 public:
  explicit Lengths(const Segment& segment) : segment_(segment) {
    if (const auto mapped = segment.file().mapped(SectionId::lengths); !mapped.empty()) {
      all_ = reinterpret_cast<const std::uint16_t*>(mapped.data());
    }
  }
  std::uint16_t of(std::uint32_t paper) {
    if (all_ != nullptr) return all_[paper];
    const std::uint32_t base = paper / kWindow * kWindow;
    return window(base)[paper - base];
  }
  const std::uint16_t* window(std::uint32_t base) {
    if (all_ != nullptr) return all_ + base;
    if (base != base_) {
      loaded_ = segment_.column<std::uint16_t>(SectionId::lengths, base, std::min(kWindow, segment_.papers() - base), scratch_);
      base_ = base;
    }
    return loaded_;
  }

 private:
  const Segment& segment_;
  const std::uint16_t* all_ = nullptr;
  const std::uint16_t* loaded_ = nullptr;
  std::uint32_t base_ = kNoMorePapers;
  index::Scratch scratch_;
};

double sort_key(const Run& run, std::uint32_t paper) {
  const std::int32_t day = run.segment.day(paper);
  return day == index::kNoDate ? run.segment.first_indexed(paper) : day;
}

void offer(Run& run, std::uint32_t paper, double score) {
  if (run.options.by == MatchOptions::By::date) score = sort_key(run, paper);
  run.top.offer({score, run.number, paper});
}

// ---- a conjunction of leaves, optional and excluded leaves beside

struct Conjunction {
  std::vector<std::uint32_t> must, should, must_not;  // leaves
};

// The plan as a conjunction of leaves, if it is one.
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

// ---- a disjunction of scored leaves

bool as_disjunction(const Plan& plan, std::vector<std::uint32_t>& leaves) {
  const PlanNode& root = plan.root;
  if (root.kind != PlanNode::Kind::boolean || !root.must.empty() || !root.must_not.empty() || !root.optional.empty() || root.min_should > 1) return false;
  for (const PlanNode& node : root.should) {
    if (node.kind != PlanNode::Kind::leaf || !plan.leaves[node.leaf].scored || !(plan.leaves[node.leaf].weight > 0)) return false;
    leaves.push_back(node.leaf);
  }
  return !leaves.empty();
}

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

// ---- everything else

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

// One frequent word, its best papers known beforehand.
bool answer_from_best_list(Run& run, const Conjunction& shape) {
  if (shape.must.size() != 1 || !shape.should.empty() || !shape.must_not.empty() || run.options.k > index::kBestListDepth ||
      run.options.by != MatchOptions::By::score || !run.segment.tombstones().empty() || !(run.bm25.k1() >= 0.01) ||
      run.bm25.k1() > 1000 || !(run.bm25.b() >= 0.01) || run.bm25.b() > 1) {  // beyond, different scores round to equal ones
    return false;
  }
  const Leaf& leaf = run.plan.leaves[shape.must.front()];
  const index::PostingList* list = leaf.sources[run.number].list();
  if (list == nullptr || !leaf.scored || !(leaf.weight > 0)) return false;
  const std::vector<index::BestPosting> best = list->best();
  if (best.empty()) return false;
  Lengths lengths(run.segment);
  for (const index::BestPosting& posting : best) {
    offer(run, posting.paper, leaf.weight * run.bm25.looked_up(posting.frequency, lengths.of(posting.paper)));
  }
  run.total += list->papers();
  return true;
}

}  // namespace

Matches find_matches(const index::Snapshot& snapshot, const Plan& plan, Bm25& bm25, const MatchOptions& options) {
  TopK top(snapshot.segments(), options.k);
  Matches out;
  Conjunction conjunction;
  const bool conjunctive = as_conjunction(plan.root, conjunction);
  std::vector<std::uint32_t> disjunction;
  const bool disjunctive = !conjunctive && options.by == MatchOptions::By::score && as_disjunction(plan, disjunction);
  if (scores_at_most(plan, conjunctive ? &conjunction : nullptr) > kWorthPreparing) bm25.prepare();
  for (std::uint32_t s = 0; s < snapshot.segments().size(); ++s) {
    Run run{*snapshot.segments()[s], s, plan, bm25, options, top};
    if (conjunctive) {
      const bool alone = conjunction.must.size() == 1 && conjunction.should.empty() && conjunction.must_not.empty();
      if (!alone) {
        run_conjunction(run, conjunction);
      } else if (!answer_from_best_list(run, conjunction)) {
        run_leaf(run, conjunction.must.front());
      }
    } else if (disjunctive) {
      std::make_unique<Disjunction>(run, disjunction)->run();
    } else {
      std::make_unique<Windows>(run)->run();
    }
    out.total += run.total;
  }
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
