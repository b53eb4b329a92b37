// SPDX-License-Identifier: MIT
#include <sstream>

#include "gather.hpp"
#include "support/catch.hpp"
#include "support/data.hpp"

using digest::test::run;

namespace {
const std::string kAbstract =
    "We count beads with a very small model, and we show that it counts to nine without any help. The beads are of three "
    "colours, which the model tells apart, and the string that holds them is of no account at all in what follows here.";
}

TEST_CASE("a saved page: the given digest, all 95 papers", "[page]") {
  DIGEST_NEEDS(path, "trending-digest.txt");
  DIGEST_NEEDS(titles_path, "trending-digest.titles.txt");
  const auto found = run(digest::test::read_file(path));
  std::istringstream titles(digest::test::read_file(titles_path));
  REQUIRE(found.papers.size() == 95);
  CHECK(found.report.format == "page");
  CHECK(found.report.skipped == 0);
  std::string title;
  for (const auto& paper : found.papers) {
    REQUIRE(std::getline(titles, title));
    CHECK(paper.title == title);
    CHECK(paper.abstract.size() > 1300);
    CHECK(paper.date.empty());
  }
  CHECK(found.papers.front().sources.front().line == 11);
  CHECK(found.papers.back().sources.front().line == 387);
}

TEST_CASE("a saved page: links after titles, people and dates", "[page]") {
  const auto found = run(
      "Daily Papers\n\nGet trending papers in your email inbox!\n\nMar 25\n\n [-] -\n\nBeads: Small Models That Count\n\n"
      "https://huggingface.co/papers/2501.00001\n\n" + kAbstract + "\n\nhttps://huggingface.co/papers/2501.00001\n\n[\n\n"
      "3 authors](https://huggingface.co/papers/2501.00001)\n\n·\n\nNov 26, 2024\n\n7\n\nStrings, Reconsidered\n\n" + kAbstract + "\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Beads: Small Models That Count");
  CHECK(found.papers[0].ids.at("arxiv") == "2501.00001");
  CHECK(found.papers[0].date == "2024-11-26");
  CHECK(found.papers[1].title == "Strings, Reconsidered");
  CHECK(found.papers[1].date.empty());
}
