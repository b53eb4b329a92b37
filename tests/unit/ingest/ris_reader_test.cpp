// SPDX-License-Identifier: MIT
#include "line_readers.hpp"

using namespace digest::test;

TEST_CASE("ris: three references", "[ris]") {
  const auto found = run(own_sample("references.ris"));
  CHECK(found.report.format == "ris");
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[0].title == "A Mathematical Theory of Communication");
  CHECK(found.papers[0].date == "1948-07");
  CHECK(found.papers[0].ids.at("doi") == "10.1002/j.1538-7305.1948.tb01338.x");
  CHECK(found.papers[0].ids.at("source") == "shannon1948");
  CHECK(found.papers[0].abstract.find("From this measure follow the shortest code") != std::string::npos);
  CHECK(found.papers[1].authors.size() == 5);
  CHECK(found.papers[1].date == "1990-10-05");
  CHECK(found.papers[2].ids.at("doi") == "10.1145/362384.362685");
  CHECK(found.papers[2].abstract.empty());
  CHECK(found.papers[2].sources.front().line == 28);
}

TEST_CASE("ris: dialects", "[ris]") {
  const auto one_blank = run("TY - JOUR\nTI - Beads\nAU - Example, M.\nAB - One\nand more\nER -\n");
  REQUIRE(one_blank.papers.size() == 1);
  CHECK(one_blank.papers[0].abstract == "One and more");
  const auto sentence = run("TY  - JOUR\nTI  - Beads\nAB  - first line,\nER then second line\n\nAU - MD9 is no tag\nER  - \n");
  REQUIRE(sentence.papers.size() == 1);
  CHECK(sentence.papers[0].abstract == "first line, ER then second line\n\nAU - MD9 is no tag");
  const auto both = run("TY  - JOUR\n\nTI  - Beads\n\nN2  - Second\n\nAB  - NA\n\nER  - \n");
  REQUIRE(both.papers.size() == 1);
  CHECK(both.papers[0].abstract == "Second");
  const auto between = run("1.\nTY  - JOUR\nTI  - Beads\nER  - \nLink to the full text: http://example.com\n2.\nTY  - JOUR\nTI  - Strings\n");
  REQUIRE(between.papers.size() == 2);
  CHECK(between.papers[1].title == "Strings");
}

TEST_CASE("ris: keywords that are categories of arXiv are categories", "[ris]") {
  const auto found = run("TY  - JOUR\nTI  - Beads\nKW  - cs.LG\nKW  - beads\nKW  - cs\nKW  - hep-th; cond-mat.stat-mech\nKW  - cs.LG\nKW  - node.js\nER  - \n");
  REQUIRE(found.papers.size() == 1);
  CHECK(found.papers[0].categories == std::vector<std::string>{"cs.LG", "hep-th", "cond-mat.stat-mech"});
  const auto bibtex = run("@misc{a, title={Beads}, keywords={math.AG, beads, q-bio.NC}, eprint={2401.00001}, archiveprefix={arXiv}, primaryclass={math.AG}}\n");
  REQUIRE(bibtex.papers.size() == 1);
  CHECK(bibtex.papers[0].categories == std::vector<std::string>{"math.AG", "q-bio.NC"});
  const auto csl = run(R"([{"id":"a","type":"article","title":"Beads","issued":{"date-parts":[[2024]]},"keyword":"cs.LG, beads"}])");
  REQUIRE(csl.papers.size() == 1);
  CHECK(csl.papers[0].categories == std::vector<std::string>{"cs.LG"});
}

TEST_CASE("ris: what is doubtful is said", "[ris]") {
  const auto found = read_as("ris", "TY  - JOUR\nTI  - One\nPY  - 10 15\nTY  - JOUR\nAU  - Nobody\nER  - \nTI  - Three\nER  - \n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.said("unterminated-entry"));
  CHECK(found.said("bad-date"));
  CHECK(found.said("no-title"));
  CHECK(found.said("no-type"));
  CHECK(found.report.skipped == 1);
}

TEST_CASE("ris: pieces and damage", "[ris]") {
  check_pieces("ris", own_sample("references.ris"));
  check_damage("ris", own_sample("references.ris"), "TE-\n \xff");
}

TEST_CASE("ris: other people's files", "[ris]") {
  check_outside("ris", "ris/asreview.baseline_empty_values.ris", 4, 2);
  check_outside("ris", "ris/asreview.embase.ris", 6, 6);
  check_outside("ris", "ris/asreview.ris_issue_992.txt", 19, 8);
  check_outside("ris", "ris/rispy.example_multiline.ris", 3, 3);
  check_outside("ris", "ris/zotero.case3.ris", 1, 1);
  check_outside("ris", "endnote/asreview.pubmed_endnote.txt", 6, 6);
}

TEST_CASE("ris: a further address that names the paper on arXiv is kept", "[ris]") {
  const auto found = run("TY  - GEN\nT1  - Beads\nUR  - https://lens.org/190-777\nL2  - https://example.org/copy.pdf\nL2  - http://arxiv.org/pdf/2111.09920.pdf\nER  -\n");
  REQUIRE(found.papers.size() == 1);
  CHECK(found.papers[0].ids.at("arxiv") == "2111.09920");
  CHECK(found.papers[0].urls.size() == 2);
}

TEST_CASE("ris: the proceedings of a conference where Scopus says no more", "[ris]") {
  const auto found = run("TY  - CONF\nTI  - Beads\nC3  - Proceedings of Counting\nPY  - 2019\nER  -\n");
  REQUIRE(found.papers.size() == 1);
  CHECK(found.papers[0].venue == "Proceedings of Counting");
}
