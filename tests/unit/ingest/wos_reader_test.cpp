// SPDX-License-Identifier: MIT
#include "line_readers.hpp"

using namespace digest::test;

TEST_CASE("wos: two records", "[wos]") {
  const auto found = run(own_sample("web-of-science.isi"));
  CHECK(found.report.format == "wos");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "AN ALGORITHM FOR SUFFIX STRIPPING");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Porter, M. F."});
  CHECK(found.papers[0].date == "1980-07");
  CHECK(found.papers[0].categories == std::vector<std::string>{"Computer Science, Information Systems", "Information Science & Library Science"});
  CHECK(found.papers[0].abstract.find("each a short list of rules with") != std::string::npos);
  CHECK(found.papers[1].authors.size() == 3);
  CHECK(found.papers[1].ids.at("doi") == "10.1145/361219.361220");
  CHECK(found.papers[1].sources.front().line == 18);
}

TEST_CASE("wos: sibling dialects", "[wos]") {
  const auto hyphens = run("FN Example Export\nPT - J\nTI - Beads\nAU - Example, M\nAB - One\n   two\nPY - 2001\nER\n");
  REQUIRE(hyphens.papers.size() == 1);
  CHECK(hyphens.papers[0].title == "Beads");
  CHECK(hyphens.papers[0].abstract == "One two");
  const auto open = run("PT J\nTI Beads\nAU Example, M\nPT J\nTI Strings\nAU Other, P\nER\n");
  CHECK(open.papers.size() == 2);
  CHECK(open.said("unterminated-entry"));
}

TEST_CASE("wos: pieces and damage", "[wos]") {
  check_pieces("wos", own_sample("web-of-science.isi"));
  check_damage("wos", own_sample("web-of-science.isi"), "PT\n \xff");
}

TEST_CASE("wos: other people's files", "[wos]") {
  check_outside("wos", "wos/jabref.IsiImporterTestWOS.isi", 2, 2);
  check_outside("wos", "wos/rispy.example_wos.ris", 2, 2);
}
