// SPDX-License-Identifier: MIT
#include "search/snippets.hpp"

#include <fstream>
#include <random>
#include <sstream>

#include "query/parser.hpp"
#include "support/catch.hpp"
#include "support/data.hpp"

using namespace digest;
using namespace digest::search;

namespace {

SnippetUnit term(const std::string& word, std::uint32_t group, double weight = 1) {
  SnippetUnit unit;
  unit.words.push_back({SnippetWord::Kind::term, text::stem_class(word), 0});
  unit.group = group;
  unit.weight = weight;
  return unit;
}

std::vector<SnippetUnit> units_of(const std::string& query) {
  return snippet_units(query::parse(query, {}).root, [](std::string_view) { return 1.0; });
}

std::string joined(const Snippet& snippet) {
  std::string out;
  for (const SnippetPart& part : snippet.parts) out += part.text;
  return out;
}

std::string marked(const Snippet& snippet) {
  std::string out;
  for (const SnippetPart& part : snippet.parts) out += part.match ? "[" + part.text + "]" : part.text;
  return out;
}

// The piece of the text that a snippet shows, its dots taken off.
std::string passage(const Snippet& snippet) {
  std::string out = joined(snippet);
  if (out.substr(0, 4) == "... ") out.erase(0, 4);
  if (out.size() >= 4 && out.substr(out.size() - 4) == " ...") out.erase(out.size() - 4);
  return out;
}

const std::string kTitle = "Grokking Tickets: Lottery Tickets Accelerate Grokking";
const std::string kAbstract =
    "Networks trained on small data first memorize it. Long after, they suddenly generalize. Grokking is one "
    "of "
    "the most surprising puzzles in neural network generalization: a network first reaches a memorization "
    "solution with perfect training accuracy, but with further training it reaches a generalized solution. "
    "We "
    "study (fine-tuned) lottery tickets here.";

}  // namespace

TEST_CASE("the title is whole, the words marked as they are written") {
  SnippetMaker maker(units_of("grok tickets"), 30);
  const auto got = maker.make(kTitle, kAbstract);
  REQUIRE(got.size() == 2);
  CHECK(got[0].field == "title");
  CHECK(marked(got[0]) == "[Grokking] [Tickets]: Lottery [Tickets] Accelerate [Grokking]");
  CHECK(got[1].field == "abstract");
}

TEST_CASE("the passage starts with its sentence and says where text was left out") {
  SnippetMaker maker(units_of("grokking puzzles"), 12);
  const auto got = maker.make("", kAbstract);
  REQUIRE(got.size() == 1);
  CHECK(marked(got[0]) ==
        "... [Grokking] is one of the most surprising [puzzles] in neural network generalization: ...");
}

TEST_CASE("the passage ends with a sentence if one ends near") {
  SnippetMaker maker(units_of("memorize"), 10);
  const auto got = maker.make("", kAbstract);
  CHECK(marked(got.back()) == "Networks trained on small data first [memorize] it. ...");
}

TEST_CASE("a passage that has two words of the query beats one that has the same word twice") {
  SnippetMaker maker({term("accuracy", 1), term("solution", 2), term("network", 3, 0.4)}, 8);
  const auto got = maker.make("", kAbstract);
  CHECK(marked(got.back()).find("[solution] with perfect training [accuracy]") != std::string::npos);
}

TEST_CASE("compounds and phrases are marked in one piece, words apart are not a phrase") {
  SnippetMaker compound(units_of("finetuned"), 30);
  CHECK(marked(compound.make("", kAbstract).back()).find("([fine-tuned])") != std::string::npos);
  SnippetMaker phrase(units_of("\"lottery tickets\""), 30);
  CHECK(marked(phrase.make(kTitle, "").front()) == "Grokking Tickets: [Lottery Tickets] Accelerate Grokking");
  SnippetMaker exact(units_of("\"ticket\""), 30);
  CHECK(exact.make(kTitle, "").empty());
}

TEST_CASE("prefixes and fields") {
  SnippetMaker prefix(units_of("gro*"), 30);
  CHECK(marked(prefix.make(kTitle, "").front()).substr(0, 10) == "[Grokking]");
  SnippetMaker field(units_of("abstract:grokking"), 30);
  const auto got = field.make(kTitle, kAbstract);
  REQUIRE(got.size() == 1);
  CHECK(got[0].field == "abstract");
}

TEST_CASE("stop words are marked only if nothing else was asked for") {
  SnippetMaker both(units_of("the grokking"), 30);
  CHECK(marked(both.make("the grokking", "").front()) == "the [grokking]");
  SnippetMaker only(units_of("the"), 30);
  CHECK(marked(only.make("the grokking", "").front()) == "[the] grokking");
}

TEST_CASE("what must not match is not marked") {
  SnippetMaker maker(units_of("lottery -grokking"), 30);
  CHECK(marked(maker.make(kTitle, "").front()) == "Grokking Tickets: [Lottery] Tickets Accelerate Grokking");
}

TEST_CASE("without a match the abstract begins at its beginning") {
  SnippetMaker maker(units_of("absent"), 5);
  const auto got = maker.make(kTitle, kAbstract);
  REQUIRE(got.size() == 1);
  CHECK(joined(got[0]) == "Networks trained on small data ...");
}

TEST_CASE("no words wanted, no text, no query: nothing breaks") {
  CHECK(SnippetMaker(units_of("grokking"), 0).make(kTitle, kAbstract).empty());
  CHECK(SnippetMaker(units_of("grokking"), 30).make("", " \n ").empty());
  CHECK(joined(SnippetMaker({}, 30).make("a", "b c").front()) == "b c");
  CHECK(joined(SnippetMaker(units_of("x"), 1).make("", "...").front()) == "...");
}

TEST_CASE("a query of hundreds of words keeps those that weigh most") {
  std::vector<SnippetUnit> units;
  for (std::uint32_t i = 0; i < 300; ++i) units.push_back(term("x" + std::to_string(i), i, i));
  SnippetMaker maker(units, 30);
  CHECK(marked(maker.make("x299 x0", "").front()) == "[x299] x0");
}

TEST_CASE("snippets of random texts are pieces of them, and no longer than asked") {
  std::mt19937 random(17);
  const std::vector<std::string> pieces = {"alpha", "beta-gamma", "Alphas",     "(beta)", "größe",
                                           "x.",    "end!",       "$y^2$",      "日本語", "\n\n",
                                           "--",    "Ø",          "\"quoted\"", "fine-",  "tuning,"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t i = 0; i < random() % 80; ++i) {
      text += pieces[random() % pieces.size()];
      if (random() % 8 != 0) text += ' ';
    }
    const std::size_t words = 1 + random() % 20;
    SnippetMaker maker(units_of("alpha beta \"beta gamma\" tuning fine-tuning g*"), words);
    for (const Snippet& snippet : maker.make(text, text)) {
      INFO(text);
      const std::string shown = passage(snippet);
      CHECK(text.find(shown) != std::string::npos);
      for (std::size_t i = 1; i < snippet.parts.size(); ++i) {
        CHECK(snippet.parts[i].match != snippet.parts[i - 1].match);
      }
      if (snippet.field == "title") continue;
      text::TokenStream tokens;
      text::tokenize(shown, tokens);
      CHECK(tokens.length <= words + 2);  // a cut inside markup may read it as words
    }
  }
}

TEST_CASE("the first letters that spare the stemmer lose no word of real papers") {
  DIGEST_NEEDS(path, "trending-digest.txt");
  std::ifstream file(path);
  std::stringstream bytes;
  bytes << file.rdbuf();
  text::TokenStream tokens;
  text::tokenize(bytes.str(), tokens);
  REQUIRE(tokens.length > 1000);
  for (const text::Token& token : tokens.tokens) {
    const std::string form(tokens.form(token));
    if (text::is_stop_word(form)) continue;
    SnippetUnit unit = term(form, 1);
    SnippetMaker maker({unit}, 30);
    INFO(form);
    CHECK_FALSE(maker.make(form, "").empty());
  }
}
