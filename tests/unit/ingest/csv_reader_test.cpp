// SPDX-License-Identifier: MIT
#include "line_readers.hpp"

using namespace digest::test;

TEST_CASE("csv: a table with quoted lines and an empty abstract", "[csv]") {
  const auto found = run(own_sample("table.csv"));
  CHECK(found.report.format == "csv");
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[0].title == "Latent Dirichlet Allocation");
  CHECK(found.papers[0].abstract == "A document is a mixture of topics, and a topic is a \"bag\" of words.\n\nBoth are learnt from the words alone.");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Blei, David M.", "Ng, Andrew Y.", "Jordan, Michael I."});
  CHECK(found.papers[0].ids.at("source") == "K1");
  CHECK(found.papers[0].date == "2003");
  CHECK(found.papers[1].sources.front().line == 5);
  CHECK(found.papers[1].ids.at("doi") == "10.1023/a:1010933404324");
  CHECK(found.papers[2].abstract.empty());
}

TEST_CASE("csv: delimiters, Excel's own line, names of columns", "[csv]") {
  for (const char* text : {"sep=;\nAbstract;TITLE;Year\nOne;Beads;2001\n", "abstract\tPaper Title\tyear\nOne\tBeads\t2001\n",
                           "\"primary_title\" , \"summary\",published\nBeads,One,2001\n"}) {
    const auto found = run(text);
    INFO(text);
    CHECK(found.report.format == "csv");
    REQUIRE(found.papers.size() == 1);
    CHECK(found.papers[0].title == "Beads");
    CHECK(found.papers[0].abstract == "One");
    CHECK(found.papers[0].date == "2001");
  }
  const auto list = run("title,authors,id\nBeads,\"['Marx, Karl', \"\"O'Neil, A.\"\"]\",2501.00001\n");
  REQUIRE(list.papers.size() == 1);
  CHECK(list.papers[0].authors == std::vector<std::string>{"Marx, Karl", "O'Neil, A."});
  CHECK(list.papers[0].ids.at("arxiv") == "2501.00001");
}

TEST_CASE("csv: a quote that is never closed swallows one record", "[csv]") {
  const auto found = read_as("csv", "title,abstract\nOne,\"open\nTwo,b\nThree,\"c\"\n,\n");
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[0].abstract == "open");
  CHECK(found.papers[2].title == "Three");
  CHECK(found.said("unterminated-quote"));
  CHECK(found.said("no-title"));
}

TEST_CASE("csv: pieces and damage", "[csv]") {
  check_pieces("csv", own_sample("table.csv"));
  const std::string text = own_sample("table.csv");
  for (std::size_t i = 80; i < text.size(); i += 5) {
    std::string hurt = text;
    hurt[i] = "\",;\n\xff"[i % 5];
    CHECK_NOTHROW(read_as("csv", hurt));
    CHECK_NOTHROW(read_as("csv", text.substr(0, i)));
  }
}

TEST_CASE("csv: other people's files", "[csv]") {
  check_outside("csv", "csv/generic.csv", 2, 2);
  check_outside("csv", "csv/generic_semicolon.csv", 2, 2);
  check_outside("csv", "csv/generic_tab.tsv", 2, 2);
  check_outside("csv", "csv/generic_labels_no_abs.csv", 6, 0);
}

TEST_CASE("csv: columns as databases and people name them", "[csv]") {
  const auto kaggle = run("titles,summaries,terms\nBeads,We count.,\"['cs.CV', 'cs.LG']\"\nCups,We pour.,\"['cs.CV']\"\n");
  REQUIRE(kaggle.papers.size() == 2);
  CHECK(kaggle.papers[0].abstract == "We count.");
  CHECK(kaggle.papers[0].categories.size() == 2);
  const auto springer = run("Item Title,Publication Title,Item DOI,Authors,Publication Year,URL\nBeads,J Beads,10.1007/x.1,Ann Example,2024,http://link.springer.com/x\n");
  REQUIRE(springer.papers.size() == 1);
  CHECK(springer.papers[0].title == "Beads");
  CHECK(springer.papers[0].ids.at("doi") == "10.1007/x.1");
  const auto chinese = run("标题,作者,摘要,链接\nBeads,Ann Example,We count.,https://arxiv.org/abs/2401.00001\n");
  REQUIRE(chinese.papers.size() == 1);
  CHECK(chinese.papers[0].abstract == "We count.");
  const auto openalex = run("id,doi,display_name,publication_date,authorships.author.display_name\nhttps://openalex.org/W1,https://doi.org/10.1000/x.1,Beads,2024-03-05,Ann Example|Bo Other\n");
  REQUIRE(openalex.papers.size() == 1);
  CHECK(openalex.papers[0].authors == std::vector<std::string>{"Ann Example", "Bo Other"});
  const auto science = run("PT\tAU\tTI\tSO\tID\tAB\tDI\tPY\tUT\nJ\tExample, A; Other, B\tBeads\tJ BEADS\t\tWe count.\t10.1000/x.1\t2024\tWOS:001\n");
  REQUIRE(science.papers.size() == 1);
  CHECK(science.papers[0].ids.at("source") == "WOS:001");
  const auto dated = run("PT\tAU\tTI\tPD\tPY\nJ\tExample, A\tBeads\tMAR 5\t2024\nJ\tExample, A\tCups\tJAN-FEB\t2023\nJ\tExample, A\tPots\t\t2022\n");
  REQUIRE(dated.papers.size() == 3);
  CHECK(dated.papers[0].date == "2024-03-05");
  CHECK(dated.papers[1].date == "2023-01");
  CHECK(dated.papers[2].date == "2022");
}

TEST_CASE("csv: full names before short ones, full dates before years, a full stop behind PubMed's names", "[csv]") {
  const auto scopus = run("Authors,Author full names,Title,Year\n\"Example M.; Other P.\",\"Example, Mary (571); Other, Paul (572)\",Counting beads,2025\n");
  REQUIRE(scopus.papers.size() == 1);
  CHECK(scopus.papers[0].authors == std::vector<std::string>{"Example, Mary", "Other, Paul"});
  const auto nobody = run("Authors,Title,Year\n[No author name available],Proceedings of beads,2025\n");
  REQUIRE(nobody.papers.size() == 1);
  CHECK(nobody.papers[0].authors.empty());
  const auto lens = run("Title,Date Published,Publication Year,Author/s\nCounting beads,2025-03-04,2025,\"Example M, Other P.\"\n");
  REQUIRE(lens.papers.size() == 1);
  CHECK(lens.papers[0].date == "2025-03-04");
}
