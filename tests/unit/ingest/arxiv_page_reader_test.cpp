// SPDX-License-Identifier: MIT
#include "line_readers.hpp"

using namespace digest::test;

namespace {

const std::string kList =
    "Skip to main content\nComputation and Language\nShowing new listings for Tuesday, 11 March 2025\nTotal of 4 entries\nShowing up to 2000 entries per page: fewer | more | all\n"
    "New submissions (showing 2 of 2 entries)\n"
    "[1] arXiv:2503.01234 [pdf, html, other]\nTitle: Counting Beads with Small Models\nMary Example, Paul Other, Li Wei\nComments: 12 pages\n"
    "Subjects: Computation and Language (cs.CL); Machine Learning (cs.LG)\n\nWe count beads. The error is $O(n^{-1})$.\n\n"
    "[2] arXiv:2503.04567 [pdf, html, other]\nTitle: Beads: A Theory\nPaul Other\nSubjects: Machine Learning (cs.LG)\nThere are nine.\n\nIn a second part there are ten.\n\n"
    "Cross submissions (showing 1 of 1 entries)\n"
    "[3] arXiv:2503.07890 (cross-list from cs.CV) [pdf, html, other]\nTitle: Seeing Beads\nMary Example, Paul Other\nJournal-ref: J. Beads 1 (2024)\nSubjects: Computer Vision and Pattern Recognition (cs.CV)\n\nWe look.\n\n"
    "Replacement submissions (showing 1 of 1 entries)\n"
    "[4] arXiv:hep-th/9901001 (replaced) [pdf, ps, other]\nTitle: Old Beads\nMary Example\nSubjects: High Energy Physics - Theory (hep-th)\n\n"
    "Total of 4 entries\nAbout\nHelp\ncontact arXiv\n";

const std::string kAbstractPage =
    "Cornell University\narxiv logo > cs > arXiv:2503.01234\nSearch\nComputer Science > Computation and Language\n"
    "[Submitted on 4 Mar 2025 (v1), last revised 9 Apr 2025 (this version, v2)]\nCounting Beads with Small Models\nMary Example, Paul Other\nView PDF\nHTML (experimental)\n\n"
    "    We count beads.\n\nComments:\t12 pages\nSubjects:\tComputation and Language (cs.CL); Machine Learning (cs.LG)\nCite as:\tarXiv:2503.01234 [cs.CL]\n"
    " \t(or arXiv:2503.01234v2 [cs.CL] for this version)\nJournal reference:\tJ. Beads 1 (2025)\nRelated DOI:\t\nhttps://doi.org/10.1000/beads.1\n"
    "Submission history\nFrom: Mary Example [view email]\n[v1] Tue, 4 Mar 2025 17:59:59 UTC (1,234 KB)\nReferences & Citations\n\nNASA ADS\nGoogle Scholar\n";

}  // namespace

TEST_CASE("arxiv-page: a list copied from the browser", "[arxiv-page]") {
  const auto found = run(kList);
  CHECK(found.report.format == "arxiv-page");
  CHECK(found.problems.empty());
  REQUIRE(found.papers.size() == 4);
  CHECK(found.papers[0].title == "Counting Beads with Small Models");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other", "Li Wei"});
  CHECK(found.papers[0].abstract == "We count beads. The error is $O(n^{-1})$.");
  CHECK(found.papers[0].ids.at("arxiv") == "2503.01234");
  CHECK(found.papers[0].categories == std::vector<std::string>{"cs.CL", "cs.LG"});
  CHECK(found.papers[0].date == "2025-03-11");
  CHECK(found.papers[0].sources.front().line == 7);
  CHECK(found.papers[1].authors == std::vector<std::string>{"Paul Other"});
  CHECK(found.papers[1].abstract == "There are nine.\n\nIn a second part there are ten.");
  CHECK(found.papers[2].venue == "J. Beads 1 (2024)");
  CHECK(found.papers[3].ids.at("arxiv") == "hep-th/9901001");
  CHECK(found.papers[3].authors == std::vector<std::string>{"Mary Example"});
  CHECK(found.papers[3].abstract.empty());
}

TEST_CASE("arxiv-page: a list cut short says how many it should hold", "[arxiv-page]") {
  CHECK(run(kList.substr(0, kList.find("[2] arXiv"))).said("count-differs"));
}

TEST_CASE("arxiv-page: a wrapped list of a text browser", "[arxiv-page]") {
  const auto found = run(
      "New submissions for Fri, 10 Mar 23\n\n[1]  arXiv:2303.01234 [pdf, other]\n    Title: Counting Beads with\n    Small Models\n    Authors: Mary Example, Paul\n    Other\n"
      "    Comments: a comment that goes\n    on\n    Subjects: Computation and Language (cs.CL); Machine Learning\n    (cs.LG)\n\n    We count beads\n    all day.\n\n"
      "[2]  arXiv:2303.01235 [pdf]\n    Title: Counting beads with\n    very large models\n    Mary Example, Paul\n    Other\n    Subjects: Machine Learning (cs.LG)\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting Beads with Small Models");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(found.papers[0].abstract == "We count beads all day.");
  CHECK(found.papers[0].categories == std::vector<std::string>{"cs.CL", "cs.LG"});
  CHECK(found.papers[0].date == "2023-03-10");
  CHECK(found.papers[1].title == "Counting beads with very large models");
  CHECK(found.papers[1].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
}

TEST_CASE("arxiv-page: search results", "[arxiv-page]") {
  const auto found = run(
      "Showing 1 to 2 of 2 results for all: beads\nSort results by\n    1. arXiv:2503.01234 [pdf, ps, other] cs.CL cs.LG doi 10.1000/beads.1\n\nCounting Beads with Small Models\n\nAuthors: Mary Example, Paul Other\n\n"
      "Abstract: \xE2\x80\xA6 we count beads all\xE2\x80\xA6 \xE2\x96\xBD More\n\nSubmitted 9 April, 2025; v1 submitted 4 March, 2025; originally announced March 2025.\n\nComments: 12 pages\n"
      "    2. arXiv:2503.04567 [pdf] cs.LG\nBeads: A Theory\nAuthors: Paul Other\nAbstract: There are nine. \xE2\x96\xB3 Less\nSubmitted 6 March, 2025; originally announced March 2025.\nPrevious\nNext\n");
  CHECK(found.report.format == "arxiv-page");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting Beads with Small Models");
  CHECK(found.papers[0].abstract_is_partial);
  CHECK(found.papers[0].ids.at("doi") == "10.1000/beads.1");
  CHECK(found.papers[0].categories == std::vector<std::string>{"cs.CL", "cs.LG"});
  CHECK(found.papers[1].title == "Beads: A Theory");
  CHECK(found.papers[1].abstract == "There are nine.");
  CHECK_FALSE(found.papers[1].abstract_is_partial);
  CHECK(found.papers[1].date == "2025-03-06");
}

TEST_CASE("arxiv-page: an abstract page", "[arxiv-page]") {
  const auto found = run(kAbstractPage);
  CHECK(found.report.format == "arxiv-page");
  REQUIRE(found.papers.size() == 1);
  CHECK(found.papers[0].title == "Counting Beads with Small Models");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(found.papers[0].abstract == "We count beads.");
  CHECK(found.papers[0].ids.at("arxiv") == "2503.01234");
  CHECK(found.papers[0].ids.at("doi") == "10.1000/beads.1");
  CHECK(found.papers[0].venue == "J. Beads 1 (2025)");
  CHECK(found.papers[0].date == "2025-03-04");
}

TEST_CASE("arxiv-page: an abstract page kept as Markdown", "[arxiv-page]") {
  const auto found = run(
      "[Skip to main content](https://arxiv.org/abs/2503.01234#content)\n\n**arXiv:2503.01234** (cs)\n\n\\[Submitted on 4 Mar 2025 ([v1](https://arxiv.org/abs/2503.01234v1))\\]\n\n"
      "# Title:Counting Beads with Small Models\n\nAuthors: [Mary Example](https://arxiv.org/a/1), [Paul Other](https://arxiv.org/a/2)\n\n"
      "View a PDF of the paper titled Counting Beads with Small Models, by Mary Example and Paul Other\n\n> Abstract:We count beads.\n\n"
      "|     |     |\n| --- | --- |\n| Comments: | 12 pages |\n| Subjects: | Computation and Language (cs.CL) |\n| Cite as: | [arXiv:2503.01234](https://arxiv.org/abs/2503.01234) \\[cs.CL\\] |\n\n## Submission history\n\nFrom: Mary Example\n");
  CHECK(found.report.format == "arxiv-page");
  REQUIRE(found.papers.size() == 1);
  CHECK(found.papers[0].title == "Counting Beads with Small Models");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(found.papers[0].abstract == "We count beads.");
  CHECK(found.papers[0].ids.at("arxiv") == "2503.01234");
}

TEST_CASE("arxiv-page: a mail is none of it", "[arxiv-page]") {
  CHECK(run(own_sample("arxiv-mail.txt")).report.format == "arxiv");
}

TEST_CASE("arxiv-page: pieces and damage", "[arxiv-page]") {
  for (const std::string& text : {kList, kAbstractPage}) {
    check_pieces("arxiv-page", text);
    check_damage("arxiv-page", text, "[]\n: \xff");
  }
}

TEST_CASE("arxiv-page: titles that begin like the page's own lines", "[arxiv-page]") {
  const auto found = run(
      "[1] arXiv:2503.01234 [pdf]\nTitle: Beads\nMary Example\nSubjects: Computation and Language (cs.CL)\n\n"
      "[2] arXiv:2503.01235 [pdf]\nTotal of Wet Strings: A Study\nMary Example, Paul Other\nSubjects: Computation and Language (cs.CL)\n\n"
      "[3] arXiv:2503.01236 [pdf]\nPDF Parsing With Beads\nMary Example, Paul Other\nSubjects: Computation and Language (cs.CL)\n");
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[1].title == "Total of Wet Strings: A Study");
  CHECK(found.papers[2].title == "PDF Parsing With Beads");
}

TEST_CASE("arxiv-page: how many entries a page shows is no abstract of its last", "[arxiv-page]") {
  const auto found = run("Replacements for Fri, 10 Mar 23\n\n[1]  arXiv:2303.01234 (replaced) [pdf, other]\n    Title: Counting Beads\n    Authors: Mary Example\n    Subjects: Machine Learning (cs.LG)\n[ showing up to 2000 entries per page: fewer | more ]\nDisable MathJax (What is MathJax?)\n");
  REQUIRE(found.papers.size() == 1);
  CHECK(found.papers[0].abstract.empty());
}

TEST_CASE("arxiv-page: titles may speak of entries", "[arxiv-page]") {
  const auto found = run("Replacements for Fri, 10 Mar 23\n\n[1]  arXiv:2303.01234 (replaced) [pdf, other]\nTitle:\nShowing that matrices with bounded entries are small\nAuthors: Mary Example\nSubjects: Machine Learning (cs.LG)\n\n"
                         "[2]  arXiv:2303.01235 (replaced) [pdf, other]\nTitle: Counting Beads of Bounded Matrices by\nShowing that all entries are small\nAuthors: Mary Example\nSubjects: Machine Learning (cs.LG)\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Showing that matrices with bounded entries are small");
  CHECK(found.papers[1].title == "Counting Beads of Bounded Matrices by Showing that all entries are small");
  CHECK(found.papers[1].authors == std::vector<std::string>{"Mary Example"});
}
