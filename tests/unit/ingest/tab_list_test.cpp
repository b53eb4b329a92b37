// SPDX-License-Identifier: MIT
#include "line_readers.hpp"

using namespace digest::test;

TEST_CASE("tabs: pages of papers, by what the browser called them", "[tabs]") {
  const auto found = run("https://arxiv.org/abs/2401.00001 | [2401.00001] Counting Beads with Small Models\nhttps://news.example.org/ | Bead News\n\n"
                         "https://openreview.net/forum?id=AbCdEf | Bowls | Beads | OpenReview\nhttps://doi.org/10.1000/beads.1 | Pots and beads - ScienceDirect\n");
  CHECK(found.report.format == "tabs");
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[0].title == "Counting Beads with Small Models");
  CHECK(found.papers[0].ids.at("arxiv") == "2401.00001");
  CHECK(found.papers[1].title == "Bowls | Beads");
  CHECK(found.papers[2].title == "Pots and beads");
  CHECK(found.papers[2].ids.at("doi") == "10.1000/beads.1");
  CHECK(found.papers[2].sources.front().line == 5);
}

TEST_CASE("tabs: addresses within a text are none", "[tabs]") {
  const std::string text = "https://arxiv.org/abs/2401.00001 is what I read today.\nhttps://arxiv.org/abs/2401.00002 I did not.\nMore tomorrow.\n";
  CHECK(run(text).report.format != "tabs");
  CHECK(run("https://arxiv.org/abs/2401.00001\t200\t1234\t2024-03-01\nhttps://arxiv.org/abs/2401.00002\t200\t1234\t2024-03-01\n").papers.empty());
  CHECK(run("https://a.example.org/ | News\nhttps://b.example.org/ | Weather\n").papers.empty());
}
