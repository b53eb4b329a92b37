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

// Kept from query to query, for one snapshot: its memory is reused, and it remembers the terms of the forms
// it has looked at, and their document frequencies.
class FeedbackModel {
 public:
  explicit FeedbackModel(const FeedbackWeights& weights = {}) : weights_(weights) {}

  void clear();
  // `score`: of the first pass, best paper first. Papers beyond the number wanted are ignored.
  void add(std::string_view title, std::string_view abstract, double score);

  // The terms with the most weight, heaviest first. Forms are looked at in the order of their probability,
  // and no further once none can be among the terms by itself; what the rest would add to terms already found
  // is left out.
  std::vector<ExpansionTerm> terms(std::uint64_t papers, const DocumentFrequency& df);

 private:
  static constexpr std::uint32_t kNotYet = 0xFFFFFFFF;
  struct Form {
    std::uint64_t hash = 0;
    std::uint32_t begin = 0;  // into letters_
    std::uint16_t length = 0;
    bool stop_word = false;
    std::uint32_t term = kNotYet;
    double probability = 0;  // in this query
  };
  struct Term {
    std::string name;
    std::uint64_t df = 0;
    double idf = 0;          // 0 if it is in no paper, or in too many
    double probability = 0;  // in this query
  };
  struct Mention {
    std::uint32_t form = 0;
    std::uint32_t paper = 0;
  };

  std::uint32_t form_number(std::string_view form);
  void grow();
  void count(std::string_view text, std::uint32_t paper, double& length);
  void sum_forms();
  std::uint32_t term_of(Form& form, std::uint64_t papers, const DocumentFrequency& df);

  FeedbackWeights weights_;
  // Kept between queries.
  std::vector<Form> forms_;
  std::string letters_;
  std::vector<std::uint32_t> slots_;  // open addressing: 1 + number of a form, 0 where empty
  std::vector<Term> terms_;
  std::unordered_map<std::string, std::uint32_t> term_numbers_;
  // Of one query.
  std::vector<Mention> mentions_;
  std::vector<std::uint32_t> seen_;  // forms, each once
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
