// SPDX-License-Identifier: MIT
// The ways through posting lists beneath a search, against scoring every paper: lists as they lie in a segment, lists made
// for a query, and lists with other papers beside them; living and dead papers; mapped and read in pieces.
#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/section_file.hpp"
#include "index/segment.hpp"
#include "search/conjunction.hpp"
#include "search/disjunction.hpp"
#include "search/run.hpp"
#include "search/windows.hpp"
#include "support/catch.hpp"

using namespace digest;
using namespace digest::search;
using index::SectionId;

namespace {

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(engine_()) % bound; }
  bool one_in(std::uint32_t n) { return below(n) == 0; }

 private:
  std::mt19937 engine_;
};

using Frequencies = std::map<std::uint32_t, std::uint32_t>;  // by paper

template <typename Number>
std::string bytes_of(const std::vector<Number>& numbers) {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(Number)};
}

// One segment of random lists, dense and sparse, and what they say.
struct World {
  std::vector<std::uint16_t> lengths;
  std::vector<std::uint64_t> hashes;
  std::vector<std::pair<index::TermInfo, Frequencies>> terms;
  std::vector<std::unique_ptr<index::Segment>> segments;  // one: what TopK wants

  [[nodiscard]] const index::Segment& segment() const { return *segments.front(); }
  [[nodiscard]] std::uint32_t papers() const { return static_cast<std::uint32_t>(lengths.size()); }

  World(Random& random, std::uint32_t papers) {
    for (std::uint32_t i = 0; i < papers; ++i) {
      lengths.push_back(static_cast<std::uint16_t>(random.one_in(20) ? random.below(60000) : 5 + random.below(400)));
      hashes.push_back(std::uint64_t{random.below(~0U)} << 32 | i);
    }
    std::string postings, positions;
    index::PostingEncoder encoder(postings, positions, {lengths, hashes});
    for (int term = 0; term < 6; ++term) add_term(random, encoder);
    const std::map<SectionId, std::string> sections{{SectionId::postings, postings}, {SectionId::positions, positions},
                                                    {SectionId::lengths, bytes_of(lengths)}, {SectionId::id_hashes, bytes_of(hashes)}};
    test::SectionFile stored(sections, papers, random.one_in(2) ? storage::Access::mapped : storage::Access::small_reads);
    index::Tombstones dead(papers);
    if (random.one_in(2)) {
      for (std::uint32_t paper = 0; paper < papers; paper += 1 + random.below(12)) dead.bury_empty(paper);
    }
    segments.push_back(std::make_unique<index::Segment>(std::move(stored.file), std::move(dead)));
  }

 private:
  void add_term(Random& random, index::PostingEncoder& encoder) {
    Frequencies of;
    const std::uint32_t gap = 1U << random.below(10);
    for (std::uint32_t paper = random.below(gap * 4); paper < papers(); paper += 1 + random.below(gap)) {
      of[paper] = random.one_in(500) ? 70 + random.below(30) : random.one_in(4) ? 1 + random.below(20) : 1;
    }
    if (of.empty()) of[papers() / 2] = 1;
    encoder.begin(false, papers());
    for (const auto& [paper, frequency] : of) {
      std::vector<std::uint32_t> places(frequency);
      for (std::uint32_t i = 0; i < frequency; ++i) places[i] = i * 3;
      encoder.add(paper, places, std::vector<std::uint32_t>(frequency));
    }
    terms.emplace_back(encoder.end(), std::move(of));
  }
};

std::pair<PostingSource, Frequencies> list_of(const World& world, Random& random) {
  const auto& [info, of] = world.terms[random.below(static_cast<std::uint32_t>(world.terms.size()))];
  return {PostingSource(std::make_unique<index::PostingList>(world.segment().file(), info)), of};
}

std::pair<PostingSource, Frequencies> any_source(const World& world, Random& random) {
  auto [source, of] = list_of(world, random);
  if (random.one_in(3)) return {std::move(source), std::move(of)};
  PaperList made;
  if (random.one_in(2)) {
    std::erase_if(of, [&](const auto&) { return random.one_in(5); });
    for (const auto& [paper, frequency] : of) made.add(paper, frequency);
    return {PostingSource(std::move(made)), std::move(of)};
  }
  // More places in some papers of the list, and papers that it does not have, behind its last one too.
  std::uint32_t only = 0;
  const std::uint32_t step = 1U << random.below(12);
  for (std::uint32_t paper = random.below(step); paper < world.papers(); paper += 1 + random.below(step)) {
    if (world.segment().is_dead(paper)) continue;
    only += of.count(paper) == 0 ? 1 : 0;
    made.add(paper, of[paper] += 1 + random.below(3));
  }
  return {PostingSource(source.take_list(), std::move(made), only, 0), std::move(of)};
}

struct Question {
  Plan plan;
  std::vector<Frequencies> leaves;
  std::vector<std::uint32_t> any;  // of a disjunction
  Conjunction all;
  bool is_tree = false;                // plan.root says all

  Question(const World& world, Random& random) {
    const std::uint32_t count = 1 + random.below(6);
    const bool disjunctive = random.one_in(2);
    is_tree = random.one_in(3);
    for (std::uint32_t leaf = 0; leaf < count; ++leaf) {
      auto [source, of] = any_source(world, random);
      plan.leaves.emplace_back();
      plan.leaves.back().scored = true;
      plan.leaves.back().weight = random.one_in(3) ? 1.5 : 0.01 * (1 + random.below(900));
      plan.leaves.back().sources.push_back(std::move(source));
      leaves.push_back(std::move(of));
      const std::uint32_t role = leaf == 0 ? 0 : random.below(5);
      (disjunctive ? any : role < 3 ? all.must : role == 3 ? all.should : all.must_not).push_back(leaf);
      if (!disjunctive && role == 4) plan.leaves.back().scored = false;
    }
    if (is_tree) plan.root = tree(random, 3);
  }

  // Any structure over the leaves, some of which may stand in it twice or not at all.
  [[nodiscard]] PlanNode tree(Random& random, std::uint32_t depth) const {
    PlanNode node;
    if (depth == 0 || random.one_in(4)) {
      node.kind = random.one_in(20) ? PlanNode::Kind::everything : random.one_in(20) ? PlanNode::Kind::nothing : PlanNode::Kind::leaf;
      node.leaf = random.below(static_cast<std::uint32_t>(leaves.size()));
      return node;
    }
    node.kind = PlanNode::Kind::boolean;
    for (std::uint32_t child = 0; child < 4; ++child) {
      const std::uint32_t role = random.below(7);
      (role < 2 ? node.must : role < 6 ? node.should : node.must_not).push_back(tree(random, depth - 1));
    }
    node.min_should = random.below(static_cast<std::uint32_t>(node.should.size()) + 1);
    return node;
  }
  [[nodiscard]] bool matches(const PlanNode& node, std::uint32_t paper) const {
    if (node.kind == PlanNode::Kind::leaf) return leaves[node.leaf].count(paper) != 0;
    if (node.kind != PlanNode::Kind::boolean) return node.kind == PlanNode::Kind::everything;
    const auto has = [&](const PlanNode& child) { return matches(child, paper); };
    const auto found = static_cast<std::uint32_t>(std::count_if(node.should.begin(), node.should.end(), has));
    const std::uint32_t wanted = node.must.empty() && !node.should.empty() ? std::max(1U, node.min_should) : node.min_should;
    return std::all_of(node.must.begin(), node.must.end(), has) && found >= wanted &&
           std::none_of(node.must_not.begin(), node.must_not.end(), has);
  }
  [[nodiscard]] bool has(const std::vector<std::uint32_t>& among, std::uint32_t paper, bool every) const {
    const auto has = [&](std::uint32_t leaf) { return leaves[leaf].count(paper) != 0; };
    return every ? std::all_of(among.begin(), among.end(), has) : std::any_of(among.begin(), among.end(), has);
  }
  [[nodiscard]] bool matches(std::uint32_t paper) const {
    if (is_tree) return matches(plan.root, paper);
    return any.empty() ? has(all.must, paper, true) && !has(all.must_not, paper, false) : has(any, paper, false);
  }
};

}  // namespace

TEST_CASE("the best papers and their number are those of scoring every paper") {
  Random random(1);
  Scoreboard board;
  for (int round = 0; round < 40; ++round) {
    const World world(random, 2000 + random.below(30000));
    for (int query = 0; query < 20; ++query) {
      const Question question(world, random);
      Bm25 bm25({random.one_in(3) ? 0.9 : random.one_in(4) ? 0.0 : 0.01 + random.below(300) * 0.01, random.one_in(3) ? 0.4 : random.below(11) * 0.1}, 100.0 + random.below(100));
      if (random.one_in(2)) bm25.prepare();
      constexpr std::size_t kWanted[] = {0, 1, 2, 10, 16, 17, 100, 1000};
      MatchOptions options;
      options.k = kWanted[random.below(8)];
      if (random.one_in(2)) options.count_to = random.below(500);
      const bool count = question.is_tree || random.one_in(2);
      TopK top(world.segments, options.k), slow(world.segments, options.k);
      Run run{world.segment(), 0, question.plan, bm25, options, top, board, count};
      if (question.is_tree) {
        run_windows(run);
      } else {
        question.any.empty() ? run_conjunction(run, question.all) : run_disjunction(run, question.any);
      }

      std::uint64_t total = 0;
      for (std::uint32_t paper = 0; paper < world.papers(); ++paper) {
        if (world.segment().is_dead(paper) || !question.matches(paper)) continue;
        double score = 0;
        for (std::size_t leaf = 0; leaf < question.leaves.size(); ++leaf) {
          const auto found = question.leaves[leaf].find(paper);
          if (!question.plan.leaves[leaf].scored || found == question.leaves[leaf].end()) continue;
          score += question.plan.leaves[leaf].weight * bm25.saturation(found->second, world.lengths[paper]);
        }
        ++total;
        slow.offer({score, 0, paper});
      }
      INFO("round " << round << ", query " << query << ", k " << options.k);
      const std::uint64_t most = std::max(options.count_to, options.count_to + 1);  // what is beyond need not be exact
      if (count) REQUIRE(std::min(run.total, most) == std::min(total, most));
      const std::vector<Candidate> found = top.take(), expected = slow.take();
      REQUIRE(found.size() == expected.size());
      for (std::size_t i = 0; i < found.size(); ++i) {
        REQUIRE(found[i].paper == expected[i].paper);
        REQUIRE(found[i].score == expected[i].score);
      }
    }
  }
}
