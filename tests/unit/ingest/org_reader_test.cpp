// SPDX-License-Identifier: MIT
#include "line_readers.hpp"

using namespace digest::test;

namespace {

const std::string kAbstract =
    "We count beads on long strings by hand and with a very small model, and find that the model is right nine times out of ten, which is enough for us and for all who count.";
const std::string kList =
    "#+TITLE: Reading list\n#+STARTUP: overview\n* Papers\n** TODO [#A] Counting Beads with Small Models :ml:beads:\n:PROPERTIES:\n:CUSTOM_ID: x1\n:AUTHOR: Mary Example, Paul Other\n:URL: https://arxiv.org/abs/2503.00001\n:YEAR: 2025\n:END:\n" +
    kAbstract + "\n** DONE Beads Without Strings\n:PROPERTIES:\n:URL: https://arxiv.org/abs/2503.00002\n:END:\n" + kAbstract +
    "\n* Others\n- [[https://arxiv.org/abs/2503.00003][Strings, Reconsidered]]\n- [ ] [[https://arxiv.org/abs/2503.00004][Seeing Beads on Strings]]\n";

}  // namespace

TEST_CASE("org: headings with properties, and links in lists", "[org]") {
  const auto found = run(kList);
  CHECK(found.report.format == "org");
  REQUIRE(found.papers.size() == 4);
  CHECK(found.papers[0].title == "Counting Beads with Small Models");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(found.papers[0].ids.at("arxiv") == "2503.00001");
  CHECK(found.papers[0].date == "2025");
  CHECK(found.papers[0].abstract == kAbstract);
  CHECK(found.papers[0].sources.front().line == 4);
  CHECK(found.papers[1].title == "Beads Without Strings");
  CHECK(found.papers[2].title == "Strings, Reconsidered");
  CHECK(found.papers[3].title == "Seeing Beads on Strings");
  CHECK(found.papers[3].ids.at("arxiv") == "2503.00004");
}

TEST_CASE("org: Markdown is none", "[org]") {
  CHECK(run("# Papers\n\n* [Counting Beads with Small Models](https://arxiv.org/abs/2503.00001)\n* [Strings, Reconsidered](https://arxiv.org/abs/2503.00003)\n").report.format == "markdown");
}

TEST_CASE("org: pieces and damage", "[org]") {
  check_pieces("org", kList);
  check_damage("org", kList, "*[\n: \xff");
}

TEST_CASE("org: indented bodies, drawers, program text, tables and counts of tasks", "[org]") {
  const auto found = run("#+TITLE: Reading list\n* PROJECT [#A] Papers [2/3]\n** TODO Counting Beads with Small Models [50%] :ml:\n   :PROPERTIES:\n   :URL: [[https://arxiv.org/abs/2503.00001][arxiv]]\n   :END:\n"
                         "   :LOGBOOK:\n   CLOCK: [2025-03-04 Tue 10:00]--[2025-03-04 Tue 11:00] =>  1:00\n   :END:\n   Mary Example, Paul Other\n\n   " + kAbstract +
                         "\n   #+begin_src org\n   * [[https://arxiv.org/abs/2503.00009][no paper]]\n   #+end_src\n** Beads Without Strings\n   " + kAbstract +
                         "\n   https://arxiv.org/abs/2503.00002\n* Table\n  | Title | Link |\n  |-------+------|\n  | Strings, Reconsidered | https://arxiv.org/abs/2503.00003 |\n");
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[0].title == "Counting Beads with Small Models");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(found.papers[0].abstract == kAbstract);
  CHECK(found.papers[0].urls == std::vector<std::string>{"https://arxiv.org/abs/2503.00001"});
  CHECK(found.papers[1].title == "Beads Without Strings");
  CHECK(found.papers[1].abstract.starts_with(kAbstract));
  CHECK(found.papers[2].title == "Strings, Reconsidered");
}

TEST_CASE("org: Markdown that shows some is none", "[org]") {
  const auto found = run("# Notes\n\n```\n#+title: Beads\n:PROPERTIES:\n```\n\n### Counting Beads with Small Models\n\n* **Authors:** Mary Example, Paul Other\n* **Abstract:** " + kAbstract +
                         "\n* **Link:** https://arxiv.org/abs/2503.00001\n");
  REQUIRE(found.papers.size() == 1);
  CHECK(found.papers[0].title == "Counting Beads with Small Models");
  CHECK(found.papers[0].authors.size() == 2);
}

TEST_CASE("org: program text that is not closed hides no later heading", "[org]") {
  const auto found = run("#+TITLE: Reading list\n* [[https://arxiv.org/abs/2503.00001][Counting Beads with Small Models]]\n#+begin_example\nprint\n* [[https://arxiv.org/abs/2503.00002][Beads Without Strings]]\n");
  CHECK(found.papers.size() == 2);
}

TEST_CASE("org: descriptions, tags on a line of their own, a heading that is an address alone", "[org]") {
  const auto found = run("#+TITLE: Reading list\n* TODO [[https://arxiv.org/abs/2503.00001][Counting Beads with Small Models]]\n  :toread:\n  - Authors :: Mary Example and Paul Other\n  - Abstract :: " + kAbstract +
                         "\n* [[https://arxiv.org/abs/2503.00003]]\n* Beads Without Strings\n:PROPERTIES:\n:ROAM_REFS: https://arxiv.org/abs/2503.00002\n:END:\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(found.papers[0].abstract == kAbstract);
  CHECK(found.papers[1].ids.at("arxiv") == "2503.00002");
  CHECK(found.said("no-title"));
}

TEST_CASE("org: drawers may be named in small letters", "[org]") {
  const auto found = run("#+TITLE: Reading list\n* [[https://arxiv.org/abs/2503.00001][Counting Beads with Small Models]]\n:notes:\nMy private notes, see [[https://example.org/x][there]].\n:end:\n" + kAbstract + "\n");
  REQUIRE(found.papers.size() == 1);
  CHECK(found.papers[0].abstract.find("private") == std::string::npos);
}

TEST_CASE("org: a note on one paper says so in its head", "[org]") {
  const auto found = run(":PROPERTIES:\n:ID: 8a\n:ROAM_REFS: https://arxiv.org/abs/2503.00001\n:END:\n#+title: Counting Beads with Small Models\n#+filetags: :paper:\n\nWe read this one twice.\n\n* Summary\nIt counts.\n");
  REQUIRE(found.papers.size() == 1);
  CHECK(found.report.format == "org");
  CHECK(found.papers[0].title == "Counting Beads with Small Models");
  CHECK(found.papers[0].ids.at("arxiv") == "2503.00001");
}
