// SPDX-License-Identifier: MIT
#include "ingest/readers/block_lines.hpp"

#include "line_readers.hpp"

using namespace digest::test;
using namespace digest::ingest;

namespace {

const std::string kNamed =
    "Papers of the week\n\nCounting Beads with Small Language Models\nMary Example, Peter Other, Jan van der Third\nWe train a small language model to count beads on long strings. It counts to nine\non most strings.\n\n"
    "Sparse Attention Is Enough for Long\nStrings\nLi Wei1,2, Anna Garc\xC3\xAD" "a-L\xC3\xB3pez (ETH) and Tom Fourth*\nNeurIPS 2025\nAttention over every bead is costly. A sparse pattern loses nothing.\n\n"
    "Do Beads Dream of Strings?\nZhang San\nProbing classifiers find strings in the hidden states of bead models. We ask whether the models use them.\n";

const std::string kAddressed =
    "Counting Beads with Small Language Models\nMary Example, Peter Other\nhttps://arxiv.org/abs/2601.01234\nWe train a small model to count beads on strings.\n\n"
    "Sparse Attention Is Enough for Long Strings\narXiv:2601.04321v2 [cs.CL] | 12 Jan 2026\nAttention over every bead is costly. A sparse pattern loses nothing.\nCode: https://github.com/wei/sparse\n\n"
    "Do Beads Dream of Strings?\ndoi:10.1000/beads.2026.17\n";

std::vector<std::string> titles(const Gathered& found) {
  std::vector<std::string> out;
  for (const auto& paper : found.papers) out.push_back(paper.title);
  return out;
}

const std::vector<std::string> kTitles = {"Counting Beads with Small Language Models", "Sparse Attention Is Enough for Long Strings", "Do Beads Dream of Strings?"};

}  // namespace

TEST_CASE("blocks: title, names and abstract on consecutive lines", "[blocks]") {
  const auto found = run(kNamed);
  CHECK(found.report.format == "blocks");
  CHECK(found.report.skipped == 0);
  REQUIRE(titles(found) == kTitles);
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Peter Other", "Jan van der Third"});
  CHECK(found.papers[0].abstract == "We train a small language model to count beads on long strings. It counts to nine on most strings.");
  CHECK(found.papers[0].sources.front().line == 3);
  CHECK(found.papers[1].authors == std::vector<std::string>{"Li Wei", "Anna Garc\xC3\xAD" "a-L\xC3\xB3pez", "Tom Fourth"});
  CHECK(found.papers[1].venue == "NeurIPS 2025");
  CHECK(found.papers[1].abstract == "Attention over every bead is costly. A sparse pattern loses nothing.");
  CHECK(found.papers[2].authors == std::vector<std::string>{"Zhang San"});
}

TEST_CASE("blocks: title and address, with an abstract or without", "[blocks]") {
  const auto found = run(kAddressed);
  CHECK(found.report.format == "blocks");
  REQUIRE(titles(found) == kTitles);
  CHECK(found.papers[0].abstract == "We train a small model to count beads on strings.");
  CHECK(found.papers[1].ids.at("arxiv") == "2601.04321");
  CHECK(found.papers[1].date == "2026-01-12");
  CHECK(found.papers[1].abstract == "Attention over every bead is costly. A sparse pattern loses nothing.");
  CHECK(found.papers[1].urls.back() == "https://github.com/wei/sparse");
  CHECK(found.papers[2].ids.at("doi") == "10.1000/beads.2026.17");
  const auto alert = run("1. " + kTitles[0] + "\nhttps://ieeexplore.ieee.org/document/1\nAuthors: Mary Example; Peter Other\nPublished: 2025\n\n2. " + kTitles[1] +
                         "\nhttps://ieeexplore.ieee.org/document/2\nAuthors: Li Wei\n\nTo unsubscribe from this alert, click here\nhttps://ieeexplore.ieee.org/alerts/unsubscribe?id=1\n");
  REQUIRE(alert.papers.size() == 2);
  CHECK(alert.papers[0].authors == std::vector<std::string>{"Mary Example", "Peter Other"});
  CHECK(alert.papers[0].abstract.empty());
  const auto above = run("arXiv:2601.01234\n" + kTitles[0] + "\nMary Example, Peter Other\nWe train a small language model to count beads.\n\nPeter Other, Mary Example\n" + kTitles[1] + "\narXiv:2601.04321\n");
  REQUIRE(above.papers.size() == 2);
  CHECK(above.papers[0].ids.at("arxiv") == "2601.01234");
  CHECK(above.papers[1].title == kTitles[1]);
  CHECK(above.papers[1].authors.size() == 2);
}

TEST_CASE("blocks: empty lines within an entry", "[blocks]") {
  const auto found = run(kTitles[0] + "\nMary Example, Peter Other\n\nhttps://arxiv.org/abs/2601.01234\n\nWe train a small language model to count beads on long strings. It counts to\nnine.\n\n" + kTitles[1] +
                         "\nSolo Author\n\narXiv:2601.04321\n\nAbstract: Attention over every bead is costly.\n\n" + kTitles[2] + "\nLi Wei, Anna Lopez\n\narXiv:2601.04322\n");
  REQUIRE(titles(found) == kTitles);
  CHECK(found.papers[0].abstract.ends_with("It counts to nine."));
  CHECK(found.papers[1].authors == std::vector<std::string>{"Solo Author"});
  CHECK(found.papers[1].abstract == "Attention over every bead is costly.");
  CHECK(found.papers[2].abstract.empty());
}

TEST_CASE("blocks: no empty lines between the papers", "[blocks]") {
  const auto pairs = run(kTitles[0] + "\narXiv:2601.01234\n" + kTitles[1] + "\nLi Wei, Anna Lopez\narXiv:2601.04321\n" + kTitles[2] + "\narXiv:2601.04322 [cs.CL]\n");
  REQUIRE(titles(pairs) == kTitles);
  CHECK(pairs.papers[1].authors == std::vector<std::string>{"Li Wei", "Anna Lopez"});
  CHECK(pairs.papers[1].sources.front().line == 3);
  const auto told = run(kTitles[0] + "\narXiv:2601.01234\nLarge language models have shown remarkable performance on many tasks, but counting is\nnot among them. We train one.\n" + kTitles[1] +
                        "\narXiv:2601.04321\nAttention over every bead is costly. A sparse pattern loses nothing.\n" + kTitles[2] + "\narXiv:2601.04322\n");
  REQUIRE(titles(told) == kTitles);
  CHECK(told.papers[0].abstract.ends_with("We train one."));
  CHECK(titles(run(kTitles[0] + " - arXiv:2601.01234\n" + kTitles[1] + " (arXiv:2601.04321)\n" + kTitles[2] + " https://arxiv.org/abs/2601.04322\n")) == kTitles);
  std::string many;
  for (int i = 1000; i < 3000; ++i) many += "Counting Beads of Kind " + std::to_string(i) + "\narXiv:2601.0" + std::to_string(i) + "\n";
  CHECK(run(many).papers.size() == 2000);
}

TEST_CASE("blocks: items of lists", "[blocks]") {
  const auto lines = run("This week's reading:\n* " + kTitles[0] + ". Mary Example, P. Other. arXiv:2601.01234\n* " + kTitles[1] + " (Wei & Lopez, 2026) https://arxiv.org/abs/2601.04321\n* " + kTitles[2] +
                         " Zhang San et al. arXiv:2601.04322\n");
  REQUIRE(titles(lines) == kTitles);
  CHECK(lines.papers[0].authors == std::vector<std::string>{"Mary Example", "P. Other"});
  CHECK(lines.papers[1].date == "2026");
  CHECK(lines.papers[2].authors == std::vector<std::string>{"Zhang San"});
  const auto indented = run("- " + kTitles[0] + "\n    Mary Example, Peter Other\n    arXiv:2601.01234\n\n    We train a small language model to count beads.\n- " + kTitles[1] +
                            "\n    https://arxiv.org/abs/2601.04321\n    Attention over every bead is costly:\n    - it is slow\n    - it is large, and nothing is gained.\n");
  REQUIRE(indented.papers.size() == 2);
  CHECK(indented.papers[0].authors.size() == 2);
  CHECK(indented.papers[0].abstract == "We train a small language model to count beads.");
  CHECK(indented.papers[1].abstract.ends_with("nothing is gained."));
  const auto numbered = run("1. " + kTitles[0] + "\n   Mary Example, Peter Other\n   We train a small language model to count beads.\n\n2. " + kTitles[1] +
                            "\n   Li Wei, Anna Lopez\n   Attention over every bead is costly. A sparse pattern loses nothing.\n");
  REQUIRE(numbered.papers.size() == 2);
  CHECK(numbered.papers[1].title == kTitles[1]);
}

TEST_CASE("blocks: identifiers first, venues and quotes", "[blocks]") {
  CHECK(titles(run("2601.01234\n" + kTitles[0] + "\n\n2601.04321\n" + kTitles[1] + "\n\narXiv:2601.04322\n" + kTitles[2] + "\n")) == kTitles);
  CHECK(titles(run("2601.01234 " + kTitles[0] + "\narXiv:2601.04321 - " + kTitles[1] + "\nhttps://arxiv.org/abs/2601.04322 " + kTitles[2] + "\n")) == kTitles);
  const auto quoted = run("\"" + kTitles[0] + ",\" Mary Example, Peter Other, arXiv:2601.01234\n\"" + kTitles[1] + "\", Li Wei, arXiv:2601.04321\n");
  REQUIRE(quoted.papers.size() == 2);
  CHECK(quoted.papers[0].title == kTitles[0]);
  CHECK(quoted.papers[0].authors == std::vector<std::string>{"Mary Example", "Peter Other"});
  CHECK(quoted.papers[1].authors == std::vector<std::string>{"Li Wei"});
  const auto venues = run(kTitles[0] + "\nMary Example, Peter Other\nICML 2025\n\n" + kTitles[1] + "\nLi Wei, Anna Lopez\nJ Beads. 2025;12:33-41. doi:10.1000/beads.2\nWe count beads in a trial of nine strings.\n");
  REQUIRE(venues.papers.size() == 2);
  CHECK(venues.papers[0].venue == "ICML 2025");
  CHECK(venues.papers[1].ids.at("doi") == "10.1000/beads.2");
  CHECK(run("Meeting with the Sales People\nMary Example, Peter Other\n12 March 2026\n\nMeeting with the Board\nLi Wei, Anna Lopez\n13 March 2026\n").papers.empty());
}

TEST_CASE("blocks: what has the shape and is no list of papers", "[blocks]") {
  const std::vector<std::string> others = {
      "Budget for the Coming Year\nMary Example, Peter Other\nThe budget was presented and discussed. The board agreed to raise the fee.\n\nNew Members\nJan Third\nThree new members were welcomed.\n\nAny Other Business\nPeter Other, Tom Fourth\nThe door of the shed is broken.\n",
      "Opening and Welcome\nMary Example, Peter Other\nWe will present the results of the survey and show what the members said.\n\nReport of the Treasurer\nTom Fourth\nThe accounts are in good order and the auditors have no questions.\n\nPlans for Next Year\nAnna Smith, Li Wei\nIdeas for the summer trip are collected.\n",
      "Apple Pie with Cinnamon\nApples, Flour, Brown Sugar, Cinnamon\nPeel the apples. Mix with sugar and cinnamon.\n\nGreen Pea Soup\nGreen Peas, Sour Cream, Black Pepper\nBoil the peas in salted water until they are soft.\n",
      "The Godfather Part Two\nAl Pacino, Robert De Niro\nThe early life of Vito Corleone in New York City is portrayed.\n\nPulp Fiction\nJohn Travolta, Uma Thurman\nThe lives of two hitmen, a boxer, a gangster and his wife intertwine.\n",
      "Hi Mary,\n\nthanks for the link you sent on Friday. I read\nhttps://arxiv.org/abs/2601.01234\nand liked it a lot.\n\nAlso this one is good:\nhttps://arxiv.org/abs/2601.04321\n\nSee you on Monday\nJohn Miller\n",
      "Today we looked at attention. The original paper\narXiv:1706.03762\nintroduced it in 2017.\n\nNext week we read about BERT, which is in\narXiv:1810.04805\nand go on to other things.\n",
      "* Renovate the kitchen\n  https://www.ikea.com/planner\n  We need new cupboards and a sink.\n\n* Plan the summer holidays\n  https://www.bahn.de\n  Two weeks in Italy or France.\n",
      "- finish section 3 by Friday\n- reply to reviewer 2 about https://arxiv.org/abs/2601.01234\n- rerun the ablation with the settings of https://arxiv.org/abs/2601.04321\n- Send it to Mary\n",
      "Parliament Passes Budget After Long Debate\nBERLIN - The parliament passed the budget on Friday after a debate of nine hours.\n\nStorm Hits Northern Coast\nHAMBURG - Ferries were cancelled, and trains were late.\n",
      "Two roads diverged in a yellow wood,\nAnd sorry I could not travel both\nAnd be one traveler, long I stood\n\nThen took the other, as just as fair,\nAnd having perhaps the better claim,\n",
      "import os\nfrom typing import List\n\n# Based on arXiv:2601.01234\nclass Counter:\n    # Mary Example, Peter Other\n    def count(self):\n        return 0\n"};
  for (const std::string& text : others) {
    CAPTURE(text);
    CHECK(run(text).papers.empty());
  }
}

TEST_CASE("blocks: titles are told from lines of letters", "[blocks]") {
  for (const char* text : {"Counting Beads with Small Models", "You Only Look Once", "Beads: a survey", "k-means for everybody", "mT5 and its kin", "See, Hear, Explore: Curiosity", "GPT-4 vs. Beads"}) {
    CAPTURE(text);
    CHECK(may_be_title(text));
  }
  for (const char* text : {"Also this one is good:", "thanks for the link", "You should read this one", "I liked it. The other is bad", "The original paper is in", "arXiv:2401.01234", "https://example.com/a b", "def count(self, x) ="}) {
    CAPTURE(text);
    CHECK_FALSE(may_be_title(text));
  }
}

TEST_CASE("blocks: pieces and damage", "[blocks]") {
  for (const std::string& text : {kNamed, kAddressed}) {
    check_pieces("blocks", text);
    for (std::size_t i = 1; i < 60; ++i) CHECK_NOTHROW(read_as("blocks", text.substr(0, text.size() * i / 60)));
  }
}

TEST_CASE("blocks: a paper a line, with names between title and address", "[blocks]") {
  for (const char* between : {". Mary Example, Paul Other. ", ". Mary Example, Paul Other, 2022. "}) {
    std::string text;
    for (int i = 0; i < 600; ++i) text += "Counting Beads in Bowls of Glass" + std::string(between) + "https://arxiv.org/abs/2201.0" + std::to_string(2000 + i) + "\n";
    CHECK(run(text).papers.size() == 600);
  }
}
