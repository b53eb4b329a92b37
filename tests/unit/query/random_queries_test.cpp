// SPDX-License-Identifier: MIT
// Properties of all queries, tried on texts that chance makes of the language's own pieces and of any bytes.
#include <random>
#include <string>
#include <vector>

#include "fake_vocabulary.hpp"
#include "promises.hpp"
#include "support/catch.hpp"

using namespace digest::query::test;

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

void check_text(const std::string& text, const FakeVocabulary& vocabulary) {
  INFO(text);
  REQUIRE(broken_promise(text, vocabulary) == "");
}

}  // namespace

TEST_CASE("any text is a query, and prints as one that is read alike", "[query][property]") {
  const FakeVocabulary vocabulary{"fine-tuning sparse grok grokking the of",
                                  "finetuning tuning fine a b c++ r 3", "naive gpt4v"};
  std::mt19937 random(4711);
  for (int i = 0; i < 6000; ++i) check_text(from_pieces(random), vocabulary);
  for (int i = 0; i < 3000; ++i) check_text(from_bytes(random), vocabulary);
}

TEST_CASE("what is left of an address is a word like others, a common one too", "[query][parser]") {
  const FakeVocabulary vocabulary{"sparse and"};
  for (const char* text : {"https://and sparse models", "sparse https://the/ models learn", "http://of", "-https://and sparse"}) check_text(text, vocabulary);
}

TEST_CASE("every short text of the signs of the language", "[query][property]") {
  const FakeVocabulary vocabulary{"a b"};
  const std::string signs = "a b\"()+-~^*:1O";
  for (const char x : signs) {
    for (const char y : signs) {
      for (const char z : signs) check_text({x, y, z}, vocabulary);
    }
  }
}
