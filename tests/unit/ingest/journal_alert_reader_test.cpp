// SPDX-License-Identifier: MIT
#include "line_readers.hpp"

using namespace digest::test;

TEST_CASE("journal-alert: the DOI line is the anchor", "[journal-alert]") {
  const auto found = run(own_sample("journal-alert.txt"));
  CHECK(found.report.format == "journal-alert");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting Beads in Long Strings with a Very Small Model");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other", "Jean d'Arc"});
  CHECK(found.papers[0].date == "2025-01-22");
  CHECK(found.papers[0].venue == "bioRxiv");
  CHECK(found.papers[0].ids.at("doi") == "10.1101/2025.01.20.700001");
  CHECK(found.papers[0].sources.front().line == 14);
  CHECK(found.papers[1].title == "Strings Without Beads");
  CHECK(found.papers[1].authors == std::vector<std::string>{"Mary Example"});
  CHECK(found.said("no-abstract"));
}

TEST_CASE("journal-alert: no empty lines between title, authors and DOI", "[journal-alert]") {
  const auto found = read_as("journal-alert", "Counting Beads in Long Strings\nMary Example, Paul Other\nJ. Beads 2020;40 1-10 doi:10.1000/x.1\n[Abstract]\n\nStrings\nPaul Other and Mary Example\nJ. Beads 2020;40 11 doi:10.1000/x.2\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting Beads in Long Strings");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(found.papers[1].title == "Strings");
}

TEST_CASE("journal-alert: pieces and damage", "[journal-alert]") {
  check_pieces("journal-alert", own_sample("journal-alert.txt"));
  check_damage("journal-alert", own_sample("journal-alert.txt"), "-\n \xff");
}

TEST_CASE("journal-alert: other people's files", "[journal-alert]") { check_outside("journal-alert", "journal-alert/biorxiv-subject-alert.txt", 38, 0); }
