// SPDX-License-Identifier: MIT
#include "line_readers.hpp"

using namespace digest::test;

TEST_CASE("pubmed-text: named blocks are not the abstract", "[pubmed-text]") {
  const auto found = run(own_sample("pubmed-abstracts.txt"));
  CHECK(found.report.format == "pubmed-text");
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[0].title == "Highly accurate protein structure prediction with AlphaFold.");
  CHECK(found.papers[0].authors.size() == 7);
  CHECK(found.papers[0].authors.back() == "Hassabis D");
  CHECK(found.papers[0].abstract ==
        "The shape of a protein is predicted from its sequence and its relatives. In a blind trial most backbones were right to "
        "within the width of an atom.\n\nThe network passes messages between pairs of residues.");
  CHECK(found.papers[0].ids.at("pmid") == "34265844");
  CHECK(found.papers[0].ids.at("doi") == "10.1038/s41586-021-03819-2");
  CHECK(found.papers[0].date == "2021-08");
  CHECK(found.papers[0].venue == "Nature");
  CHECK(found.papers[1].abstract.empty());
  CHECK(found.papers[1].date == "1953-04-25");
  CHECK(found.papers[2].abstract.find("stretched into alignments") != std::string::npos);
  CHECK(found.papers[2].sources.front().line == 38);
}

TEST_CASE("pubmed-text: a numbered paragraph begins no record", "[pubmed-text]") {
  const auto found = read_as("pubmed-text", "1. Beads. 2025 Jan;1(1):1-9.\n\nCounting beads.\n\nExample M(1).\n\n2. We count them twice.\n\nPMID: 12345\n");
  REQUIRE(found.papers.size() == 1);
  CHECK(found.papers[0].abstract == "2. We count them twice.");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Example M"});
}

TEST_CASE("pubmed-text: pieces and damage", "[pubmed-text]") {
  check_pieces("pubmed-text", own_sample("pubmed-abstracts.txt"));
  check_damage("pubmed-text", own_sample("pubmed-abstracts.txt"), "1.\n \xff");
}

TEST_CASE("pubmed-text: other people's files", "[pubmed-text]") { check_outside("pubmed-text", "pubmed/efetch-abstract-text-1.txt", 1, 1); }

TEST_CASE("pubmed text: summaries, a paragraph each", "[pubmed-text]") {
  const auto found = run("1: Example A, Other BC, Third D Jr. Beads sense airway stretch and mediate lung\ninflation. J Beads. 2017 Jan 12;541(7636):176-181. doi:\n10.1000/beads.1. Epub 2016 Dec 21. PMID: 28002412; PMCID: PMC5267560.\n\n"
                         "2: Fourth E. Do cups count? Nature. 2018;1:1. PMID: 28002413.\n\n3: Beads without authors. Lancet. 2019 Mar;1:1. PMID: 28002414.\n");
  CHECK(found.report.format == "pubmed-text");
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[0].title == "Beads sense airway stretch and mediate lung inflation.");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Example A", "Other BC", "Third D Jr"});
  CHECK(found.papers[0].date == "2017-01-12");
  CHECK(found.papers[0].venue == "J Beads");
  CHECK(found.papers[0].ids.at("pmid") == "28002412");
  CHECK(found.papers[0].ids.at("doi") == "10.1000/beads.1");
  CHECK(found.papers[1].title == "Do cups count?");
  CHECK(found.papers[2].title == "Beads without authors.");
  CHECK(found.papers[2].authors.empty());
}

TEST_CASE("pubmed-text: a group among few authors is no part of the abstract", "[pubmed-text]") {
  const auto found = run("1. J Beads. 2024 Jan 15;1(1):12-19. doi: 10.1000/beads.1.\n\nBeads for all: a randomised trial.\n\nExample M(1); BEADS Investigators.\n\nAuthor information:\n(1)Rome.\n\nBACKGROUND: Beads are useful.\n\nDOI: 10.1000/beads.1\nPMID: 38123456\n");
  REQUIRE(found.papers.size() == 1);
  CHECK(found.papers[0].abstract == "BACKGROUND: Beads are useful.");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Example M", "BEADS Investigators"});
}
