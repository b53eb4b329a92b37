// SPDX-License-Identifier: MIT
#include "query/expansion.hpp"

#include <random>
#include <string>
#include <vector>

#include "base/utf8.hpp"
#include "fake_vocabulary.hpp"
#include "query/edit_distance.hpp"
#include "support/catch.hpp"

using namespace digest::query;
using namespace digest::query::test;

namespace {

// Few letters, so that near words are many; some of them of two and three bytes.
std::string random_word(std::mt19937& random, std::size_t longest) {
  static const std::vector<std::string> kLetters{"a", "b", "c", "d", "\xCF\x83", "\xD0\xB6", "\xE3\x81\x82"};
  std::string word;
  for (std::size_t i = 1 + random() % longest; i > 0; --i) word += kLetters[random() % kLetters.size()];
  return word;
}

std::vector<std::string> forms_of(const Expansion& expansion) {
  std::vector<std::string> forms;
  for (const ExpandedWord& word : expansion.words) forms.push_back(word.form);
  return forms;
}

}  // namespace

TEST_CASE("edit distance counts code points, and a swap of neighbours as one", "[query][expansion]") {
  const auto edits = [](std::string_view a, std::string_view b) {
    return edit_distance(code_points(a), code_points(b));
  };
  CHECK(edits("", "") == 0);
  CHECK(edits("grok", "") == 4);
  CHECK(edits("grok", "gork") == 1);
  CHECK(edits("grok", "grokk") == 1);
  CHECK(edits("speach", "speech") == 1);
  CHECK(edits("na\xC3\xAFve", "naive") == 1);
  CHECK(edits("ca", "abc") == 3);
}

TEST_CASE("fuzzy expansion is what comparing with every word gives", "[query][expansion]") {
  std::mt19937 random(20240);
  FakeVocabulary vocabulary;
  for (int i = 0; i < 3000; ++i) vocabulary.add(random_word(random, 7));
  for (int round = 0; round < 400; ++round) {
    const std::string word = random_word(random, 8);
    const auto distance = static_cast<std::uint32_t>(1 + round % 2);
    std::vector<std::string> expected;
    for (const std::string& form : vocabulary.all_forms()) {
      if (edit_distance(code_points(word), code_points(form)) <= distance) expected.push_back(form);
    }
    INFO(word << " within " << distance);
    std::vector<std::string> alike;
    for (const std::string& form : expected) {
      if (code_points(form)[0] == code_points(word)[0]) alike.push_back(form);
    }
    CHECK(forms_of(expand_fuzzy(word, distance, vocabulary, 100000, 1)) == alike);
    CHECK(forms_of(expand_fuzzy(word, distance, vocabulary, 100000)) == expected);
  }
}

TEST_CASE("fuzzy expansion does not look at every word", "[query][expansion]") {
  std::mt19937 random(7);
  FakeVocabulary vocabulary;
  std::string letters = "abcdefghijklmnopqrstuvwxyz";
  for (int i = 0; i < 20000; ++i) {
    std::string word;
    for (int j = 0; j < 9; ++j) word += letters[random() % letters.size()];
    vocabulary.add(word);
  }
  (void)expand_fuzzy("grokkingx", 1, vocabulary);
  CHECK(vocabulary.words_visited() < 2000);
}

TEST_CASE("the nearest words stay when there are too many", "[query][expansion]") {
  FakeVocabulary vocabulary{"word", "ward", "wart", "wort", "wort", "cord", "cold"};
  const Expansion two = expand_fuzzy("word", 2, vocabulary, 3);
  CHECK(two.cut);
  CHECK(forms_of(two) == std::vector<std::string>{"cord", "word", "wort"});
}

TEST_CASE("prefix expansion", "[query][expansion]") {
  const FakeVocabulary vocabulary{"alpha alphabet alps beta"};
  CHECK(forms_of(expand_prefix("alph", vocabulary)) == std::vector<std::string>{"alpha", "alphabet"});
  CHECK(expand_prefix("z", vocabulary).words.empty());
  const Expansion cut = expand_prefix("al", vocabulary, 2);
  CHECK(cut.cut);
  CHECK(cut.words.size() == 2);
}
