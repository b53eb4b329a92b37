// SPDX-License-Identifier: MIT
#include "query/suggestions.hpp"

#include <string>
#include <vector>

#include "fake_vocabulary.hpp"
#include "query/explanation.hpp"
#include "query/rewriter.hpp"
#include "support/catch.hpp"
#include "trees.hpp"

using namespace digest::query;
using namespace digest::query::test;

namespace {

const FakeVocabulary kVocabulary{"grokking neural networks", "grokked speech fine-tuning",
                                 "a network of networks for machine learning", "learning neural language",
                                 "stroke and strike"};

Suggestions suggested(const std::string& text) {
  return suggest(rewrite(parse(text, {}), kVocabulary), text, kVocabulary);
}

}  // namespace

TEST_CASE("a word that no paper has earns a better query", "[query][suggestions]") {
  const Suggestions slip = suggested("grokkking");
  CHECK(slip.queries == std::vector<std::string>{"grokking"});
  REQUIRE(slip.notes.size() == 1);
  CHECK(slip.notes[0].code == "unknown_term");
  CHECK(slip.notes[0].at == std::make_pair(0U, 9U));

  CHECK(suggested("+nueral \"speach\" -foo").queries == std::vector<std::string>{"+neural \"speech\" -foo"});
  CHECK(suggested("title:(neurqal OR speech) models").queries.front() == "title:(neural OR speech) models");
  CHECK(suggested("fine-tuninq").queries == std::vector<std::string>{"fine-tuning"});
  CHECK(suggested("machinelearning").queries == std::vector<std::string>{"machine learning"});
  CHECK(suggested("\xC3\xA4 speach").notes.back().at == std::make_pair(2U, 8U));
}

TEST_CASE("the likeliest word first", "[query][suggestions]") {
  CHECK(suggested("stroka").queries.front() == "stroke");
  CHECK(suggested("netwrok").queries.front() == "network");
}

TEST_CASE("what is known, excluded or no word earns nothing", "[query][suggestions]") {
  for (const char* text : {"grokking networks", "-zyzzyva grokking", "", "year:2024", "finetuning",
                           "fine tuning", "2405.15071", "https://example.org/zyzzyva", "author:zyzzyva"}) {
    INFO(text);
    CHECK(suggested(text).notes.empty());
    CHECK(suggested(text).queries.empty());
  }
  CHECK(suggested("xqzjw").notes.size() == 1);
  CHECK(suggested("xqzjw").queries.empty());
  CHECK(suggested("zyz*").notes.size() == 1);
  CHECK(suggested("12345").notes.size() == 1);
}

TEST_CASE("explained in sentences", "[query][explanation]") {
  const std::vector<std::string> lines =
      explain_query(parse("\"lottery ticket\" the sparse neural networks -survey year:2024", {}));
  CHECK(lines ==
        std::vector<std::string>{
            "read as: \"lottery ticket\" the sparse neural networks -survey date:2024-01-01..2024-12-31",
            "must match:",
            "  the phrase \"lottery ticket\" exactly as written",
            "  papers from 2024-01-01 to 2024-12-31",
            "at least 2 of these 3 must match (any one of them, if no paper has so many):",
            "  \"sparse\" in any form",
            "  \"neural\" in any form",
            "  \"networks\" in any form",
            "welcome, but too common or too special to be needed:",
            "  \"the\" in any form",
            "must not match:",
            "  \"survey\" in any form",
        });
}
