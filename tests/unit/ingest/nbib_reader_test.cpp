// SPDX-License-Identifier: MIT
#include "line_readers.hpp"

using namespace digest::test;

TEST_CASE("nbib: continuation comes before tags", "[nbib]") {
  const auto found = run(own_sample("medline.nbib"));
  CHECK(found.report.format == "nbib");
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[0].abstract.find("The model AU - is told which residues") != std::string::npos);
  CHECK(found.papers[0].ids.at("pmid") == "34265844");
  CHECK(found.papers[0].ids.at("doi") == "10.1038/s41586-021-03819-2");
  CHECK(found.papers[0].date == "2021-08");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Jumper, John", "Evans, Richard"});
  CHECK(found.papers[0].sources.front().line == 2);
  CHECK(found.papers[1].date == "1990-10-05");
  CHECK(found.papers[1].abstract.find("CONCLUSIONS: Speed") != std::string::npos);
  CHECK(found.papers[2].abstract.empty());
  CHECK(found.papers[2].authors.size() == 2);
}

TEST_CASE("nbib: records without a number, empty lines between fields, stray text", "[nbib]") {
  const auto plain = read_as("nbib", "OWN - NLM\nTI  - Beads\nAB  - One.\nAB  - Two.\n\nHello there\n\nTT  - Perlen\nDP  - 2013 06 10\n");
  REQUIRE(plain.papers.size() == 2);
  CHECK(plain.papers[0].abstract == "One.\n\nTwo.");
  CHECK(plain.papers[1].title == "Perlen");
  CHECK(plain.papers[1].date == "2013-06-10");
  CHECK(plain.said("stray-text"));
  const auto spaced = read_as("nbib", "PMID- 1\n\nTI  - Beads\n\nAB  - One.\n\nPMID- 2\n\nTI  - Strings\n");
  REQUIRE(spaced.papers.size() == 2);
  CHECK(spaced.papers[0].abstract == "One.");
}

TEST_CASE("nbib: pieces and damage", "[nbib]") {
  check_pieces("nbib", own_sample("medline.nbib"));
  check_damage("nbib", own_sample("medline.nbib"), "P-\n \xff");
}

TEST_CASE("nbib: other people's files", "[nbib]") {
  check_outside("nbib", "pubmed/jabref.MedlinePlainImporterTestMultipleEntries.txt", 3, 2);
  check_outside("nbib", "pubmed/jabref.NbibImporterTest.nbib", 1, 1);
  check_outside("nbib", "pubmed/zotero.nbib-case1.nbib", 2, 2);
  check_outside("nbib", "pubmed/medline1.txt", 1, 1);
}

TEST_CASE("nbib: a file that has PT and no PMID is MEDLINE still; RIS without TY is RIS by its ER", "[nbib]") {
  CHECK(run("PMCR- 1\nTI  - Beads\nAB  - We count.\nFAU - Example, Mary\nPT  - Book\n").report.format == "nbib");
  const auto ris = run("JF  - Journal\nT1  - Beads\nVL  - 6\nAU  - Example, Mary\nER  - \n");
  CHECK(ris.report.format == "ris");
  REQUIRE(ris.papers.size() == 1);
  CHECK(ris.papers[0].title == "Beads");
}
