// SPDX-License-Identifier: MIT
#include "line_readers.hpp"

using namespace digest::test;

namespace {

const std::string kIeee =
    "Your saved search \"beads\" has 2 new results on IEEE Xplore.\n\nCounting Beads on Long Strings\nAuthor(s): Maria Example; Peter Other; Wei Li\nPublication Year: 2025, Page(s): 1 - 9\n"
    "Publication Title: IEEE Transactions on Beads\nhttps://ieeexplore.ieee.org/document/10912345?source=alert\n\n2. A Survey of Strings\nAuthor(s): John Doe\nPublication Year: 2024, Page(s): 10 - 29\n"
    "IEEE Access\nhttps://ieeexplore.ieee.org/document/10912346\n\nTo unsubscribe from this alert, click here: https://ieeexplore.ieee.org/alerts/unsubscribe?id=1\nIEEE, 445 Hoes Lane\n";

const std::string kWos =
    "Web of Science Citation Alert\nNumber of Citing Articles: 2 new records this week\n=====================\n\n*Record 1 of 2.\n*View Full Record: http://gateway.example.org/?KeyUT=1\n*Order Full Text [ ]\nTitle:\n"
    "Counting beads on long strings\nof many kinds\n\nAuthors:\nExample, M; Other, P\n\nAuthor Full Names:\nExample, Maria; Other, Peter\n\nSource:\n*JOURNAL OF BEADS*, 12 (3):1-9; MAR 2025\n\nLanguage:\nEnglish\n\n"
    "Abstract:\nWe count beads on\nstrings.\n\nAddresses:\n[Example, Maria] Bead Univ.\n\n=====================\n\n*Record 2 of 2.\n*View Full Record: http://gateway.example.org/?KeyUT=2\nTitle:\nA survey of strings\n\n"
    "Authors:\nDoe, J\n\nSource:\n*STRINGS*, 1 (1):10-29; 2024\n\n=====================\nCopyright 2025\n";

}  // namespace

TEST_CASE("alert-records: IEEE Xplore writes a title, authors and a year", "[alert-records]") {
  const auto found = run(kIeee);
  CHECK(found.report.format == "alert-records");
  CHECK(found.problems.empty());
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting Beads on Long Strings");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Maria Example", "Peter Other", "Wei Li"});
  CHECK(found.papers[0].date == "2025");
  CHECK(found.papers[0].venue == "IEEE Transactions on Beads");
  CHECK(found.papers[0].urls == std::vector<std::string>{"https://ieeexplore.ieee.org/document/10912345?source=alert"});
  CHECK(found.papers[0].sources.front().line == 3);
  CHECK(found.papers[1].title == "A Survey of Strings");
  CHECK(found.papers[1].authors == std::vector<std::string>{"John Doe"});
  CHECK(found.papers[1].venue == "IEEE Access");
  CHECK(found.papers[1].urls.size() == 1);
}

TEST_CASE("alert-records: with abstracts and DOIs", "[alert-records]") {
  const auto found = run("1. Counting Beads on Long Strings\nAuthor(s): Maria Example; Peter Other\nPublication Year: 2025, Page(s): 1 - 9\nAbstract: We count beads: nine.\nDOI: 10.1109/TB.2025.1\n\n"
                         "2. A Survey of Strings\nAuthor(s): John Doe\nPublication Year: 2025\nAbstract: Strings matter.\nDOI: 10.1109/TB.2025.2\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting Beads on Long Strings");
  CHECK(found.papers[0].abstract == "We count beads: nine.");
  CHECK(found.papers[1].title == "A Survey of Strings");
  CHECK(found.papers[1].ids.at("doi") == "10.1109/tb.2025.2");
}

TEST_CASE("alert-records: Web of Science's address above a record is that record's", "[alert-records]") {
  const auto found = run(kWos);
  CHECK(found.report.format == "alert-records");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting beads on long strings of many kinds");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Example, Maria", "Other, Peter"});
  CHECK(found.papers[0].abstract == "We count beads on strings.");
  CHECK(found.papers[0].venue == "JOURNAL OF BEADS");
  CHECK(found.papers[0].date == "2025-03");
  CHECK(found.papers[0].urls == std::vector<std::string>{"http://gateway.example.org/?KeyUT=1"});
  CHECK(found.papers[1].authors == std::vector<std::string>{"Doe, J"});
  CHECK(found.papers[1].date == "2024");
  CHECK(found.papers[1].urls == std::vector<std::string>{"http://gateway.example.org/?KeyUT=2"});
}

TEST_CASE("alert-records: labels and values in one line, the address below", "[alert-records]") {
  const auto found = run("Title: Counting beads\nAuthors: Doe, J\nSource: STRINGS AND THINGS, 1 (1):10-29; 2025\nView Full Record: https://www.example.org/full-record/WOS:1\n\n"
                         "Title: A survey of strings\nAuthors: Roe, R\nSource: NECKLACE LETTERS, 1 (1):100-112; 2024\nView Full Record: https://www.example.org/full-record/WOS:2\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].urls == std::vector<std::string>{"https://www.example.org/full-record/WOS:1"});
  CHECK(found.papers[0].venue == "STRINGS AND THINGS");
  CHECK(found.papers[1].title == "A survey of strings");
}

TEST_CASE("alert-records: pieces and damage", "[alert-records]") {
  for (const std::string& text : {kIeee, kWos}) {
    check_pieces("alert-records", text);
    check_damage("alert-records", text, ":\n *\xff");
  }
}

TEST_CASE("alert-records: an address between the title and its authors", "[alert-records]") {
  const auto found = run("IEEE Xplore Alert\n\n1. Counting Beads in Bowls\nhttps://ieeexplore.ieee.org/document/1234567\nAuthor(s): Jane Doe; Bob Roe\nPublication Year: 2024, Page(s): 1 - 9\n\n"
                         "2. Strings of Beads\nhttps://ieeexplore.ieee.org/document/1234568\nAuthor(s): Carl Poe\nPublication Year: 2024, Page(s): 10 - 19\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting Beads in Bowls");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Jane Doe", "Bob Roe"});
  CHECK(found.papers[0].urls == std::vector<std::string>{"https://ieeexplore.ieee.org/document/1234567"});
  CHECK(found.papers[1].urls == std::vector<std::string>{"https://ieeexplore.ieee.org/document/1234568"});
  CHECK(found.papers[1].date == "2024");
}
