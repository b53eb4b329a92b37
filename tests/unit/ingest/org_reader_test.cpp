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
