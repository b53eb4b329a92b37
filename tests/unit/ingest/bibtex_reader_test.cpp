// SPDX-License-Identifier: MIT
#include "line_readers.hpp"

using namespace digest::test;

TEST_CASE("bibtex: macros, both delimiters, identifiers", "[bibtex]") {
  const auto found = run(own_sample("bibliography.bib"));
  CHECK(found.report.format == "bibtex");
  REQUIRE(found.papers.size() == 5);
  const auto& attention = found.papers[0];
  CHECK(attention.title == "Attention Is All You Need");
  CHECK(attention.authors == std::vector<std::string>{"Vaswani, Ashish", "Shazeer, Noam", "Parmar, Niki"});
  CHECK(attention.venue == "Advances in Neural Information Processing Systems");
  CHECK(attention.date == "2017-12");
  CHECK(attention.ids.at("arxiv") == "1706.03762");
  CHECK(attention.ids.at("source") == "vaswani2017attention");
  CHECK(attention.categories == std::vector<std::string>{"cs.CL"});
  CHECK(attention.sources.front().line == 8);
  CHECK(found.papers[1].ids.at("arxiv") == "1512.03385");
  CHECK(found.papers[1].authors.size() == 4);
  CHECK(found.papers[1].abstract.find("152 of them win a contest @ 2015.") != std::string::npos);
  CHECK(found.papers[2].authors == std::vector<std::string>{"Hinrich Schütze"});
  CHECK(found.papers[4].title == "The PageRank Citation Ranking: Bringing Order to the Web");
  CHECK(found.papers[4].date == "1999-11-11");
}

TEST_CASE("bibtex: a broken entry is told and hides nothing", "[bibtex]") {
  const auto found = run(own_sample("bibliography.bib"));
  CHECK(found.papers[3].title == "An Entry Whose Brace Is Never Closed");
  CHECK(found.papers[3].date == "2020");
  REQUIRE(found.problems.size() == 1);
  CHECK(found.problems[0].code == "unterminated-entry");
  CHECK(found.problems[0].line == 42);
  CHECK(found.problems[0].message.find("broken2020") != std::string::npos);
}

TEST_CASE("bibtex: any entry cut after any line leaves the others", "[bibtex]") {
  const std::string good = "@misc{good, title = {Still Here}, year = 2001}\n";
  const std::string entry = "@article{bad,\n  title = {One {Two}\n three},\n  note = \"a\" # b,\n  year = 1999\n}\n";
  for (std::size_t at = 0; at <= entry.size(); ++at) {
    const auto found = read_as("bibtex", entry.substr(0, at) + "\n" + good);
    REQUIRE(!found.papers.empty());
    INFO(at << ": " << entry.substr(0, at));
    CHECK(found.papers.back().title == "Still Here");
  }
}

TEST_CASE("bibtex: odd but whole entries", "[bibtex]") {
  const auto titles = [](std::string_view text) {
    std::vector<std::string> out;
    for (const auto& paper : read_as("bibtex", text).papers) out.push_back(paper.title);
    return out;
  };
  using Titles = std::vector<std::string>;
  CHECK(titles("@article{,title={No Key}}") == Titles{"No Key"});
  CHECK(titles("@article{title={No Key Nor Comma}}") == Titles{"No Key Nor Comma"});
  CHECK(titles("@online\n{k,\n title = {Delimiter Below}\n}") == Titles{"Delimiter Below"});
  CHECK(titles("@a{x,title={One}}@b{y,title={Two}}") == Titles{"One", "Two"});
  CHECK(titles("@article{x, title = {Comma Forgotten} year = 2001}") == Titles{"Comma Forgotten"});
  CHECK(titles("@article{x,, title = \"In {\"}Quotes{\"}\",,}") == Titles{"In \"Quotes\""});
  CHECK(titles("@article{x, title = {an @article{ inside}} }") == Titles{"an @article inside"});
  CHECK(titles("% @article{x, title = {Commented}}\n@misc{y, title = {Not}}") == Titles{"Not"});
  CHECK(titles("@comment no braces\n@misc{y, title = {After}}") == Titles{"After"});
  CHECK(titles("@comment{ never closed\n@misc{y, title = {After}}\n@misc{z, title = {Last}}") == Titles{"After", "Last"});
  CHECK(titles("@string{a = {A }}@string{b = a # {B}}@misc{k, title = b # \" C\"}") == Titles{"A B C"});
}

TEST_CASE("bibtex: dates and archives", "[bibtex]") {
  const auto one = [](const std::string& fields) { return read_as("bibtex", "@article{k, title={T}, " + fields + "}").papers.at(0); };
  CHECK(one("year={2020}, month={MAR}").date == "2020-03");
  CHECK(one("year={2020}, month=10 # {~} # jan").date == "2020-01-10");
  CHECK(one("year=2020, month={Jan. 10}").date == "2020-01-10");
  CHECK(one("year=2020, month={03}, day=4").date == "2020-03-04");
  CHECK(one("date={2020-05-01/2020-06}").date == "2020-05-01");
  CHECK(one("year={in press}").date.empty());
  CHECK(one("journal={arXiv preprint arXiv:2501.00001}").ids.at("arxiv") == "2501.00001");
  CHECK(one("eprint={hep-th/9901001}").ids.at("arxiv") == "hep-th/9901001");
  CHECK(one("eprint={12345}, eprinttype={pubmed}").ids.at("pmid") == "12345");
  CHECK(one("howpublished={\\url{https://example.com/a\\_b}}").urls.at(0) == "https://example.com/a_b");
}

TEST_CASE("bibtex: pieces and damage", "[bibtex]") {
  check_pieces("bibtex", own_sample("bibliography.bib"));
  check_damage("bibtex", own_sample("bibliography.bib"), "@{}\",#=\n\xff");
}

TEST_CASE("bibtex: hostile nesting costs neither stack nor time", "[bibtex]") {
  CHECK_NOTHROW(read_as("bibtex", "@a{k,title=" + std::string(2'000'000, '{')));
  CHECK_NOTHROW(read_as("bibtex", "@a{k,title=" + std::string(500'000, '"')));
  std::string comments;
  for (int i = 0; i < 50'000; ++i) comments += "@comment{\n";
  CHECK_NOTHROW(read_as("bibtex", comments));
  std::string macros;
  for (int i = 0; i < 40; ++i) macros += "@string{a = {x} # a # a # a # a # a # a # a # a}\n";
  CHECK_NOTHROW(read_as("bibtex", "@string{a={aaaaaaaaaaaaaaaa}}\n" + macros + "@misc{k, title = a}"));
}

TEST_CASE("bibtex: abbreviations that double, and fields without number, take no memory", "[bibtex]") {
  std::string text = "@article{before, title = {Before}}\n@string{m0 = {" + std::string(1000, 'm') + "}}\n";
  for (int i = 1; i < 20; ++i) text += "@string{m" + std::to_string(i) + " = m" + std::to_string(i - 1) + " # m" + std::to_string(i - 1) + "}\n";
  text += "@article{bomb, title = {Bomb}";
  for (int i = 0; i < 400; ++i) text += ", f" + std::to_string(i) + " = m6 # m6";
  const auto bomb = read_as("bibtex", text + "}\n@article{after, title = {After}, note = m1}\n");
  REQUIRE(bomb.papers.size() == 3);
  CHECK(bomb.papers[1].title == "Bomb");
  CHECK(bomb.papers[2].title == "After");
  CHECK(bomb.said("unterminated-entry"));  // the entry that uses them without end
  std::string strings;
  for (int i = 0; i < 5000; ++i) strings += "@string{m" + std::to_string(i) + " = {" + std::string(1000, 'm') + "}}\n";
  CHECK(read_as("bibtex", strings + "@article{after, title = {After}}\n").said("too-long"));
  std::string many = "@article{many, title = {Many}";
  for (int i = 0; i < 1500; ++i) many += ", f" + std::to_string(i) + " = 1";
  const auto fields = read_as("bibtex", many + "}\n");
  REQUIRE(fields.papers.size() == 1);
  CHECK(fields.papers[0].title == "Many");
  CHECK(fields.said("unterminated-entry"));
}

// Quadratic time would be minutes here, and the test run's limit.
TEST_CASE("bibtex: an entry of one long line of fields takes linear time", "[bibtex]") {
  std::string line = "@article{long, title = {Long}";
  while (line.size() < (7U << 20)) line += ", f=1";
  const auto found = read_as("bibtex", line + "}\n");
  REQUIRE(found.papers.size() == 1);
  CHECK(found.papers[0].title == "Long");
  CHECK(found.problems.empty());
}

TEST_CASE("bibtex: other people's files", "[bibtex]") {
  check_outside("bibtex", "bibtex/jabref.testjabref.bib", 156, 36);
  check_outside("bibtex", "bibtex/jabref.MedlineImporterTestNbib.bib", 2, 2);
  check_outside("bibtex", "bibtex/papis.NBER_w29971.bib", 1, 1);
}

TEST_CASE("bibtex: journals that astronomers name by macros", "[bibtex]") {
  const auto found = run("@article{a, title = {Beads}, journal = {\\apjl}, year = 2019}\n@article{b, title = {Cups}, journal = {{\\mnras}}, year = 2020}\n"
                         "@article{c, title = {Pots}, journal = {\\unknown}, year = 2021}\n@article{d, title = {Pans}, journal = {\\nat{} Physics}, year = 2021}\n");
  REQUIRE(found.papers.size() == 4);
  CHECK(found.papers[0].venue == "Astrophysical Journal Letters");
  CHECK(found.papers[1].venue == "Monthly Notices of the Royal Astronomical Society");
  CHECK(found.papers[2].venue == "unknown");
  CHECK(found.papers[3].venue == "nat Physics");
}
