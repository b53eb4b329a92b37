// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "text/analyzer.hpp"

using namespace digest::text;

namespace {

// "+joined word word": the forms of a text in order, joined ones marked.
std::string forms_of(std::string_view text) {
  TokenStream stream;
  tokenize(text, stream);
  std::string forms;
  for (const Token& token : stream.tokens) {
    if (!forms.empty()) forms += ' ';
    if (token.kind == TokenKind::joined) forms += '+';
    forms += stream.form(token);
  }
  return forms;
}

struct Case {
  const char* text;
  const char* forms;
};

}  // namespace

TEST_CASE("words of the field are one unit each", "[text]") {
  const std::vector<Case> cases = {
      {"C++ C# F# .net .NET 3D I2D2 AdaNPC", "c++ c# f# .net .net 3d i2d2 adanpc"},
      {"GPT-4V", "+gpt4v gpt 4v"},
      {"In-BoXBART k-means", "+inboxbart in boxbart +kmeans k means"},
      {"R^3", "+r3 r 3"},
      {"$R^{3}$", "+r3 r 3"},
      {"GPT-4V(ision)", "+gpt4v gpt 4v ision"},
      {"P(IK) and Super(ficial)-alignment", "p ik and super ficial alignment"},
      {"methods.Our Only-IF:Revealing", "methods our +onlyif only if revealing"},
      {"$textbf{specialist} and textbf{generalist}$", "specialist and generalist"},
      {"{\\em finite sample}", "finite sample"},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(forms_of(c.text) == c.forms);
  }
}

TEST_CASE("forms of a word meet in its stem class", "[text]") {
  CHECK(stem_class("grok") == stem_class("grokking"));
  CHECK(stem_class("grok") == stem_class("grokked"));
  CHECK(stem_class("generative") != stem_class("generalization"));
  CHECK(stem_class("4v") == "4v");
}

TEST_CASE("stop words are the words without a subject", "[text]") {
  CHECK(is_stop_word("the"));
  CHECK(is_stop_word("which"));
  CHECK_FALSE(is_stop_word("attention"));
}
