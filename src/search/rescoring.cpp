// SPDX-License-Identifier: MIT
#include "search/rescoring.hpp"

#include <algorithm>

namespace digest::search {

double repeated_word_boost(double count, const AutoWeights& weights) {
  return count * (weights.repetition + 1) / (count + weights.repetition);
}

double length_norm(double length, double average, double b) {
  return average > 0 ? 1 - b + b * length / average : 1.0;
}

double closeness(std::span<const Occurrence> first, std::span<const Occurrence> second,
                 std::uint32_t window) {
  double sum = 0, of_position = 0;
  std::size_t begin = 0;
  const Occurrence* before = nullptr;
  for (const Occurrence& here : first) {
    if (before != nullptr && before->position == here.position) {  // thousands at one place, in a damaged index
      sum += of_position;
      continue;
    }
    before = &here;
    of_position = 0;
    while (begin < second.size() && std::uint64_t{second[begin].position} + window < here.position) ++begin;
    for (std::size_t i = begin; i < second.size(); ++i) {
      const std::uint32_t there = second[i].position;
      if (there > here.position && there - here.position > window) break;
      // Two words of one position (a compound and its first part) are not a pair.
      if (there == here.position) continue;
      const double distance = there > here.position ? there - here.position : here.position - there;
      of_position += 1 / (distance * distance);
    }
    sum += of_position;
  }
  return sum;
}

Rescorer::Rescorer(const AutoWeights& weights, const CollectionFacts& facts, std::vector<QueryWord> words,
                   std::span<const std::uint32_t> sequence)
    : weights_(weights), facts_(facts), words_(std::move(words)) {
  for (std::size_t i = 1; i < sequence.size(); ++i) {
    const auto pair = std::minmax(sequence[i - 1], sequence[i]);
    if (pair.first != pair.second) pairs_.emplace_back(pair.first, pair.second);
  }
  std::sort(pairs_.begin(), pairs_.end());
  pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
}

// BM25F: each field is normalised by its own length, the weighted sum is saturated once. What it gives beyond
// the plain score is the bonus.
double Rescorer::title_bonus(const PaperLengths& lengths, const QueryWord& word, const WordInPaper& here,
                             double saturated) const {
  const double title = here.tf_title / length_norm(lengths.title, facts_.average_title, weights_.b);
  const double abstract =
      here.tf_abstract / length_norm(lengths.abstract, facts_.average_abstract, weights_.b);
  const double weighted = weights_.title_weight * title + abstract;
  const double sum = weighted + weights_.k1;
  if (!(sum > 0)) return 0;
  return word.boost * word.idf * std::max(0.0, weighted / sum - saturated);
}

PositionalAdjustments Rescorer::rescore(const PaperLengths& lengths,
                                        std::span<const WordInPaper> paper) const {
  PositionalAdjustments out;
  const double length = static_cast<double>(lengths.title) + lengths.abstract;
  const double k = weights_.k1 * length_norm(length, facts_.average_length, weights_.b);
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const QueryWord& word = words_[i];
    const WordInPaper& here = paper[i];
    const double tf = static_cast<double>(here.tf_title) + here.tf_abstract;
    if (tf == 0) continue;
    const double saturated = tf / (tf + k);
    out.title += title_bonus(lengths, word, here, saturated);
    if (here.occurrences.empty()) continue;
    const auto as_written = static_cast<double>(std::count_if(
        here.occurrences.begin(), here.occurrences.end(), [](const Occurrence& o) { return o.as_written; }));
    const double share = as_written / static_cast<double>(here.occurrences.size());
    out.as_written += weights_.as_written * share * word.boost * word.idf * saturated;
  }
  for (const auto& [first, second] : pairs_) {
    const double close = closeness(paper[first].occurrences, paper[second].occurrences, weights_.window);
    if (close == 0) continue;
    const double idf = (words_[first].idf + words_[second].idf) / 2;
    out.proximity += weights_.proximity * idf * close / (close + k);
  }
  return out;
}

std::vector<Adjustment> explain_adjustments(const PositionalAdjustments& positional, double feedback) {
  std::vector<Adjustment> out;
  const auto add = [&](const char* name, double contribution) {
    if (contribution > 0) out.push_back({name, contribution});
  };
  add("title", positional.title);
  add("as-written", positional.as_written);
  add("proximity", positional.proximity);
  add("feedback", feedback);
  return out;
}

}  // namespace digest::search
