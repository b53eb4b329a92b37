// SPDX-License-Identifier: MIT
#include "ingest/readers/reference_parts.hpp"

#include "line_readers.hpp"

using namespace digest::test;
using digest::ingest::parse_reference;

TEST_CASE("references: the styles", "[references]") {
  struct Sample {
    const char *text, *authors, *title, *venue, *year;
  };
  const std::vector<Sample> samples = {
      {"A. Doe, B. Roe, and C. Poe, \"Counting beads in bowls,\" in Proc. Adv. Bead Count. Syst., 2017, pp. 1-9.", "A. Doe, B. Roe, and C. Poe", "Counting beads in bowls", "Proc. Adv. Bead Count. Syst", "2017"},
      {"Doe, Jane, et al. \xE2\x80\x9C" "Counting Beads: Why?\xE2\x80\x9D Journal of Beads, vol. 30, 2018, pp. 1-9.", "Doe, Jane, et al.", "Counting Beads: Why?", "Journal of Beads", "2018"},
      {"Doe, Jane, and Bob Roe. 2015. \xE2\x80\x9C" "Deep Beads.\xE2\x80\x9D Nature 521 (7553): 436-44.", "Doe, Jane, and Bob Roe", "Deep Beads", "Nature", "2015"},
      {"Doe, J., van der Roe, B., & Poe, C. (2020, March 4). Counting beads vs. pots. Journal of Beads, 33, 1877-1901.", "Doe, J., van der Roe, B., & Poe, C.", "Counting beads vs. pots", "Journal of Beads", "2020"},
      {"Jane Doe and Bob Roe. 2019. BeadNet: Do Beads Count? In Proceedings of BEAD. 4171-4186.", "Jane Doe and Bob Roe.", "BeadNet: Do Beads Count?", "Proceedings of BEAD", "2019"},
      {"Doe J, Roe BC, Poe T. Highly accurate counting of beads. Nat Beads. 2021;596(7873):583-589.", "Doe J, Roe BC, Poe T.", "Highly accurate counting of beads", "Nat Beads", "2021"},
      {"Doe, J., Roe, A. & Poe, C. J. Mastering the game of beads. Nature 529, 484-489 (2016).", "Doe, J., Roe, A. & Poe, C. J.", "Mastering the game of beads", "Nature", "2016"},
      {"Doe, J. et al. Mastering the game of beads. Nature 529, 484-489 (2016).", "Doe, J. et al.", "Mastering the game of beads", "Nature", "2016"},
      {"Jane Doe, Aidan N. Roe, and Carl Poe. Beads are all you need. In Advances in Beads, pages 1-9, 2017.", "Jane Doe, Aidan N. Roe, and Carl Poe.", "Beads are all you need", "Advances in Beads", "2017"},
  };
  for (const Sample& sample : samples) {
    CAPTURE(sample.text);
    const auto found = parse_reference(sample.text);
    REQUIRE(found);
    CHECK(found->authors == sample.authors);
    CHECK(found->title == sample.title);
    CHECK(found->venue == sample.venue);
    CHECK(found->year == sample.year);
  }
}

TEST_CASE("references: prose is none", "[references]") {
  for (const char* text : {"Beads have been studied for years. Doe et al. (2017) proposed the bowl, which changed how beads are counted.",
                           "Our meeting on March 3, 2024 was attended by Ann Doe, Bob Roe, and Carl Poe. We spoke of \"the future of beads\" and drank tea.",
                           "Ann Doe, Bob Roe. Budget for the year. Agreed upon.", "Beat the eggs. Add sugar. Bake at 180 degrees in 2024.", "Deep Learning. Ian Goodfellow. 2016", ""}) {
    CAPTURE(text);
    CHECK_FALSE(parse_reference(text));
  }
}

TEST_CASE("references: a list, wrapped, numbered or hanging", "[references]") {
  const auto numbered = run("REFERENCES\n[1]  A. Doe et al., \"Beads are all you need,\" in Proc. Adv. Bead\n     Syst., 2017, pp. 1-9.\n"
                            "[2]  B. Roe, C. Poe, and J. Sun, \"Deep residual counting for bowl recog-\n     nition,\" 2016, doi: 10.1000/beads.1.\n[3]  C. Poe, \"Strings of beads,\" 2018,\n     arXiv:1810.04805.\n");
  CHECK(numbered.report.format == "references");
  REQUIRE(numbered.papers.size() == 3);
  CHECK(numbered.papers[0].authors == std::vector<std::string>{"A. Doe"});
  CHECK(numbered.papers[1].title == "Deep residual counting for bowl recognition");
  CHECK(numbered.papers[1].authors == std::vector<std::string>{"B. Roe", "C. Poe", "J. Sun"});
  CHECK(numbered.papers[1].ids.at("doi") == "10.1000/beads.1");
  CHECK(numbered.papers[2].ids.at("arxiv") == "1810.04805");
  CHECK(numbered.papers[2].sources.front().line == 6);
  const auto hanging = run("Bibliography\nDoe, Jane, Bob Roe, and Carl Poe. \"Beads Are All\n  You Need.\" Journal of Beads, 2017.\nRoe, Bob, et al. \"Bowls\n  of Beads.\" Beads, 2019.\nPoe, C., ... & Sun, J. (2020). Strings\n  are long. Strings, 1(2).\n");
  REQUIRE(hanging.papers.size() == 3);
  CHECK(hanging.papers[0].authors == std::vector<std::string>{"Doe, Jane", "Bob Roe", "Carl Poe"});
  CHECK(hanging.papers[1].title == "Bowls of Beads");
  CHECK(hanging.papers[2].authors == std::vector<std::string>{"Poe, C.", "Sun, J."});
}

TEST_CASE("references: in Markdown", "[references]") {
  const auto found = run("## References\n\n[1] Doe, A., Roe, B. (2024). Counting beads in bowls. *NeurIPS*.\n\n[2] Poe, C. (2022). *Pots of beads and others*. ICLR.\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].venue == "NeurIPS");
  CHECK(found.papers[1].title == "Pots of beads and others");
}

TEST_CASE("references: behind bullets", "[references]") {
  const auto found = run("Publications\n\n\xE2\x80\xA2 Doe, J., Roe, B. (2024). Counting beads in bowls. NeurIPS.\n\xE2\x80\xA2 Roe, B., Doe, J. (2023). Strings of beads are\n  long. ICML.\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].authors == std::vector<std::string>{"Doe, J.", "Roe, B."});
  CHECK(found.papers[1].title == "Strings of beads are long");
}

TEST_CASE("references: a text that cites is not a bibliography", "[references]") {
  const std::string prose = "Beads are old. They have been counted by hand for ages, and nobody knows why they were.\n\n";
  const auto found = run(prose + prose + prose + "Doe, J. (2020). Counting beads. Journal of Beads, 1, 1-9.\n\nRoe, B. (2021). Counting bowls. Journal of Bowls, 1, 1-9.\n");
  CHECK(found.report.format != "references");
}

TEST_CASE("references: LaTeX's own", "[references]") {
  const auto found = run("\\begin{thebibliography}{10}\n\n\\bibitem{doe17}\nJane Doe, Bob Roe, and Carl~P. Poe.\n\\newblock Beads are all you need.\n\\newblock In {\\em Advances in Beads}, 2017.\n\n"
                         "\\bibitem[Roe et~al.(2021)Roe, {[x]}]{roe}\nBob Roe, et~al.\n\\newblock {BeadFold}: Why?\n\\newblock \\emph{Nature}, 596:583--589, 2021.\n\n\\end{thebibliography}\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Beads are all you need");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Jane Doe", "Bob Roe", "Carl P. Poe"});
  CHECK(found.papers[0].venue == "Advances in Beads");
  CHECK(found.papers[1].title == "BeadFold: Why?");
  CHECK(found.papers[1].authors == std::vector<std::string>{"Bob Roe"});
  CHECK(found.papers[1].date == "2021");
}

TEST_CASE("references: what is none takes nothing to the one before it", "[references]") {
  const auto found = run("Smith, J. (2018). A study of the first thing. Journal of Things, 3, 1-9.\nOpenAI (2023). Technical report. arXiv:2303.08774.\nRoe, B. (2019). A study of the second thing. Journal of Things, 4, 1-9.\n"
                         "Poe, C. (2020). A study of the third thing. Journal of Things, 5, 1-9.\n[5] K. He, X. Zhang, \"Deep counting for bowls,\" Beads, 2016.\n");
  REQUIRE(found.papers.size() == 4);
  CHECK(found.papers[0].ids.empty());
  CHECK(found.papers[3].title == "Deep counting for bowls");
  CHECK(found.papers[3].authors == std::vector<std::string>{"K. He", "X. Zhang"});
}
