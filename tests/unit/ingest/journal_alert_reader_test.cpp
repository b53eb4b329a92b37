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

TEST_CASE("journal alert: a table of contents without DOIs", "[journal-alert]") {
  const auto found = run("Journal of Beads Online Table of Contents Alert\n\nA new issue is available online:\nJanuary 2026; Vol. 1, No. 1\n\n----------------\nNeuroscience:\n----------------\n\n"
                         "Beads that count in the brain: a study\nof nine\nAnn Example, Bo Other, and Cy Third\nJ Beads 2026;1 1-9\nhttp://www.jbeads.org/cgi/content/abstract/1/1/1?etoc\n\n"
                         "Pouring water with robots\nDi Fourth | Ed Fifth\nhttp://www.jbeads.org/cgi/content/abstract/1/1/10?etoc\n");
  CHECK(found.report.format == "journal-alert");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Beads that count in the brain: a study of nine");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Ann Example", "Bo Other", "Cy Third"});
  CHECK(found.papers[0].date == "2026");
  CHECK(found.papers[0].venue == "J Beads");
  CHECK(found.papers[1].authors == std::vector<std::string>{"Di Fourth", "Ed Fifth"});
  CHECK(found.papers[1].urls.size() == 1);
}

TEST_CASE("journal alert: a list with addresses and abstracts is none, which would lose the abstracts", "[journal-alert]") {
  const std::string abstract = "We count beads on long strings by hand and with a very small model, and find that the model is right nine times out of ten. The hand is right more often, but slower, and tires of it after an hour; the model never does, whatever the length of the string.";
  for (const std::string anchor : {"https://arxiv.org/abs/2503.01234", "J. Beads 1 (2025). doi:10.1000/beads.1"}) {
    const auto found = run("Counting beads with small models\nMary Example, Paul Other\n" + anchor + "\n\n" + abstract + "\n\nBeads without strings\nPaul Other, Mary Example\n" + anchor + "2\n\n" + abstract + "\n");
    CHECK(found.report.format != "journal-alert");
    REQUIRE(found.papers.size() == 2);
    CHECK(found.papers[0].abstract == abstract);
    CHECK(found.papers[1].abstract == abstract);
  }
}

TEST_CASE("journal alert: a list of references is none", "[journal-alert]") {
  const auto found = run("References\n\n[1] M. Example and P. Other. Counting beads with small models. J. Beads, 2025.\n[2] P. Other. Beads without strings. J. Beads, 12:1-19, 2024. doi:10.1000/beads.2.\n");
  CHECK(found.report.format == "references");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting beads with small models");
}

TEST_CASE("journal alert: the number of the article is no name", "[journal-alert]") {
  const auto found = read_as("journal-alert", "Counting Beads in Long Strings\nMary Example, Paul Other\nArticle 106541\nhttps://doi.org/10.1000/x.1\n\nStrings\nPaul Other and Mary Example\nPages 1-9\nhttps://doi.org/10.1000/x.2\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting Beads in Long Strings");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(found.papers[1].title == "Strings");
  CHECK(found.papers[1].ids.at("doi") == "10.1000/x.2");
}

TEST_CASE("journal alert: a list whose items begin with a star", "[journal-alert]") {
  std::string text = "New in J Beads\n\n";
  for (const char* title : {"Counting Beads with Small Models", "Strings, Reconsidered Again", "Third One on Beads"}) {
    text += std::string("* ") + title + "\n  Mary Example, Paul Other\n  J Beads 2025;1:1-9\n  https://beads.example.org/" + title[0] + "\n\n";
  }
  const auto found = run(text);
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[0].title == "Counting Beads with Small Models");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(found.papers[0].date == "2025");
}

TEST_CASE("journal alert: a list of papers' addresses in which one has a single name is none", "[journal-alert]") {
  CHECK(run("Reading group\n\n* Counting Beads with Small Models\n  Mary Example, Paul Other\n  https://arxiv.org/abs/2503.00001\n* Strings, Reconsidered Again\n  Mary Example, Paul Other\n"
            "  https://arxiv.org/abs/2503.00002\n* Third One on Beads\n  Mary Example\n  https://arxiv.org/abs/2503.00003\n").papers.size() == 3);
}

TEST_CASE("journal alert: an address of doi.org below title, names and citation", "[journal-alert]") {
  const auto found = read_as("journal-alert", "Editors' Suggestion\nCounting Beads in\n  Long Strings\n  Mary Example, Paul Other, and Cy Third\n  J. Beads 132, 096001 (2024) - Published 26 February 2024\n  https://doi.org/10.1000/x.1\n\n"
                                              "Strings of Beads\n  Mary Example\n  bioRxiv published 5 March 2024, 10.1000/x.2\n  http://biorxiv.example/x.2\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting Beads in Long Strings");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other", "Cy Third"});
  CHECK(found.papers[0].venue == "J. Beads");
  CHECK(found.papers[0].date == "2024-02-26");
  CHECK(found.papers[1].title == "Strings of Beads");
  CHECK(found.papers[1].authors == std::vector<std::string>{"Mary Example"});
  CHECK(found.papers[1].venue == "bioRxiv");
  CHECK(found.papers[1].date == "2024-03-05");
  CHECK(found.papers[1].ids.at("doi") == "10.1000/x.2");
}

TEST_CASE("journal alert: tasks with names and addresses are no papers", "[journal-alert]") {
  CHECK(run("Action items\n\nUpdate the benchmark server\nMaria Example, Peter Other\nhttps://github.com/org/repo/issues/12\n\n"
            "Write the first draft of the grant proposal\nAnna Muster and Bob Beispiel\nhttps://docs.google.com/document/d/1abc\n").papers.empty());
}

TEST_CASE("journal alert: pages between title and names are no part of the title", "[journal-alert]") {
  const auto found = run("Journal of Beads\n\nEditorial Board\nPage ii\nhttps://www.sciencedirect.com/science/article/pii/S1\n\nCounting beads on strings\nPages 1-9\nMaria Example, Peter Other\n"
                         "https://www.sciencedirect.com/science/article/pii/S2\n\nA survey of strings\nArticle 106541\nJohn Doe, Richard Roe\nhttps://www.sciencedirect.com/science/article/pii/S3\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting beads on strings");
  CHECK(found.papers[0].venue.empty());
  CHECK(found.papers[1].title == "A survey of strings");
  CHECK(found.papers[1].authors == std::vector<std::string>{"John Doe", "Richard Roe"});
}

TEST_CASE("journal alert: the last name may stand behind an ampersand", "[journal-alert]") {
  const auto found = run("In this issue:\n\nCounting beads on strings\nMaria Example, Peter Other & Wei Li\nhttp://link.springer.com/article/10.1007/s1-025-2\n\n"
                         "A survey of strings\nJohn Doe & Richard Roe\nhttp://link.springer.com/article/10.1007/s1-025-3\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].authors == std::vector<std::string>{"Maria Example", "Peter Other", "Wei Li"});
  CHECK(found.papers[1].authors == std::vector<std::string>{"John Doe", "Richard Roe"});
}
