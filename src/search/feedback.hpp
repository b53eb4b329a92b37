// SPDX-License-Identifier: MIT
// Pseudo-relevance feedback for `--ranker auto`: the best papers of a first pass are taken for relevant, and
// the words that mark them add to the score of the other candidates. A relevance model (Lavrenko and Croft
// 2001; Abdul-Jaleel et al. 2004, RM3) whose papers count by a power of their score, so that one clear answer
// is not diluted by the nine behind it. Invariant: weights are >= 0 and sum to 1 (or there are none). Sources
// and measurements: RANKING.md. A FeedbackModel is used by one thread at a time; the functions by any.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/rescoring.hpp"
#include "text/analyzer.hpp"

namespace digest::search {

struct FeedbackWeights {
  std::size_t papers = 5;          // taken for relevant
  std::size_t terms = 25;          // added to the query
  double sharpness = 5;            // a paper counts as (its score / the best score)^sharpness
  double smoothing = 100;          // added to a paper's length, so that short papers do not shout
  double max_share = 0.2;          // terms in more of the papers say nothing
  double query_share = 0.3;        // the query's own weight: this, and
  double query_share_word = 0.02;  // so much for each of its words; at 1 there is no expansion
};

// How much the expansion may weigh beside a query of `words` different scored words: (1 - q) / q with q the
// query's own weight; 0 from 35 words on.
[[nodiscard]] double expansion_weight(std::size_t words, const FeedbackWeights& weights = {});

struct ExpansionTerm {
  std::string term;
  double weight = 0;  // share of this term in the expansion
  std::uint64_t df = 0;
  double idf = 0;
};

using DocumentFrequency = std::function<std::uint64_t(std::string_view term)>;

// Kept from query to query: its memory is reused, and it remembers the terms of forms it has seen.
class FeedbackModel {
 public:
  explicit FeedbackModel(const FeedbackWeights& weights = {}) : weights_(weights) {}

  void clear();
  // `score`: of the first pass, best paper first. Papers beyond the number wanted are ignored.
  void add(std::string_view title, std::string_view abstract, double score);

  // The terms with the most weight. `df` is asked only for terms that can still be among them.
  [[nodiscard]] std::vector<ExpansionTerm> terms(std::uint64_t papers, const DocumentFrequency& df) const;

 private:
  struct Mention {
    std::uint32_t term;
    std::uint32_t paper;
  };
  std::uint32_t term_of(std::string_view form);
  void count(std::string_view text, std::uint32_t paper, double& length);

  struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Numbers = std::unordered_map<std::string, std::uint32_t, StringHash, std::equal_to<>>;

  FeedbackWeights weights_;
  Numbers forms_, numbers_;                // form -> term number, term -> term number; kept between queries
  std::vector<const std::string*> names_;  // of term numbers: keys of numbers_, which do not move
  std::vector<Mention> mentions_;
  std::vector<double> scores_, lengths_;
  text::TokenStream tokens_;
};

// What the expansion adds to a candidate: boosts * share * sum of weight * idf * tf / (tf + k), tf with the
// title's occurrences weighted. `query_boosts`: sum of the boosts of the scored query words.
struct ExpansionCount {
  std::uint32_t tf_title = 0, tf_abstract = 0;
};
class Expansion {
 public:
  Expansion(const AutoWeights& weights, const CollectionFacts& facts, std::vector<ExpansionTerm> terms,
            double query_boosts, std::size_t query_words, const FeedbackWeights& feedback = {});
  [[nodiscard]] bool empty() const { return terms_.empty() || scale_ == 0; }
  [[nodiscard]] const std::vector<ExpansionTerm>& terms() const { return terms_; }
  // What one term adds to one paper: candidates can be gone through term by term, in the order of terms().
  [[nodiscard]] double contribution(std::size_t term, const ExpansionCount& count,
                                    const PaperLengths& lengths) const;

 private:
  AutoWeights weights_;
  CollectionFacts facts_;
  std::vector<ExpansionTerm> terms_;
  double scale_ = 0;
};

}  // namespace digest::search
