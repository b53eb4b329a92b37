// SPDX-License-Identifier: MIT
#include "search/common_papers.hpp"

#include <algorithm>
#include <iterator>
#include <random>
#include <vector>

#include "search/intersection.hpp"
#include "support/catch.hpp"

using namespace digest::search;

namespace {

using Papers = std::vector<std::uint32_t>;

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(engine_()) % bound; }
  // Ascending, each at most `gap` behind the one before it.
  Papers papers(std::uint32_t count, std::uint32_t gap) {
    Papers out;
    for (std::uint32_t paper = below(gap); count > 0; --count, paper += 1 + below(gap)) out.push_back(paper);
    return out;
  }

 private:
  std::mt19937 engine_;
};

PostingSource made_of(const Papers& papers) {
  PaperList list;
  for (const std::uint32_t paper : papers) list.add(paper, paper % 7 + 1);
  return PostingSource(std::move(list));
}

}  // namespace

TEST_CASE("the first number that is not below a bound is found among any") {
  Random random(1);
  for (int round = 0; round < 3000; ++round) {
    const Papers numbers = random.papers(random.below(200), 1 + random.below(40));
    const std::uint32_t bound = random.below(3) == 0 ? ~0U : random.below(5000);
    const auto expected = std::lower_bound(numbers.begin(), numbers.end(), bound) - numbers.begin();
    REQUIRE(first_not_below(numbers.data(), static_cast<std::uint32_t>(numbers.size()), bound) == expected);
  }
}

TEST_CASE("common papers are those of both rows, however dense either is") {
  Random random(2);
  CommonPapers common;
  for (int round = 0; round < 5000; ++round) {
    const auto gap = [&] { return std::uint32_t{1} << random.below(12); };
    const Papers papers = random.papers(random.below(130), gap());
    const Papers block = random.papers(1 + random.below(130), gap());
    Papers expected, which(papers.size()), where(papers.size()), found;
    std::set_intersection(papers.begin(), papers.end(), block.begin(), block.end(), std::back_inserter(expected));
    const std::uint32_t count = common.find(papers.data(), static_cast<std::uint32_t>(papers.size()), block.data(),
                                            static_cast<std::uint32_t>(block.size()), which.data(), where.data());
    REQUIRE(count == expected.size());
    for (std::uint32_t i = 0; i < count; ++i) {
      REQUIRE(papers[which[i]] == expected[i]);
      REQUIRE(block[where[i]] == expected[i]);
    }
  }
}

TEST_CASE("an intersection has the papers that all sources have, and says where they stand") {
  Random random(3);
  CommonPapers common;
  for (int round = 0; round < 400; ++round) {
    std::vector<PostingSource> sources;
    Papers expected;
    for (std::size_t i = 0; i < 1 + round % 4U; ++i) {
      const Papers papers = random.papers(random.below(3000), 1U << random.below(6));
      Papers both;
      std::set_intersection(papers.begin(), papers.end(), expected.begin(), expected.end(), std::back_inserter(both));
      expected = i == 0 ? papers : both;
      sources.push_back(made_of(papers));
    }
    std::vector<const PostingSource*> all;
    for (const PostingSource& source : sources) all.push_back(&source);
    Papers found;
    for (Intersection intersection(all, common); intersection.next();) {
      REQUIRE_FALSE(intersection.papers().empty());
      for (std::size_t i = 0; i < intersection.papers().size(); ++i) {
        found.push_back(intersection.papers()[i]);
        for (std::size_t s = 0; s < all.size(); ++s) {
          REQUIRE(intersection.cursor(s).block_frequencies()[intersection.places(s)[i]] == found.back() % 7 + 1);
        }
      }
    }
    REQUIRE(found == expected);
  }
}
