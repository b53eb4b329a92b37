// SPDX-License-Identifier: MIT
#include "search/feedback.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace digest::search {
namespace {

// Beyond this many remembered forms the memory is given back: a long-lived process sees all the words there
// are.
constexpr std::size_t kMaxRemembered = 1U << 17;

double idf_of(double papers, double df) {
  return std::log(1 + (papers - df + 0.5) / (df + 0.5));
}

struct Candidate {
  std::uint32_t term = 0;
  double probability = 0;
};

// Heaviest first; equal weights by name, so that the choice never depends on the order of anything.
bool is_heavier(const ExpansionTerm& a, const ExpansionTerm& b) {
  return a.weight != b.weight ? a.weight > b.weight : a.term < b.term;
}

}  // namespace

double expansion_weight(std::size_t words, const FeedbackWeights& weights) {
  const double query = weights.query_share + weights.query_share_word * static_cast<double>(words);
  return query >= 1 || query <= 0 ? 0.0 : (1 - query) / query;
}

void FeedbackModel::clear() {
  mentions_.clear();
  scores_.clear();
  lengths_.clear();
  if (forms_.size() > kMaxRemembered) {
    forms_.clear();
    numbers_.clear();
    names_.clear();
  }
}

std::uint32_t FeedbackModel::term_of(std::string_view form) {
  if (const auto known = forms_.find(form); known != forms_.end()) return known->second;
  const auto [entry, is_new] =
      numbers_.try_emplace(text::stem_class(form), static_cast<std::uint32_t>(names_.size()));
  if (is_new) names_.push_back(&entry->first);
  forms_.emplace(std::string(form), entry->second);
  return entry->second;
}

void FeedbackModel::count(std::string_view text, std::uint32_t paper, double& length) {
  text::tokenize(text, tokens_);
  length += tokens_.length;
  for (const text::Token& token : tokens_.tokens) {
    const std::string_view form = tokens_.form(token);
    if (!text::is_stop_word(form)) mentions_.push_back({term_of(form), paper});
  }
}

void FeedbackModel::add(std::string_view title, std::string_view abstract, double score) {
  if (scores_.size() >= weights_.papers || !(score > 0)) return;
  const auto paper = static_cast<std::uint32_t>(scores_.size());
  double length = 0;
  count(title, paper, length);
  count(abstract, paper, length);
  scores_.push_back(score);
  lengths_.push_back(length);
}

std::vector<ExpansionTerm> FeedbackModel::terms(std::uint64_t papers, const DocumentFrequency& df) const {
  if (scores_.empty() || weights_.terms == 0) return {};
  std::vector<double> shares;
  double total = 0;
  for (const double score : scores_) {
    shares.push_back(std::pow(score / scores_.front(), weights_.sharpness));
    total += shares.back();
  }
  for (std::size_t i = 0; i < shares.size(); ++i) shares[i] /= total * (lengths_[i] + weights_.smoothing);

  std::vector<Mention> mentions = mentions_;
  std::sort(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) {
    return a.term != b.term ? a.term < b.term : a.paper < b.paper;
  });
  std::vector<Candidate> candidates;
  for (const Mention& mention : mentions) {
    if (candidates.empty() || candidates.back().term != mention.term) candidates.push_back({mention.term, 0});
    candidates.back().probability += shares[mention.paper];
  }
  std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
    return a.probability != b.probability ? a.probability > b.probability : *names_[a.term] < *names_[b.term];
  });

  const auto count = static_cast<double>(papers);
  const double highest_idf = idf_of(count, 1);
  std::vector<ExpansionTerm> best;  // sorted, heaviest first
  for (const Candidate& candidate : candidates) {
    if (best.size() == weights_.terms && candidate.probability * highest_idf < best.back().weight) break;
    const std::string& name = *names_[candidate.term];
    const std::uint64_t frequency = df(name);
    if (frequency == 0 || static_cast<double>(frequency) > weights_.max_share * count) continue;
    const double idf = idf_of(count, static_cast<double>(frequency));
    ExpansionTerm term{name, candidate.probability * idf, frequency, idf};
    if (best.size() == weights_.terms && !is_heavier(term, best.back())) continue;
    best.insert(std::upper_bound(best.begin(), best.end(), term, is_heavier), std::move(term));
    if (best.size() > weights_.terms) best.pop_back();
  }
  double sum = 0;
  for (const ExpansionTerm& term : best) sum += term.weight;
  for (ExpansionTerm& term : best) term.weight /= sum;
  return best;
}

Expansion::Expansion(const AutoWeights& weights, const CollectionFacts& facts,
                     std::vector<ExpansionTerm> terms, double query_boosts, std::size_t query_words,
                     const FeedbackWeights& feedback)
    : weights_(weights),
      facts_(facts),
      terms_(std::move(terms)),
      scale_(query_boosts * expansion_weight(query_words, feedback)) {}

double Expansion::contribution(std::size_t term, const ExpansionCount& count,
                               const PaperLengths& lengths) const {
  // A title weight below 1 is the user's to ask for, not a reason to count less than nothing.
  const double tf = std::max(0.0, weights_.title_weight) * count.tf_title + count.tf_abstract;
  if (!(tf > 0)) return 0;
  const double length = static_cast<double>(lengths.title) + lengths.abstract;
  const double k = weights_.k1 * length_norm(length, facts_.average_length, weights_.b);
  const ExpansionTerm& chosen = terms_[term];
  return scale_ * chosen.weight * chosen.idf * tf / (tf + k);
}

}  // namespace digest::search
