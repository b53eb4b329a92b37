// SPDX-License-Identifier: MIT
#include "render/citation.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "render/paper_writer.hpp"
#include "sample.hpp"
#include "support/catch.hpp"

using namespace digest;

namespace {

std::string whole(render::PaperWriter& writer, const std::vector<Hit>& hits) {
  std::string out = writer.begin();
  for (const Hit& hit : hits) out += writer.paper(hit);
  return out + writer.end();
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("names come apart in both spellings") {
  CHECK(render::split_name("Doe, Jane").family == "Doe");
  CHECK(render::split_name("Jane van Doe").given == "Jane van");
  CHECK(render::split_name("Plato").given.empty());
}

TEST_CASE("BibTeX: special characters stand for themselves, braces balance") {
  const std::string out = whole(*render::bibtex_writer(), {test::sample_hit()});
  CHECK(out.substr(0, 18) == "@misc{doe2024sums,");
  CHECK(contains(out, "title = {{Sums \\& Products: 100\\% of \\{Sets\\}}}"));
  CHECK(contains(out, "author = {Doe, Jane and Max Power}"));
  CHECK(contains(out, "year = {2024}"));
  CHECK(contains(out, "month = mar"));
  CHECK(contains(out, "doi = {10.1000/a_b}"));
  CHECK(contains(out, "eprint = {2403.01234}"));
  int depth = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i] == '{') ++depth;
    if (out[i] == '}') --depth;
    REQUIRE(depth >= 0);
  }
  CHECK(depth == 0);
}

TEST_CASE("BibTeX: a brace without a partner is written as a word") {
  Hit hit = test::sample_hit();
  hit.paper.abstract = "turns by 360^{ and ends";
  const std::string out = whole(*render::bibtex_writer(), {hit});
  CHECK(contains(out, "abstract = {turns by 360\\textasciicircum{}\\textbraceleft{} and ends},"));
  CHECK(std::count(out.begin(), out.end(), '{') == std::count(out.begin(), out.end(), '}'));
}

TEST_CASE("BibTeX: what it would take apart or join is kept as it is") {
  Hit hit = test::sample_hit();
  hit.paper.title = "f'' -- g";
  hit.paper.authors = {"Stone,", "A, B, C, D", "The X AND Y Group", "others", "Quill, Jr, Ada"};
  const std::string out = whole(*render::bibtex_writer(), {hit});
  CHECK(contains(out, "title = {{f'{}' -{}- g}}"));
  CHECK(contains(out, "author = {{Stone,} and {A, B, C, D} and {The X AND Y Group} and {others} and Quill, Jr, Ada}"));
}

TEST_CASE("BibTeX: an article has all that BibTeX asks of one, and what has no author has a key to be sorted by") {
  Hit hit = test::sample_hit();
  hit.paper.venue = "A Journal";
  CHECK(contains(whole(*render::bibtex_writer(), {hit}), "@article{"));
  hit.paper.date.clear();
  CHECK(contains(whole(*render::bibtex_writer(), {hit}), "@misc{"));
  hit.paper.authors.clear();
  CHECK(contains(whole(*render::bibtex_writer(), {hit}), "  key = {sums},\n"));
}

TEST_CASE("BibTeX keys are unique within one document") {
  render::KeyMaker maker;
  std::set<std::string> keys;
  Paper paper = test::sample_hit().paper;
  Paper suffixed = paper;
  suffixed.title = "Sumsa";
  for (int i = 0; i < 100; ++i) {
    CHECK(keys.insert(maker.key_of(paper)).second);
    CHECK(keys.insert(maker.key_of(suffixed)).second);
  }
  CHECK(keys.insert(maker.key_of(Paper{})).second);
}

TEST_CASE("RIS: one line a value, every record closed") {
  Hit hit = test::sample_hit();
  hit.paper.title = "A\nER  - break";
  const std::string out = whole(*render::ris_writer(), {hit, test::sample_hit()});
  std::size_t ends = 0;
  for (std::size_t at = 0; (at = out.find("\nER  -", at)) != std::string::npos; ++at) ++ends;
  CHECK(ends == 2);
  CHECK(contains(out, "AU  - Doe, Jane\nAU  - Max Power\n"));
  CHECK(contains(out, "DA  - 2024/03/05/\n"));
  CHECK(contains(out, "AB  - First paragraph.\nAB  - Second \"paragraph\", with a comma.\n"));
}

TEST_CASE("CSL-JSON is one array, also of none and of one") {
  using Value = nlohmann::json;
  CHECK(Value::parse(whole(*render::csl_writer(), {})) == Value::array());
  const Value one = Value::parse(whole(*render::csl_writer(), {test::sample_hit()}));
  REQUIRE(one.size() == 1);
  CHECK(one[0]["author"][0]["family"] == "Doe");
  CHECK(one[0]["issued"]["date-parts"][0] == Value::array({2024, 3, 5}));
  CHECK(Value::parse(whole(*render::csl_writer(), {test::sample_hit(), test::sample_hit()})).size() == 2);
}

TEST_CASE("Markdown: a title cannot end its own link") {
  Hit hit = test::sample_hit();
  hit.paper.title = "Evil](http://x) *title*";
  const std::string out = whole(*render::markdown_writer(), {hit});
  CHECK(contains(out, "[Evil\\](http://x) \\*title\\*](<https://arxiv.org/abs/2403.01234>)"));
}
