// SPDX-License-Identifier: MIT
#include "search/common_papers.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "support/catch.hpp"
#include "unit/search/random_papers.hpp"

using namespace digest::search;
using digest::test::Papers;
using digest::test::Random;

TEST_CASE("the first number that is not below a bound is found among any") {
  Random random(1);
  for (int round = 0; round < 3000; ++round) {
    const Papers numbers = random.papers(random.below(200), 1 + random.below(40));
    const std::uint32_t bound = random.below(3) == 0 ? ~0U : random.below(5000);
    const auto expected = std::lower_bound(numbers.begin(), numbers.end(), bound) - numbers.begin();
    REQUIRE(first_not_below(numbers.data(), static_cast<std::uint32_t>(numbers.size()), bound) == expected);
  }
}

TEST_CASE("a block with more papers than a map has places for is searched too") {
  Random random(4);
  CommonPapers common;
  const Papers block = random.papers(70000, 2);
  const Papers papers(block.begin() + 60000, block.begin() + 70000);
  Papers which(papers.size()), where(papers.size());
  REQUIRE(common.find(papers.data(), 10000, block.data(), 70000, which.data(), where.data()) == 10000);
  REQUIRE(where.front() == 60000);
  REQUIRE(where.back() == 69999);
}

TEST_CASE("common papers are those of both rows, however dense either is") {
  Random random(2);
  CommonPapers common;
  for (int round = 0; round < 5000; ++round) {
    const auto gap = [&] { return std::uint32_t{1} << random.below(12); };
    const Papers papers = random.papers(random.below(130), gap());
    const Papers block = random.papers(1 + random.below(130), gap());
    Papers expected, which(papers.size()), where(papers.size());
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
