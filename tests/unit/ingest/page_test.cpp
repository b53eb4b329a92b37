// SPDX-License-Identifier: MIT
#include <sstream>

#include "gather.hpp"
#include "support/catch.hpp"
#include "support/data.hpp"

using digest::test::run;

namespace {
const std::string kAbstract =
    "We count beads with a very small model, and we show that it counts to nine without any help. The beads are of three "
    "colours, which the model tells apart, and the string that holds them is of no account at all in what follows here.";
}

TEST_CASE("a saved page: the given digest, all 95 papers", "[page]") {
  DIGEST_NEEDS(path, "trending-digest.txt");
  DIGEST_NEEDS(titles_path, "trending-digest.titles.txt");
  const auto found = run(digest::test::read_file(path));
  std::istringstream titles(digest::test::read_file(titles_path));
  REQUIRE(found.papers.size() == 95);
  CHECK(found.report.format == "page");
  CHECK(found.report.skipped == 0);
  std::string title;
  for (const auto& paper : found.papers) {
    REQUIRE(std::getline(titles, title));
    CHECK(paper.title == title);
    CHECK(paper.abstract.size() > 1300);
    CHECK(paper.date.empty());
  }
  CHECK(found.papers.front().sources.front().line == 11);
  CHECK(found.papers.back().sources.front().line == 387);
}

TEST_CASE("a saved page: links after titles, people and dates", "[page]") {
  const auto found = run(
      "Daily Papers\n\nGet trending papers in your email inbox!\n\nMar 25\n\n [-] -\n\nBeads: Small Models That Count\n\n"
      "https://huggingface.co/papers/2501.00001\n\n" + kAbstract + "\n\nhttps://huggingface.co/papers/2501.00001\n\n[\n\n"
      "3 authors](https://huggingface.co/papers/2501.00001)\n\n·\n\nNov 26, 2024\n\n7\n\nStrings, Reconsidered\n\n" + kAbstract + "\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Beads: Small Models That Count");
  CHECK(found.papers[0].ids.at("arxiv") == "2501.00001");
  CHECK(found.papers[0].date == "2024-11-26");
  CHECK(found.papers[1].title == "Strings, Reconsidered");
  CHECK(found.papers[1].date.empty());
}

TEST_CASE("a saved page: organisations and their dates, counters, relative links", "[page]") {
  const auto found = run("Get trending papers in your email inbox!\n\nTrending Papers\n\n14\n\nBeads: Small Models That Count\n\n" + kAbstract +
                         "\n\nUniversity of Beads\n\n·\n\nPublished on Mar 9, 2025\n\nGitHub 1.2k\n\narXiv Page\n\nStrings, Reconsidered\n\n" + kAbstract + "\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.problems.size() == 0);
  CHECK(found.papers[0].date == "2025-03-09");
  CHECK(found.papers[1].title == "Strings, Reconsidered");
  const auto links = run("Get trending papers in your email inbox!\n\n### [Beads: Small Models That Count](/papers/2503.00001)\n\n[" + kAbstract +
                         "](/papers/2503.00001)\n\n9 authors · Published on Mar 8, 2025\n\n[Upvote 14](/login?next=x)[arXiv Page](https://arxiv.org/abs/2503.00001)\n\n"
                         "### [Strings, Reconsidered](/papers/2503.00002)\n\n[" + kAbstract + "](/papers/2503.00002)\n");
  REQUIRE(links.papers.size() == 2);
  CHECK(links.papers[0].title == "Beads: Small Models That Count");
  CHECK(links.papers[0].abstract == kAbstract);
  CHECK(links.papers[0].date == "2025-03-08");
  CHECK(links.papers[0].ids.at("arxiv") == "2503.00001");
}

TEST_CASE("a saved page: the daily page has titles and no abstracts", "[page]") {
  const auto found = run("Daily Papers\nby\nAK\nand the research community\nMar 11\n\nSubmitted by\nsomeone\n58\n\nBeads: Small Models That Count\n\n·\n5 authors\n1\n\n"
                         "Submitted by\nother\n33\n\nStrings, Reconsidered\n\n·\n9 authors\n2\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Beads: Small Models That Count");
  CHECK(found.papers[1].title == "Strings, Reconsidered");
}

TEST_CASE("text of titles and abstracts: numbers that count the papers go, labels are known", "[page]") {
  const auto numbered = run("My list\n\n1. Beads That Count\n\n" + kAbstract + kAbstract + "\n\n2. 3 Strings\n\n" + kAbstract + kAbstract + "\n");
  REQUIRE(numbered.papers.size() == 2);
  CHECK(numbered.papers[0].title == "Beads That Count");
  CHECK(numbered.papers[1].title == "3 Strings");
  const auto labelled = run("Title: Beads That Count\nAuthors: A Example, B Other\nAbstract: We count\nbeads.\n\nTitle: Cups\nAbstract: Water is poured.\n");
  CHECK(labelled.report.format == "markdown");
  REQUIRE(labelled.papers.size() == 2);
  CHECK(labelled.papers[0].abstract == "We count beads.");
  CHECK(labelled.papers[0].authors.size() == 2);
}

TEST_CASE("text of titles and abstracts: authors and other details between them", "[page]") {
  const auto found = run("Beads That Count\nAnn Example, Bo Other and Cy van der Third\n\n" + kAbstract + kAbstract + "\n\nStrings, Reconsidered\n\nD. Fourth, E. Fifth\n\nSubjects: cs.LG\n\nAbstract: " +
                         kAbstract + kAbstract + "\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Beads That Count");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Ann Example", "Bo Other", "Cy van der Third"});
  CHECK(found.papers[1].title == "Strings, Reconsidered");
  CHECK(found.papers[1].authors.size() == 2);
  CHECK(found.papers[1].abstract == kAbstract + kAbstract);
}

TEST_CASE("a page of text: what stands behind a title and below it is no part of it", "[page]") {
  const std::string abstract = kAbstract + " " + kAbstract;
  const auto found = run("Daily papers\nMarch 11, 2025\n\nBeads: Small Models That Count (https://huggingface.co/papers/2503.00001)\nPublished on Mar 4\n" + abstract +
                         "\n\nStrings, Reconsidered (25 minute read)\n\n" + abstract + "\n\n\xE2\x80\xA2 Beads Without Strings\nMary Example | Paul Other\nJ Beads 1 (2025). doi:10.1000/beads.3\n\n" + abstract + "\n");
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[0].title == "Beads: Small Models That Count");
  CHECK(found.papers[0].ids.at("arxiv") == "2503.00001");
  CHECK(found.papers[1].title == "Strings, Reconsidered");
  CHECK(found.papers[2].title == "Beads Without Strings");
  CHECK(found.papers[2].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(found.papers[2].ids.at("doi") == "10.1000/beads.3");
}

TEST_CASE("a page of text: titles with the addresses of papers, without abstracts", "[page]") {
  const auto bullets = run("Papers to read:\n\n\xE2\x80\xA2 Beads: Small Models That Count \xE2\x80\x94 https://arxiv.org/abs/2503.00001\n\xE2\x80\xA2 Strings, Reconsidered - https://doi.org/10.1000/beads.2\n");
  REQUIRE(bullets.papers.size() == 2);
  CHECK(bullets.report.skipped == 0);
  CHECK(bullets.papers[0].title == "Beads: Small Models That Count");
  CHECK(bullets.papers[0].ids.at("arxiv") == "2503.00001");
  CHECK(bullets.papers[1].title == "Strings, Reconsidered");
  CHECK(bullets.papers[1].ids.at("doi") == "10.1000/beads.2");
  const auto below = run("Beads: Small Models That Count\nhttps://arxiv.org/abs/2503.00001\n\nStrings, Reconsidered\nhttps://arxiv.org/abs/2503.00002\n");
  REQUIRE(below.papers.size() == 2);
  CHECK(below.papers[1].ids.at("arxiv") == "2503.00002");
  CHECK(run("https://arxiv.org/abs/2503.00001\nhttps://arxiv.org/abs/2503.00002\n").papers.empty());
  CHECK(run("How we write code\nhttps://github.com/beads/code\n\nWhat we know about it\nhttps://example.org/\n").papers.empty());
}

TEST_CASE("a page of text: labels, names and dates of messages, without empty lines between them", "[page]") {
  const std::string abstract = kAbstract + " " + kAbstract;
  const auto labels = run("Go to BEADS 2025 Conference homepage\nBeads: Small Models That Count\nPDF\nMary Example, Paul Other\nPublished: 22 Jan 2025, Last Modified: 11 Mar 2025\nICLR 2025 Oral\nEveryone\nRevisions\nBibTeX\nCC BY 4.0\n"
                          "Keywords: beads, strings\nTL;DR: They count.\nAbstract: " + abstract + "\nSupplementary Material:  zip\nPrimary Area: beads\n");
  REQUIRE(labels.papers.size() == 1);
  CHECK(labels.papers[0].title == "Beads: Small Models That Count");
  CHECK(labels.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(labels.papers[0].abstract == abstract);
  const auto messages = run("bot \xE2\x80\x94 Today at 9:00 AM\n**Beads: Small Models That Count**\n<https://arxiv.org/abs/2503.00001>\narXiv.org\nBeads: Small Models That Count\n" + abstract +
                            "\n\nbot \xE2\x80\x94 Today at 9:01 AM\n**Strings, Reconsidered**\n<https://arxiv.org/abs/2503.00002>\n" + abstract + "\n");
  REQUIRE(messages.papers.size() == 2);
  CHECK(messages.papers[0].title == "Beads: Small Models That Count");
  CHECK(messages.papers[0].abstract == abstract);
  CHECK(messages.papers[0].ids.at("arxiv") == "2503.00001");
  CHECK(messages.papers[1].title == "Strings, Reconsidered");
}

TEST_CASE("a page of text: one author below the title, where the others stood there", "[page]") {
  const std::string abstract = kAbstract + " " + kAbstract;
  const auto found = run("Beads: Small Models That Count\nMary Example, Paul Other\n\n" + abstract + "\n\nStrings, Reconsidered\nSolo Author\n\n" + abstract + "\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[1].title == "Strings, Reconsidered");
  CHECK(found.papers[1].authors == std::vector<std::string>{"Solo Author"});
  const auto wrapped = run("Beads: Small\nModels That Count\n\n" + abstract + "\n\nStrings\nAll Reconsidered\n\n" + abstract + "\n");
  REQUIRE(wrapped.papers.size() == 2);
  CHECK(wrapped.papers[1].title == "Strings All Reconsidered");
}

TEST_CASE("a page of text: the page of one paper of huggingface.co, with what others say of it", "[page]") {
  const auto found = run("Papers\narxiv:2503.00001\n\nBeads: Small Models That Count\nPublished on Mar 4\n\xC2\xB7\nSubmitted by \nsomebody\n on Mar 11\nUpvote\n118\n\n+110\nAuthors:\nMary Example,\nPaul Other\nAbstract\n" + kAbstract + " " + kAbstract +
                         "\nView arXiv page\nView PDF\nProject page\nAdd to collection\nCommunity\n\nlibrarian-bot\nMar 12\nThis is an automated message. " + kAbstract + "\n\nReply\n");
  REQUIRE(found.papers.size() == 1);
  CHECK(found.report.skipped == 0);
  CHECK(found.papers[0].title == "Beads: Small Models That Count");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(found.papers[0].ids.at("arxiv") == "2503.00001");
}

TEST_CASE("a page of text: the points of an abstract stay in it, and the next page begins after what others say", "[page]") {
  const std::string points = kAbstract + "\n\xE2\x80\xA2 We count.\n\xE2\x80\xA2 We go on.\n" + kAbstract;
  const auto found = run("arxiv:2503.00001\nBeads: Small Models That Count\n\n" + points + "\nView arXiv page\nCommunity\nsomebody\nNice.\narxiv:2503.00002\nStrings, Reconsidered\n\n" + points + "\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].abstract == kAbstract + " \xE2\x80\xA2 We count. \xE2\x80\xA2 We go on. " + kAbstract);
  CHECK(found.papers[1].title == "Strings, Reconsidered");
  CHECK(found.papers[1].ids.at("arxiv") == "2503.00002");
}

TEST_CASE("a page of text: references are no abstract", "[page]") {
  CHECK(run("References\n\n[1] " + kAbstract + "\n[2] " + kAbstract + "\n").papers.empty());
}

TEST_CASE("text of titles and abstracts: a number below its title, or below its abstract, is that paper's", "[page]") {
  for (const bool below_title : {true, false}) {
    std::string text;
    for (const std::string number : {"2503.01000", "2503.01001", "2503.01002", "2503.01003", "2503.01004"}) {
      const std::string id = "arXiv:" + number + "\n\n";
      text += "Counting Beads in Part " + number.substr(9) + " of Them\n\n" + (below_title ? id : "") + kAbstract + " " + kAbstract + "\n\n" + (below_title ? "" : id);
    }
    const auto found = run(text);
    REQUIRE(found.papers.size() == 5);
    for (std::size_t i = 0; i < 5; ++i) CHECK(found.papers[i].urls == std::vector<std::string>{"https://arxiv.org/abs/2503.0100" + std::to_string(i)});
  }
}

TEST_CASE("text of titles and abstracts: numbers with links are not arXiv's own page; titles that read like its lines", "[page]") {
  std::string text;
  for (const std::string title : {"Counting Beads with Large Abacuses", "CC BY: Beads That Are Free", "Published: How Beads Get Into Journals", "Learning to Move Wet Beads", "Strings Are All You Need"}) {
    text += title + "\n\n" + kAbstract + " " + kAbstract + "\n\n";
  }
  text += "arXiv:2503.01000 [pdf, html]\n";
  const auto found = run(text);
  CHECK(found.report.format == "page");
  REQUIRE(found.papers.size() == 5);
  CHECK(found.papers[1].title == "CC BY: Beads That Are Free");
  CHECK(found.papers[2].title == "Published: How Beads Get Into Journals");
}

TEST_CASE("a saved page: a heading whose link wraps, and a date behind the dot", "[page]") {
  const auto found = run("# Daily Papers\n\n## by [AK](https://huggingface.co/akhaliq) and the research community\n\n### [Beads: Small Models\n  That Count][151]\n\n[\n\n" + kAbstract + "\n\n][151]\n\n- 3 authors\n\n\xC2\xB7 Mar 4, 2025[4](https://huggingface.co/papers/2503.00001#community)\n\n" +
                         "### [Strings, Reconsidered][152]\n\n[\n\n" + kAbstract + "\n\n][152]\n\n\xC2\xB7 Mar 5, 2025\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Beads: Small Models That Count");
  CHECK(found.papers[0].date == "2025-03-04");
  CHECK(found.papers[1].date == "2025-03-05");
}

TEST_CASE("a page of text: a mail with two titles and their addresses", "[page]") {
  const auto found = run("From: Paul Other <p@example.org>\nSent: Tuesday, March 11, 2025 9:12 AM\nTo: Mary Example <m@example.org>\nSubject: papers\n\nHi Mary,\n\nhere are the two:\n\nBeads: Small Models That Count\nhttps://arxiv.org/abs/2503.00001\n\n"
                         "Strings, Reconsidered\nhttps://arxiv.org/abs/2503.00002\n\nBest,\nPaul\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Beads: Small Models That Count");
  const auto items = run("Reading group\n\n* Beads: Small Models That Count\n  Mary Example, Paul Other\n  https://arxiv.org/abs/2503.00001\n* Strings, Reconsidered\n  Solo Author\n  https://arxiv.org/abs/2503.00002\n");
  REQUIRE(items.papers.size() == 2);
  CHECK(items.papers[0].title == "Beads: Small Models That Count");
  CHECK(items.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(items.papers[1].title == "Strings, Reconsidered");
  CHECK(items.papers[1].authors == std::vector<std::string>{"Solo Author"});
  const auto linked = run("To read\n\n- Beads: Small Models That Count. https://arxiv.org/abs/2503.00001\n- Strings, Reconsidered. https://arxiv.org/abs/2503.00002\n\n- [Knots in Beads and in Strings](https://arxiv.org/abs/2503.00003)\n");
  REQUIRE(linked.papers.size() == 3);
  CHECK(linked.papers[2].title == "Knots in Beads and in Strings");
}

TEST_CASE("a page of text: points of an abstract, an interval and a signature are no titles", "[page]") {
  const std::string points = "We count beads on long strings by hand and with a very small model, and find that the model is right more often\n"
                             "- unlike the strong baseline described last year in https://arxiv.org/abs/2401.00009\n"
                             "- nine times out of ten, which is enough for us and for all who count beads on strings every day of the year.\n";
  const auto found = run("Counting Beads with Small Models\n\n" + points + "\n[0,1)-Valued Logics for Counting\n\n" + kAbstract + "\n+ Supplement for the paper https://doi.org/10.1000/x.1\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting Beads with Small Models");
  CHECK(found.papers[0].abstract.find("unlike the strong baseline") != std::string::npos);
  CHECK(found.papers[1].title == "[0,1)-Valued Logics for Counting");
  CHECK(run("Hi Mary,\n\nyes.\n\nProf. Paul Other, University of Beads\nRoom 12\nhttps://scholar.google.com/citations?user=abc\n\nOn Monday Mary wrote:\n\nok?\n\n"
            "Dr. Mary Example, Institute of Strings\nMain St 1\nhttps://scholar.google.com/citations?user=def\n").papers.empty());
}

TEST_CASE("a numbered list in plain text, title, names and abstract in one block", "[page]") {
  const std::string abstract = "We count beads on long strings by hand and with a very small model, and find that the model is right nine times out of ten, which is\n"
                               "enough for every purpose that we know of, be it in bowls or in jars or on the floor, where most of the beads of this world are found.";
  std::string text;
  for (int i = 1; i <= 12; ++i) {
    const std::string names = i % 4 == 0 ? "Mary Example" : i % 4 == 1 ? "Mary Example, Paul Other,\nJan van der Third" : "Mary Example and Paul Other";
    text += std::to_string(i) + ". Counting Beads of Kind " + std::to_string(100 + i) + " with Small Models\n" + names + "\n" + abstract + "\n\n";
  }
  const auto found = run(text);
  REQUIRE(found.papers.size() == 12);
  CHECK(found.papers[11].title == "Counting Beads of Kind 112 with Small Models");
  CHECK(found.papers[0].authors.size() == 3);
  CHECK(found.papers[9].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(found.papers[9].abstract.starts_with("We count beads"));
}

TEST_CASE("a page of text: a list of papers saved behind the page of one is read", "[page]") {
  const auto found = run("arxiv:2503.00001\n\nBeads: Small Models That Count\n\nPublished on Mar 10, 2025\n\n" + kAbstract + "\n\nView arXiv page\n\nCommunity\n\nsomebody\n\n" + kAbstract +
                         "\n\nDaily Papers\n\nbyAK and the research community\n\nMar 11\n\nA Survey of Strings for Jewellers\n\n" + kAbstract + "\n\nDeep Learning for Necklaces\n\n" + kAbstract + "\n");
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[0].date == "2025-03-10");
  CHECK(found.papers[0].abstract == kAbstract);
  CHECK(found.papers[1].title == "A Survey of Strings for Jewellers");
  CHECK(found.papers[2].title == "Deep Learning for Necklaces");
}
