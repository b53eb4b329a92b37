// SPDX-License-Identifier: MIT
// The second stage of `--ranker auto`: what do the fields and positions of one candidate add to its BM25
// score? Invariant: no adjustment is ever negative, so papers that are not rescored keep their order and
// place. Pure functions of their input: no posting, no index. Formulas, sources and measurements: RANKING.md.
// Any thread.
#pragma once
#include <digest/search.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace digest::search {

// One set for all collections (RANKING.md says what chose it).
struct AutoWeights {
  double k1 = 1.5;
  double b = 0.75;
  double title_weight = 4.0;  // an occurrence in the title counts as so many in the abstract
  double as_written = 0.1;    // share of a word's score that its form as typed adds
  double proximity =
      0.5;  // share of the idf of a pair of neighbouring query words that closeness adds, at most
  std::uint32_t window = 8;    // farther apart than this, two words are not close
  double repetition = 2.0;     // k3: how soon a word said again in the query stops counting
  std::size_t rescored = 50;   // the second stage sees so many of the best
};

// What a word is worth that stands `count` times in the query (BM25's k3 factor): 1 for one, at most k3 + 1.
[[nodiscard]] double repeated_word_boost(double count, const AutoWeights& weights = {});

struct CollectionFacts {
  double papers = 0;            // living
  double average_length = 0;    // words of title and abstract
  double average_title = 0;     // words
  double average_abstract = 0;  // words, papers without one included
};

// Unsaturated part of BM25: 1 - b + b * length / average (1 where nothing is known of the average).
[[nodiscard]] double length_norm(double length, double average, double b);

struct QueryWord {
  double idf = 0;
  double boost = 1;  // includes repetition
};

struct Occurrence {
  std::uint32_t position = 0;  // title first, then a gap, then the abstract
  bool as_written = false;
};
struct WordInPaper {
  std::uint32_t tf_title = 0, tf_abstract = 0;
  std::span<const Occurrence>
      occurrences;  // by position; empty: positions are not known, nothing is added for them
};
struct PaperLengths {
  std::uint32_t title = 0, abstract = 0;
};

struct PositionalAdjustments {
  double title = 0, as_written = 0, proximity = 0;
  [[nodiscard]] double total() const { return title + as_written + proximity; }
};

class Rescorer {
 public:
  // `sequence`: the scored words in the order of the query, as indices into `words`, repeated words repeated.
  Rescorer(const AutoWeights& weights, const CollectionFacts& facts, std::vector<QueryWord> words,
           std::span<const std::uint32_t> sequence);

  // `paper`: one entry a query word, same order.
  [[nodiscard]] PositionalAdjustments rescore(const PaperLengths& lengths,
                                              std::span<const WordInPaper> paper) const;

  // Neighbours in the query, each pair once.
  [[nodiscard]] const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs() const { return pairs_; }

 private:
  [[nodiscard]] double title_bonus(const PaperLengths& lengths, const QueryWord& word,
                                   const WordInPaper& here, double saturated) const;
  AutoWeights weights_;
  CollectionFacts facts_;
  std::vector<QueryWord> words_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;
};

// Sum over the occurrences of two words, each within `window` of the other, of 1 / distance^2.
[[nodiscard]] double closeness(std::span<const Occurrence> first, std::span<const Occurrence> second,
                               std::uint32_t window);

// For --explain; those that are zero are left out.
[[nodiscard]] std::vector<Adjustment> explain_adjustments(const PositionalAdjustments& positional,
                                                          double feedback);

}  // namespace digest::search
