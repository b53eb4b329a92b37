// SPDX-License-Identifier: MIT
// Properties of all queries, tried on texts that chance makes of the language's own pieces and of any bytes.
#include <random>
#include <string>
#include <vector>

#include "fake_vocabulary.hpp"
#include "query/explanation.hpp"
#include "query/rewriter.hpp"
#include "query/suggestions.hpp"
#include "support/catch.hpp"
#include "trees.hpp"

using namespace digest::query;
using namespace digest::query::test;
using Kind = Node::Kind;

namespace {

const std::vector<std::string> kPieces{"sparse",
                                       "grok",
                                       "Grokking",
                                       "the",
                                       "of",
                                       "fine-tuning",
                                       "finetuning",
                                       "fine",
                                       "tuning",
                                       "C++",
                                       "R^3",
                                       ".NET",
                                       "GPT-4V(ision)",
                                       "don't",
                                       "a.b",
                                       "x/y",
                                       "2405.15071",
                                       "10.1/abc",
                                       "https://a.org/b(c)",
                                       "AND",
                                       "OR",
                                       "NOT",
                                       "\"",
                                       "(",
                                       ")",
                                       " ",
                                       "  ",
                                       "+",
                                       "-",
                                       "~",
                                       "~2",
                                       "^",
                                       "^2",
                                       "^0.5",
                                       "*",
                                       ":",
                                       "title:",
                                       "abstract:",
                                       "author:",
                                       "year:",
                                       "2023..2025",
                                       ">=2024",
                                       "7d",
                                       "tag:",
                                       "id:",
                                       "category:",
                                       "foo:",
                                       "\xE2\x80\x9C",
                                       "\xE2\x80\x9D",
                                       "na\xC3\xAFve",
                                       "\xE4\xB8\xAD\xE6\x96\x87",
                                       "\\",
                                       "$",
                                       "{",
                                       "}",
                                       "\\\"o",
                                       "$k$-means",
                                       "x_{i}",
                                       "\xCE\xB1",
                                       ",",
                                       ".",
                                       "'",
                                       "\xE2\x80\x99s",
                                       "&",
                                       "1",
                                       "3.5",
                                       "\xFF",
                                       "\xC3",
                                       "[MASK]",
                                       "%",
                                       "#",
                                       "C#"};

std::string from_pieces(std::mt19937& random) {
  std::string text;
  for (std::size_t i = random() % 14; i > 0; --i) {
    text += kPieces[random() % kPieces.size()];
    if (random() % 2 == 0) text += ' ';
  }
  return text;
}

std::string from_bytes(std::mt19937& random) {
  std::string text;
  for (std::size_t i = random() % 40; i > 0; --i) text += static_cast<char>(random() % 256);
  return text;
}

std::size_t depth_of(const Node& node) {
  std::size_t depth = 0;
  for (const Node& child : node.children) depth = std::max(depth, depth_of(child));
  return depth + 1;
}

bool is_well_formed(const Node& node) {
  if (node.kind == Kind::term && node.words.size() != 1) return false;
  if (node.kind == Kind::phrase && node.words.empty()) return false;
  if (node.kind == Kind::union_of && node.children.empty()) return false;
  if (node.kind == Kind::boolean) {
    if (node.children.size() < 2 || node.children.size() != node.occurs.size()) return false;
    std::uint32_t counted = 0;
    bool positive = false;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      if (node.children[i].kind == Kind::nothing) return false;
      positive = positive || node.occurs[i] != Node::Occur::must_not;
      counted += node.occurs[i] == Node::Occur::should && !node.children[i].stop_word ? 1 : 0;
    }
    if (!positive || node.min_should > counted) return false;
  }
  return std::all_of(node.children.begin(), node.children.end(), is_well_formed);
}

void check_all(const std::string& text, const FakeVocabulary& vocabulary) {
  for (const MatchMode mode : {MatchMode::natural, MatchMode::all_words, MatchMode::any_word}) {
    ParseOptions options = in_mode(mode);
    options.today = 20000;
    const Query query = parse(text, options);
    const std::string shown = to_string(query.root);
    INFO("text: " << text << "\nread as: " << shown);
    REQUIRE(is_well_formed(query.root));
    REQUIRE(depth_of(query.root) <= 34);
    const Query again = parse(shown, options);
    INFO("and again: " << to_string(again.root));
    REQUIRE(same_tree(again.root, query.root));
    REQUIRE(to_string(again.root) == shown);
    const Query ready = rewrite(query, vocabulary);
    REQUIRE(same_tree(rewrite(ready, vocabulary).root, ready.root));
    for (const Note& note : suggest(ready, text, vocabulary).notes) REQUIRE(note.at.first <= note.at.second);
    REQUIRE_FALSE(explain_query(query).empty());
  }
  ParseOptions literal;
  literal.literal = true;
  REQUIRE(is_well_formed(parse(text, literal).root));
}

}  // namespace

TEST_CASE("any text is a query, and prints as one that is read alike", "[query][property]") {
  const FakeVocabulary vocabulary{"fine-tuning sparse grok grokking the of",
                                  "finetuning tuning fine a b c++ r 3", "naive gpt4v"};
  std::mt19937 random(4711);
  for (int i = 0; i < 6000; ++i) check_all(from_pieces(random), vocabulary);
  for (int i = 0; i < 3000; ++i) check_all(from_bytes(random), vocabulary);
}

TEST_CASE("every short text of the signs of the language", "[query][property]") {
  const FakeVocabulary vocabulary{"a b"};
  const std::string signs = "a b\"()+-~^*:1O";
  for (const char x : signs) {
    for (const char y : signs) {
      for (const char z : signs) check_all({x, y, z}, vocabulary);
    }
  }
}
