// SPDX-License-Identifier: MIT
#include "render/json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "sample.hpp"
#include "support/catch.hpp"

using namespace digest;
using Value = nlohmann::ordered_json;

namespace {

std::vector<std::string> keys_of(const Value& object) {
  std::vector<std::string> keys;
  for (const auto& item : object.items()) keys.push_back(item.key());
  return keys;
}

}  // namespace

TEST_CASE("a search has all its keys, in order, also when it found nothing") {
  const Value empty = Value::parse(render::json_search(SearchResult{}));
  CHECK(keys_of(empty) == std::vector<std::string>{"schema", "query", "parsed", "index", "total", "total_relation", "offset", "limit", "relaxed",
                                                   "took_us", "notes", "suggestions", "hits", "facets"});
  CHECK(empty["hits"].is_array());
  CHECK(empty["facets"].is_object());
  CHECK(empty["schema"] == "digest.search/1");
}

TEST_CASE("a hit has all its keys; what is missing is null or empty") {
  SearchResult result;
  result.hits.emplace_back();
  result.hits[0].paper.sources.clear();
  const Value hit = Value::parse(render::json_search(result))["hits"][0];
  for (const char* key : {"rank", "id", "score", "title", "abstract", "authors", "date", "url", "urls", "ids", "categories", "tags", "source",
                          "sources", "snippets", "explain"}) {
    CHECK(hit.contains(key));
  }
  CHECK(hit["date"].is_null());
  CHECK(hit["url"].is_null());
  CHECK(hit["authors"] == Value::array());
  CHECK(hit["ids"] == Value::object());
}

TEST_CASE("values arrive as they are") {
  const Value hit = Value::parse(render::json_hit(test::sample_hit()));
  CHECK(hit["score"].dump() == "6.1204");
  CHECK(hit["source"].dump() == R"({"file":"inbox/a.txt","line":12,"format":"page"})");
  CHECK(hit["snippets"][0]["parts"][1].dump() == R"({"text":"paragraph","match":true})");
  CHECK_FALSE(hit["snippets"][0]["parts"][0].contains("match"));
  CHECK(hit["url"] == "https://arxiv.org/abs/2403.01234");
}

TEST_CASE("ill-formed UTF-8 never makes ill-formed JSON") {
  Hit hit = test::sample_hit();
  hit.paper.title = "bad \xff\xc3( \x1b";
  const std::string text = render::json_hit(hit);
  CHECK(Value::parse(text)["title"] == "bad \xef\xbf\xbd\xef\xbf\xbd( \x1b");
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("chosen fields come alone and in the order asked for") {
  CHECK(keys_of(Value::parse(render::json_hit(test::sample_hit(), {"title", "id"}))) == std::vector<std::string>{"title", "id"});
}

TEST_CASE("every field that may be chosen is a key") {
  const Value hit = Value::parse(render::json_hit(test::sample_hit()));
  CHECK(keys_of(hit).size() == render::hit_fields().size());
  for (const auto field : render::hit_fields()) CHECK(hit.contains(std::string(field)));
}

TEST_CASE("explanations carry every number, rounded") {
  Hit hit = test::sample_hit();
  Explanation explanation;
  explanation.documents = 95;
  explanation.average_length = 230.123456;
  explanation.k1 = 0.9;
  explanation.b = 0.4;
  explanation.terms.push_back({"grok", 4, 3.123456, 5, 1, 4, 210, 2.5});
  explanation.adjustments.push_back({"title", 0.25});
  hit.explanation = explanation;
  const Value value = Value::parse(render::json_hit(hit))["explain"];
  CHECK(value.dump() ==
        R"({"documents":95,"average_length":230.1235,"k1":0.9,"b":0.4,"terms":[{"term":"grok","df":4,"idf":3.1235,"tf":5.0,)"
        R"("tf_title":1.0,"tf_abstract":4.0,"length":210.0,"contribution":2.5}],"adjustments":[{"name":"title","contribution":0.25}]})");
}

TEST_CASE("rounding never prints minus zero") {
  CHECK(std::signbit(render::rounded(-0.00001)) == false);
  CHECK(render::rounded(1.23456) == 1.2346);
}

TEST_CASE("a paper is a hit without rank and score") {
  const Hit hit = test::sample_hit();
  const Value paper = Value::parse(render::json_paper(hit.id, hit.paper, {"later"}));
  CHECK(paper["schema"] == "digest.paper/1");
  CHECK(paper["tags"][0] == "later");
  for (const char* key : {"rank", "score", "snippets", "explain"}) CHECK_FALSE(paper.contains(key));
}

TEST_CASE("strings of any bytes are written as a JSON library writes them") {
  std::uint32_t state = 7;
  const auto next = [&state] { return state = state * 1664525U + 1013904223U; };
  const std::string alphabet = "a \"\\\n\t\x01\x1b\x7f\xc3\xa9\xe6\x96\x87\xff\xf0\x9f\x98\x80\xc2\x9b/";
  for (int round = 0; round < 20'000; ++round) {
    Paper paper;
    for (std::uint32_t i = next() >> 28; i > 0; --i) paper.title += alphabet[(next() >> 16) % alphabet.size()];
    Value expected;
    expected["title"] = paper.title.empty() ? Value(nullptr) : Value(paper.title);
    const Value wanted = Value::parse(expected.dump(-1, ' ', false, Value::error_handler_t::replace));
    REQUIRE(Value::parse(render::json_paper("x", paper, {}, {"title"})) == wanted);
  }
}
