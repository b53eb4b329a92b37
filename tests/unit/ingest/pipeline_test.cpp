// SPDX-License-Identifier: MIT
#include <digest/error.hpp>

#include "gather.hpp"
#include "ingest/charset.hpp"
#include "support/catch.hpp"

using digest::test::run;

TEST_CASE("JSON Lines: a broken line costs itself only", "[jsonl]") {
  const auto found = run(
      "{\"id\": \"2405.15071v2\", \"title\": \"A title\", \"summary\": \"Text\", \"authors\": [\"J. Doe\"], \"categories\": [\"cs.LG\"]}\n"
      "{\"title\": \"cut\n"
      "\n"
      "{\"title\": 17, \"abstract\": null}\n"
      "[1, 2]\n"
      "{\"id\": 42, \"title\": \"The last\", \"year\": 2024, \"authors\": \"J. Doe, R. Roe\"}");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].ids.at("arxiv") == "2405.15071");
  CHECK(found.papers[0].ids.at("source") == "2405.15071v2");
  CHECK(found.papers[0].abstract == "Text");
  CHECK(found.papers[1].ids.at("source") == "42");
  CHECK(found.papers[1].date == "2024");
  CHECK(found.papers[1].sources[0].line == 6);
  CHECK(found.report.skipped == 3);
  REQUIRE(found.problems.size() == 3);
  CHECK(found.problems[0].line == 2);
  CHECK(found.problems[1].code == "no-title");
  CHECK(found.problems[2].line == 5);
}

TEST_CASE("an abstract loses the heading it came with, whoever reads it", "[pipeline]") {
  const auto crossref = run("{\"title\": \"A\", \"abstract\": \"<jats:title>Abstract</jats:title><jats:p>We count.</jats:p>\"}\n");
  REQUIRE(crossref.papers.size() == 1);
  CHECK(crossref.papers[0].abstract == "We count.");
  const auto nothing = run("{\"title\": \"A\", \"abstract\": \"[No abstract available]\"}\n");
  REQUIRE(nothing.papers.size() == 1);
  CHECK(nothing.papers[0].abstract.empty());
  const auto bibtex = run("@article{a, title = {Beads}, abstract = {Abstract\n  We count.}}\n");
  REQUIRE(bibtex.papers.size() == 1);
  CHECK(bibtex.papers[0].abstract == "We count.");
}

TEST_CASE("repeated problems are shown five times, then counted", "[pipeline]") {
  std::string text = "{\"title\": \"A\"}\n{\"title\": \"B\"}\n";
  for (int i = 0; i < 100; ++i) text += "{\"title\": \"\"}\n";
  const auto found = run(text);
  CHECK(found.report.skipped == 100);
  REQUIRE(found.problems.size() == 6);
  CHECK(found.problems.back().message == "95 more of the same kind (100 in all).");
}

TEST_CASE("an empty input is empty, an unknown one is not recognised", "[pipeline]") {
  for (const char* text : {"", "\n\n  \r\n", "\xEF\xBB\xBF"}) {
    const auto found = run(text);
    CHECK(found.report.empty);
    CHECK(found.report.recognised);
    CHECK(found.problems.empty());
  }
  const auto prose = run("Just a line.\nAnd another one.\n");
  CHECK_FALSE(prose.report.recognised);
  CHECK_FALSE(prose.report.empty);
  REQUIRE(prose.problems.size() == 1);
  CHECK(prose.problems[0].severity == digest::Severity::error);
}

TEST_CASE("an unknown format is a mistake of the caller's and names the nearest", "[pipeline]") {
  try {
    run("x", {"test", "jsnol", {}});
    FAIL("no error");
  } catch (const digest::Error& error) {
    CHECK(error.kind() == digest::ErrorKind::usage);
    CHECK(std::string(error.what()).find("Did you mean \"json") != std::string::npos);
  }
}

TEST_CASE("character sets", "[charset]") {
  using digest::ingest::decode_text;
  CHECK(decode_text("caf\xC3\xA9", "") == "café");
  CHECK(decode_text("caf\xE9 \x93x\x94", "") == "café “x”");
  CHECK(decode_text("caf\xE9", "ISO-8859-1") == "café");
  CHECK(decode_text("caf\xC3\xA9", "us-ascii") == "café");
  CHECK(decode_text(std::string_view("\xFE\xFF\0A\xD8\x3D\xDE\0", 8), "") == "A\xF0\x9F\x98\x80");
  CHECK(decode_text("\xD0\xD2", "koi8-r") == "пр");
  CHECK(decode_text("good caf\xC3\xA9 na\xC3\xAFve bad \xC3( x", "") == "good café naïve bad \xEF\xBF\xBD( x");
  CHECK(decode_text(std::string_view("a\0b\r\nc\rd\n\xEF\xBB\xBF" "e", 13), "") == "ab\nc\nd\ne");
  CHECK(decode_text(std::string(70000, 'x') + "\xE9", "").substr(70000) == "é");
}

TEST_CASE("damaged text is repaired and said", "[charset]") {
  const auto found = run("{\"title\": \"Caf\xC3\xA9 caf\xC3\xA9\"}\n{\"title\": \"Broken \xE2\x82 x\"}\n");
  REQUIRE(found.papers.size() == 2);
  REQUIRE(found.said("bad-utf8"));
  CHECK(found.problems[0].line == 2);
}

TEST_CASE("links of abstracts lose the punctuation after them", "[pipeline]") {
  const auto found = run("{\"title\": \"A\", \"abstract\": \"See https://github.com/a/b. Also (https://x.github.io/y_z) and https://a.example/w_(v).\"}\n"
                         "{\"title\": \"B\", \"url\": \"https://example.com/paper\", \"abstract\": \"As https://arxiv.org/abs/2405.15071 says.\"}\n");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].urls == std::vector<std::string>{"https://a.example/w_(v)", "https://github.com/a/b", "https://x.github.io/y_z"});
  CHECK(found.papers[1].urls.front() == "https://example.com/paper");
  CHECK(found.papers[1].ids.count("arxiv") == 0);
}
