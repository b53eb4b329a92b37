// SPDX-License-Identifier: MIT
#include "line_readers.hpp"

using namespace digest::test;

TEST_CASE("endnote: three records, an abstract of two paragraphs", "[endnote]") {
  const auto found = run(own_sample("endnote.enw"));
  CHECK(found.report.format == "endnote");
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[0].title == "The Probabilistic Relevance Framework: BM25 and Beyond");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Robertson, Stephen", "Zaragoza, Hugo"});
  CHECK(found.papers[0].abstract.ends_with("Poisson distributions.\n\nFields and other evidence find their place in it too."));
  CHECK(found.papers[0].ids.at("doi") == "10.1561/1500000019");
  CHECK(found.papers[1].date == "1998-04-01");
  CHECK(found.papers[2].authors.back() == "Schütze, Hinrich");
  CHECK(found.papers[2].sources.front().line == 23);
}

TEST_CASE("endnote: refer without %0", "[endnote]") {
  const auto found = run("%A A. Person\n%T Beads\n%D 1990\n\n%A B. Person\n%T Strings\n%D 1991\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[1].title == "Strings");
  CHECK(found.papers[1].authors == std::vector<std::string>{"B. Person"});
}

TEST_CASE("endnote: pieces and damage", "[endnote]") {
  check_pieces("endnote", own_sample("endnote.enw"));
  check_damage("endnote", own_sample("endnote.enw"), "%T\n \xff");
}
