// SPDX-License-Identifier: MIT
#include "search/intersection.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "unit/search/random_papers.hpp"

using namespace digest::search;
using digest::test::Papers;
using digest::test::Random;

namespace {

PostingSource made_of(const Papers& papers) {
  PaperList list;
  for (const std::uint32_t paper : papers) list.add(paper, paper % 7 + 1);
  return PostingSource(std::move(list));
}

}  // namespace

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
