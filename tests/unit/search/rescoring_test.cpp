// SPDX-License-Identifier: MIT
#include "search/rescoring.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "support/catch.hpp"

using namespace digest::search;

namespace {

constexpr std::uint32_t kGap = 16;

// A paper made of positions: which word of the query stands where, and whether as it was typed.
struct RandomPaper {
  PaperLengths lengths;
  std::vector<std::vector<Occurrence>> occurrences;
  std::vector<WordInPaper> words;
};

RandomPaper random_paper(std::mt19937& random, std::size_t words) {
  RandomPaper paper;
  paper.lengths = {static_cast<std::uint32_t>(random() % 15), static_cast<std::uint32_t>(random() % 60)};
  paper.occurrences.resize(words);
  paper.words.resize(words);
  const auto place = [&](std::uint32_t position, bool title) {
    const std::size_t word = random() % (words * 3);
    if (word >= words) return;
    paper.occurrences[word].push_back({position, random() % 2 == 0});
    ++(title ? paper.words[word].tf_title : paper.words[word].tf_abstract);
  };
  for (std::uint32_t i = 0; i < paper.lengths.title; ++i) place(i, true);
  for (std::uint32_t i = 0; i < paper.lengths.abstract; ++i) place(paper.lengths.title + kGap + i, false);
  for (std::size_t i = 0; i < words; ++i) paper.words[i].occurrences = paper.occurrences[i];
  return paper;
}

std::vector<QueryWord> random_words(std::mt19937& random, std::size_t count) {
  std::vector<QueryWord> words(count);
  for (QueryWord& word : words) {
    word.idf = static_cast<double>(random() % 1000) / 100;
    word.boost = static_cast<double>(random() % 300) / 100;
  }
  return words;
}

double naive_closeness(const std::vector<Occurrence>& a, const std::vector<Occurrence>& b, double window) {
  double sum = 0;
  for (const Occurrence& x : a) {
    for (const Occurrence& y : b) {
      const double distance = std::abs(static_cast<double>(x.position) - static_cast<double>(y.position));
      if (distance > 0 && distance <= window) sum += 1 / (distance * distance);
    }
  }
  return sum;
}

const CollectionFacts kFacts{1000, 40, 8, 32};

}  // namespace

TEST_CASE("adjustments are never negative, whatever the paper and the parameters") {
  std::mt19937 random(11);
  for (int round = 0; round < 2000; ++round) {
    const std::size_t count = 1 + random() % 6;
    AutoWeights weights;
    weights.title_weight = static_cast<double>(random() % 80) / 10;
    weights.k1 = static_cast<double>(random() % 30) / 10;
    weights.b = static_cast<double>(random() % 11) / 10;
    std::vector<std::uint32_t> sequence;
    for (std::size_t i = 0; i < count + 2; ++i)
      sequence.push_back(static_cast<std::uint32_t>(random() % count));
    const CollectionFacts facts = round % 50 == 0 ? CollectionFacts{} : kFacts;
    const Rescorer rescorer(weights, facts, random_words(random, count), sequence);
    const RandomPaper paper = random_paper(random, count);
    const PositionalAdjustments got = rescorer.rescore(paper.lengths, paper.words);
    CHECK(got.title >= 0);
    CHECK(got.as_written >= 0);
    CHECK(got.proximity >= 0);
    CHECK(std::isfinite(got.total()));
  }
}

TEST_CASE("closeness agrees with its definition") {
  std::mt19937 random(5);
  for (int round = 0; round < 500; ++round) {
    const RandomPaper paper = random_paper(random, 2);
    for (const std::uint32_t window : {1U, 4U, 8U, 100U}) {
      const double expected = naive_closeness(paper.occurrences[0], paper.occurrences[1], window);
      CHECK(closeness(paper.occurrences[0], paper.occurrences[1], window) == Approx(expected).margin(1e-12));
      CHECK(closeness(paper.occurrences[1], paper.occurrences[0], window) == Approx(expected).margin(1e-12));
    }
  }
}

TEST_CASE("the last word of a title and the first of an abstract are not close") {
  const std::vector<Occurrence> title = {{4, true}}, abstract = {{5 + kGap, true}};
  CHECK(closeness(title, abstract, AutoWeights().window) == 0);
}

TEST_CASE("a word in the title is worth more than the same word in the abstract") {
  const std::vector<std::uint32_t> sequence = {0};
  const Rescorer rescorer({}, kFacts, {{5.0, 1.0}}, sequence);
  const std::vector<WordInPaper> in_title = {{1, 0, {}}}, in_abstract = {{0, 1, {}}};
  CHECK(rescorer.rescore({8, 32}, in_title).title > rescorer.rescore({8, 32}, in_abstract).title);
  CHECK(rescorer.rescore({8, 32}, in_title).title > 0);
  CHECK(rescorer.rescore({8, 32}, in_abstract).title == Approx(0).margin(1e-12));
}

TEST_CASE("words as written, and words side by side, rank above their kin and above words apart") {
  const std::vector<std::uint32_t> sequence = {0, 1};
  const Rescorer rescorer({}, kFacts, {{5.0, 1.0}, {5.0, 1.0}}, sequence);
  const std::vector<Occurrence> written = {{30, true}}, kin = {{30, false}}, near = {{31, false}},
                                far = {{50, false}};
  const auto score = [&](std::span<const Occurrence> a, std::span<const Occurrence> b) {
    const std::vector<WordInPaper> words = {{0, 1, a}, {0, 1, b}};
    return rescorer.rescore({8, 32}, words).total();
  };
  CHECK(score(written, near) > score(kin, near));
  CHECK(score(kin, near) > score(kin, far));
}

TEST_CASE("pairs are neighbours in the query, each once, a word never with itself") {
  const std::vector<std::uint32_t> sequence = {0, 1, 0, 0, 2, 1};
  const Rescorer rescorer({}, kFacts, std::vector<QueryWord>(3), sequence);
  using Pair = std::pair<std::uint32_t, std::uint32_t>;
  CHECK(rescorer.pairs() == std::vector<Pair>{{0, 1}, {0, 2}, {1, 2}});
}

TEST_CASE("a word repeated in the query counts more, but ever less") {
  CHECK(repeated_word_boost(1) == Approx(1));
  CHECK(repeated_word_boost(2) == Approx(1.5));
  CHECK(repeated_word_boost(1000) < 3);
}

TEST_CASE("an explanation names what was added and leaves out what was not") {
  const auto got = explain_adjustments({0.5, 0, 0.25}, 0.125);
  REQUIRE(got.size() == 3);
  CHECK(got[0].name == "title");
  CHECK(got[1].name == "proximity");
  CHECK(got[2].name == "feedback");
  CHECK(got[2].contribution == 0.125);
}
