// SPDX-License-Identifier: MIT
#include "line_readers.hpp"

using namespace digest::test;

namespace {

const std::string kCitations = R"(<1>
Accession Number
  00001.
Author
  Example, Mary MD *;  Other, Paul 2
Title
  Beads in the clinic.[Review]
Source
  Journal of Beads.   28(2):103-106, April 2015.
Abstract
  : We count beads
  to nine.
Some Odd Field
  Nothing
DOI Number
  10.1000/x.1

<2>
Author
  Third, Cy
Title
  Cups and water
Source
  Journal of Cups. 3:1-2, 2014.
)";

}  // namespace

TEST_CASE("ovid: numbered citations, fields by name") {
  const auto found = run(kCitations);
  CHECK(found.report.format == "ovid");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Beads in the clinic.");
  CHECK(found.papers[0].abstract == "We count beads to nine.");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Example, Mary", "Other, Paul"});
  CHECK(found.papers[0].date == "2015");
  CHECK(found.papers[0].venue == "Journal of Beads");
  CHECK(found.papers[0].ids.at("doi") == "10.1000/x.1");
  CHECK(found.papers[0].ids.at("source") == "00001");
  CHECK(found.papers[1].title == "Cups and water");
  CHECK(found.papers[1].sources.front().line == 18);
}

TEST_CASE("ovid: without marks, the first field again begins the next record") {
  const auto found = run("Accession Number\n  1\nTitle\n  Beads\nSource\n  J.\nAccession Number\n  2\nTitle\n  Cups\nSource\n  J.\n");
  CHECK(found.papers.size() == 2);
}

TEST_CASE("ovid: pieces and damage") {
  check_pieces("ovid", kCitations);
  check_damage("ovid", kCitations, "<\n \xff");
}

TEST_CASE("ovid, OAI-PMH, Scholar as text: our own samples") {
  for (const auto& [name, format] : {std::pair{"ovid-citations.txt", "ovid"}, std::pair{"oai-arxiv.xml", "xml"}, std::pair{"scholar-alert.txt", "scholar-text"}}) {
    INFO(name);
    const std::string text = own_sample(name);
    const auto found = run(text);
    CHECK(found.report.format == format);
    CHECK(found.papers.size() == 2);
    CHECK(found.report.without_abstract == 0);
    CHECK(found.report.skipped == 0);
    check_pieces(format, text);
    check_damage(format, text, "<\n \xff");
  }
}
