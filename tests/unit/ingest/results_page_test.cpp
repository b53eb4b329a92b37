// SPDX-License-Identifier: MIT
#include "line_readers.hpp"

using namespace digest::test;

namespace {

const std::string kScholar =
    "Articles\nAbout 1,230 results (0.07 sec)\nAny time\nSince 2025\nSort by relevance\nCreate alert\n[PDF] arxiv.org\nCounting beads with small models\n"
    "M Example, P Other\xE2\x80\xA6 - arXiv preprint arXiv:2503.00001, 2025 - arxiv.org\nWe count beads on long strings \xE2\x80\xA6\nSave Cite Cited by 17 Related articles All 3 versions \n"
    "[HTML] nature.com\n[HTML] Beads - a survey of 2024\nP Other - Nature, 2024 - nature.com\nBeads are many. \xE2\x80\xA6\nSave Cite Cited by 1204 Related articles\n"
    "[BOOK] Deep strings\nI Third, Y Fourth - 2016 - Springer\nSave Cite Cited by 3\nRelated searches\nbeads quantization\nPrevious\n1\n2\nNext\nHelp\n";

const std::string kPubmed =
    "National Library of Medicine logo\nSearch\n1,234 results\nSort by:\nBest match\n1\nCite\nShare\nCounting beads with small models.\nExample M, Other P.\nJ Beads. 2025 Mar 4;1(1):1-9. doi: 10.1000/beads.1. Epub 2025 Mar 4.\n"
    "PMID: 34265844 Free PMC article.\nWe count beads on long strings with a very small model and find nine of them on most ...\n2\nCite\nShare\nBeads without strings.\nThird C.\nLancet. 2024 Jan 15;403(1):12-19. doi: 10.1000/beads.2.\nPMID: 38123456 Review.\n";

}  // namespace

TEST_CASE("scholar-page: results copied from the browser", "[results-page]") {
  const auto found = run(kScholar);
  CHECK(found.report.format == "scholar-page");
  CHECK(found.problems.empty());
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[0].title == "Counting beads with small models");
  CHECK(found.papers[0].authors == std::vector<std::string>{"M Example", "P Other"});
  CHECK(found.papers[0].date == "2025");
  CHECK(found.papers[0].ids.at("arxiv") == "2503.00001");
  CHECK(found.papers[0].abstract_is_partial);
  CHECK(found.papers[0].sources.front().line == 8);
  CHECK(found.papers[1].title == "Beads - a survey of 2024");
  CHECK(found.papers[1].venue == "Nature");
  CHECK(found.papers[2].title == "Deep strings");
  CHECK(found.papers[2].date == "2016");
  CHECK(found.papers[2].abstract.empty());
}

TEST_CASE("pubmed-page: results copied from the browser", "[results-page]") {
  const auto found = run(kPubmed);
  CHECK(found.report.format == "pubmed-page");
  CHECK(found.problems.empty());
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting beads with small models.");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Example M", "Other P"});
  CHECK(found.papers[0].date == "2025-03-04");
  CHECK(found.papers[0].ids.at("pmid") == "34265844");
  CHECK(found.papers[0].ids.at("doi") == "10.1000/beads.1");
  CHECK(found.papers[0].abstract_is_partial);
  CHECK(found.papers[1].title == "Beads without strings.");
  CHECK(found.papers[1].abstract.empty());
  CHECK(found.papers[1].date == "2024-01-15");
}

TEST_CASE("results pages: PubMed's own exports are none", "[results-page]") {
  CHECK(run(own_sample("pubmed-abstracts.txt")).report.format == "pubmed-text");
  CHECK(run(own_sample("medline.nbib")).report.format == "nbib");
}

TEST_CASE("results pages: pieces and damage", "[results-page]") {
  check_pieces("scholar-page", kScholar);
  check_pieces("pubmed-page", kPubmed);
  check_damage("scholar-page", kScholar, "-\n .\xff");
  check_damage("pubmed-page", kPubmed, "P:\n 1\xff");
}

TEST_CASE("scholar-page: results without what stands below them", "[results-page]") {
  const auto found = run("About 1,230 results (0.07 sec)\nCounting beads with small models\nM Example, P Other - arXiv preprint arXiv:2601.00001, 2026 - arxiv.org\nWe count beads on long strings\nand find \xE2\x80\xA6\n"
                         "Sparse strings\nL Wei, A Lopez\xE2\x80\xA6 - Bead Conference, 2025 - aclanthology.org\nAttention over every bead \xE2\x80\xA6\n[HTML] Beads: a survey\nP Other - Nature, 2024 - nature.com\nBeads are many.\n");
  CHECK(found.report.format == "scholar-page");
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[0].abstract == "We count beads on long strings and find \xE2\x80\xA6");
  CHECK(found.papers[1].title == "Sparse strings");
  CHECK(found.papers[1].sources.front().line == 6);
  CHECK(found.papers[2].title == "Beads: a survey");
  CHECK(run("Beads\nM Example - 2024\n\nStrings - a talk by M Example\nAI Lab, Room 3 - Monday, 2024\n").report.format != "scholar-page");
}

TEST_CASE("pubmed-page: titles, names and snippets of several lines", "[results-page]") {
  const auto found = run("1\nCite\nShare\nEffects of counting beads on the short-term memory of children in patients with\nHIV in the USA: a randomised trial.\nExample M, van der Other P 3rd,\nThird JC.\n"
                         "J Beads. 2025 Mar 4;1(1):1-9. doi: 10.1000/beads.1.\nPMID: 34265844 Free PMC article.\nWe count beads on long strings with a very small model and find nine of\nthem on most ...\n2\nCite\nShare\nBeads.\nThird C.\nLancet. 2024 Jan 15;403(1):12-19.\nPMID: 38123456 Review.\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Effects of counting beads on the short-term memory of children in patients with HIV in the USA: a randomised trial.");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Example M", "van der Other P 3rd", "Third JC"});
  CHECK(found.papers[0].venue == "J Beads");
  CHECK(found.papers[0].abstract.ends_with("nine of them on most ..."));
  CHECK(found.papers[1].title == "Beads.");
}
