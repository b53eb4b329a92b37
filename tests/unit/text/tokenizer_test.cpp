// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "forms.hpp"
#include "support/catch.hpp"

using namespace digest::text;
using digest::test::forms_of;

namespace {

struct Case {
  const char* text;
  const char* forms;
};

void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(forms_of(c.text) == c.forms);
  }
}

}  // namespace

TEST_CASE("plain words are folded to small letters", "[text]") {
  check({{"", ""},
         {" \t\n", ""},
         {"Attention Is All You Need.", "attention is all you need"},
         {"(GANs), [VAE]; \"x\"!", "gans vae x"},
         {"one\ntwo\rthree\x01"
          "four",
          "one two three four"}});
}

TEST_CASE("names of the field are one unit each", "[text]") {
  check({{"C++ C# F# .net .NET 3D I2D2 AdaNPC", "c++ c# f# .net .net 3d i2d2 adanpc"},
         {"PointNet++ and C\\#; ASP.NET", "pointnet++ and c# asp .net"},
         {"C++17", "c++ 17"},
         {"issue #3, item# 4, a++b", "issue 3 item 4 a b"},
         {"example.net planet.Net", "example net planet net"},
         {"R^3 r3", "+r3 r 3 r3"},
         {"$R^{3}$", "+r3 r 3"},
         {"P@10 pass@k R&D Q&A log_likelihood",
          "+p10 p 10 +passk pass k +rd r d +qa q a +loglikelihood log likelihood"}});
}

TEST_CASE("numbers keep their points", "[text]") {
  check({{"0.05 GPT-3.5 v1.2.3", "0.05 +gpt3.5 gpt 3.5 v1.2.3"},
         {"arXiv:2405.15071v2.", "arxiv 2405.15071v2"},
         {"in 2024. Then 3.", "in 2024 then 3"},
         {"1,000 20\\% ~3%", "1 000 20 3"}});
}

TEST_CASE("compounds are their parts and the joined word", "[text]") {
  check({{"fine-tuning", "+finetuning fine tuning"},
         {"GPT-4V In-BoXBART k-means", "+gpt4v gpt 4v +inboxbart in boxbart +kmeans k means"},
         {"state-of-the-art", "+stateoftheart state of the art"},
         {"a-b-c-d-e-f", "+abcdef a b c d e f"},
         {"a-b-c-d-e-f-g", "a b c d e f g"},
         {"encoder\u2010decoder non\u2011linear Cauchy\u2013Schwarz",
          "+encoderdecoder encoder decoder +nonlinear non linear +cauchyschwarz cauchy schwarz"},
         {"word \u2013 word, word\u2014word, word--word, (CG)-the", "word word word word word word cg the"},
         {"pre- and post-training -5 -- x", "pre and +posttraining post training 5 x"},
         {"and/or TCP/IP", "and or tcp ip"}});
}

TEST_CASE("a joined token spans its words and stands before them", "[text]") {
  TokenStream stream;
  tokenize("on GPT-4V-turbo now", stream);
  REQUIRE(stream.tokens.size() == 6);
  const Token& joined = stream.tokens[1];
  CHECK(joined.kind == TokenKind::joined);
  CHECK(joined.parts == 3);
  CHECK(joined.position == 1);
  CHECK(joined.begin == 3);
  CHECK(joined.end == 15);
  CHECK(stream.tokens[2].position == 1);
  CHECK(stream.tokens[5].position == 4);
  CHECK(stream.length == 5);
}

TEST_CASE("text that lost a blank or a bracket splits where words meet", "[text]") {
  check({{"methods.Our", "methods our"},
         {"Only-IF:Revealing", "+onlyif only if revealing"},
         {"GPT-4V(ision) P(IK)", "+gpt4v gpt 4v ision p ik"},
         {"Super(ficial)-alignment", "super ficial alignment"},
         {"child-play{ChildPlay Repository}", "+childplay child play childplay repository"}});
}

TEST_CASE("apostrophes are nothing inside words, possessives are dropped", "[text]") {
  check({{"don't don\u2019t dont", "dont dont dont"},
         {"LLM's models' Newton\u2019s O'Brien", "llm models newton obrien"},
         {"''Grokking tickets'' `relevance' ``gap''", "grokking tickets relevance gap"},
         {"\"unlearn'', it's 's", "unlearn it s"}});
}

TEST_CASE("accents are folded, whichever way they are written", "[text]") {
  check({{"na\u00EFve nai\u0308ve Erd\u0151s \u00C5ngstr\u00F6m", "naive naive erdos angstrom"},
         {"Stra\u00DFe S\u00F8rensen \u0141ukasiewicz \u00C6ther", "strasse sorensen lukasiewicz aether"},
         {"\uFB01ne \U0001D4AA(n) L\u00B2 H\u2082O \uFF21\uFF22", "fine o n l2 h2o ab"},
         {"hy\u00ADphen zero\u200Dwidth", "hyphen zerowidth"},
         {"\u03B1 \u03B2-catenin \u00B5m", "alpha +betacatenin beta catenin \u03BCm"},
         {"\u0394\u03AF\u03BA\u03C4\u03C5\u03BF \u041C\u043E\u0434\u0435\u043B\u044C",
          "\u03B4\u03B9\u03BA\u03C4\u03C5\u03BF \u043C\u043E\u0434\u0435\u043B\u044C"}});
}

TEST_CASE("Han and kana are words of one character, runs are compounds", "[text]") {
  check({{"\u673A\u5668\u5B66\u4E60", "+\u673A\u5668\u5B66\u4E60 \u673A \u5668 \u5B66 \u4E60"},
         {"\u6DF1\u5EA6learning", "+\u6DF1\u5EA6 \u6DF1 \u5EA6 learning"},
         {"\u30AC", "\u30AC"},
         {"\u30AB\u3099", "\u30AC"},
         {"\uFF76\uFF9E", "\u30AC"},
         {"\uD55C\uAD6D\uC5B4", "\uD55C\uAD6D\uC5B4"},
         {"\u1112\u1161\u11AB", "\uD55C"}});
}

TEST_CASE("a word has at most 255 bytes, cut between characters", "[text]") {
  const std::string ascii(1000, 'x');
  CHECK(forms_of(ascii) == std::string(kMaxFormBytes, 'x'));
  std::string greek;
  for (int i = 0; i < 300; ++i) greek += "\u03B1";
  std::string cut;
  for (std::size_t i = 0; i < kMaxFormBytes / 2; ++i) cut += "\u03B1";
  CHECK(forms_of(greek) == cut);
  TokenStream stream;
  tokenize(ascii + "-" + ascii, stream);
  CHECK(stream.tokens.size() == 2);  // no joined form of that length
  CHECK(stream.tokens[1].end == 2001);
}

TEST_CASE("analyze writes the terms out", "[text]") {
  const auto terms = analyze("Fine-tuning models");
  REQUIRE(terms.size() == 4);
  CHECK(terms[0].form == "finetuning");
  CHECK(terms[0].term == stem_class("finetuning"));
  CHECK(terms[0].kind == TokenKind::joined);
  CHECK(terms[3].term == "model");
  CHECK(terms[3].position == 2);
  CHECK(terms[3].begin == 12);
  CHECK(terms[3].end == 18);
}
