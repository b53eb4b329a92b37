// SPDX-License-Identifier: MIT
#include "search/feedback.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/hash.hpp"

namespace digest::search {
namespace {

// Beyond this many remembered forms the memory is given back: a long-lived process sees all the words there
// are.
constexpr std::size_t kMaxRemembered = 1U << 17;

// Forms of one term add up, so the search goes on below what a form by itself would need. At .5 instead of .8, a fifth
// of the time of a query goes for .001 of nDCG@10.
constexpr double kStopAt = 0.8;

// And never more than this: what stands once in one paper is looked up for nothing (with 40 the mean is .001 lower, with
// 160 the same).
constexpr std::size_t kMostLookedUp = 80;

double idf_of(double papers, double df) {
  return std::log(1 + (papers - df + 0.5) / (df + 0.5));
}

// Equal weights by name, so that the choice never depends on what was asked before.
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
  if (forms_.size() > kMaxRemembered) *this = FeedbackModel(weights_);
}

void FeedbackModel::grow() {
  slots_.assign(std::max<std::size_t>(1024, slots_.size() * 2), 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t i = 0; i < forms_.size(); ++i) {
    std::size_t slot = forms_[i].hash & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = i + 1;
  }
}

std::uint32_t FeedbackModel::form_number(std::string_view form) {
  if (forms_.size() * 2 >= slots_.size()) grow();
  const std::uint64_t hash = hash64(form);
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const Form& known = forms_[slots_[slot] - 1];
    if (known.hash == hash && std::string_view(letters_).substr(known.begin, known.length) == form) {
      return slots_[slot] - 1;
    }
  }
  Form added;
  added.hash = hash;
  added.begin = static_cast<std::uint32_t>(letters_.size());
  added.length = static_cast<std::uint16_t>(form.size());
  added.stop_word = text::is_stop_word(form);
  letters_ += form;
  forms_.push_back(added);
  slots_[slot] = static_cast<std::uint32_t>(forms_.size());
  return static_cast<std::uint32_t>(forms_.size() - 1);
}

void FeedbackModel::count(std::string_view text, std::uint32_t paper, double& length) {
  text::tokenize(text, tokens_);
  length += tokens_.length;
  for (const text::Token& token : tokens_.tokens) {
    const std::uint32_t form = form_number(tokens_.form(token));
    if (!forms_[form].stop_word) mentions_.push_back({form, paper});
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

// The probability of each form: the sum over papers of the paper's share times tf / (length + smoothing). Among equals
// long words come first: they are the rarer ones.
void FeedbackModel::sum_forms() {
  std::vector<double> shares;
  double total = 0;
  for (const double score : scores_) {
    shares.push_back(std::pow(score / scores_.front(), weights_.sharpness));
    total += shares.back();
  }
  for (std::size_t i = 0; i < shares.size(); ++i) shares[i] /= total * (lengths_[i] + weights_.smoothing);
  for (const std::uint32_t form : seen_) forms_[form].probability = 0;
  seen_.clear();
  for (const Mention& mention : mentions_) {
    Form& form = forms_[mention.form];
    if (form.probability == 0) seen_.push_back(mention.form);
    form.probability += shares[mention.paper];
  }
  std::sort(seen_.begin(), seen_.end(), [this](std::uint32_t a, std::uint32_t b) {
    const Form &x = forms_[a], &y = forms_[b];
    if (x.probability != y.probability) return x.probability > y.probability;
    return x.length != y.length ? x.length > y.length : x.hash < y.hash;
  });
  for (; seen_.size() > kMostLookedUp; seen_.pop_back()) forms_[seen_.back()].probability = 0;
}

std::uint32_t FeedbackModel::term_of(Form& form, std::uint64_t papers, const DocumentFrequency& df) {
  if (form.term != kNotYet) return form.term;
  std::string name = text::stem_class(std::string_view(letters_).substr(form.begin, form.length));
  const auto [entry, is_new] = term_numbers_.try_emplace(name, static_cast<std::uint32_t>(terms_.size()));
  if (is_new) {
    const std::uint64_t frequency = df(name);
    const auto in = static_cast<double>(frequency);
    const auto of = static_cast<double>(papers);
    const bool says_something = frequency > 0 && in <= weights_.max_share * of;
    terms_.push_back({std::move(name), frequency, says_something ? idf_of(of, in) : 0.0, 0.0});
  }
  form.term = entry->second;
  return form.term;
}

std::vector<ExpansionTerm> FeedbackModel::terms(std::uint64_t papers, const DocumentFrequency& df) {
  if (scores_.empty() || weights_.terms == 0) return {};
  sum_forms();
  const double highest_idf = idf_of(static_cast<double>(papers), 1);
  std::vector<std::uint32_t> found;
  std::vector<double> weights;
  double enough = 0;  // the least weight that is still among the wanted
  for (const std::uint32_t number : seen_) {
    Form& form = forms_[number];
    if (form.probability * highest_idf < kStopAt * enough) break;
    const std::uint32_t at = term_of(form, papers, df);
    Term& term = terms_[at];
    if (term.idf == 0) continue;
    const bool is_new = term.probability == 0;
    term.probability += form.probability;
    if (!is_new) continue;
    found.push_back(at);
    if (found.size() % weights_.terms != 0) continue;
    weights.clear();
    for (const std::uint32_t one : found) weights.push_back(terms_[one].probability * terms_[one].idf);
    const auto last = weights.begin() + static_cast<std::ptrdiff_t>(weights_.terms) - 1;
    std::nth_element(weights.begin(), last, weights.end(), std::greater<>());
    enough = *last;
  }
  std::vector<ExpansionTerm> best;
  for (const std::uint32_t number : found) {
    Term& term = terms_[number];
    best.push_back({term.name, std::exchange(term.probability, 0) * term.idf, term.df, term.idf});
  }
  std::sort(best.begin(), best.end(), is_heavier);
  if (best.size() > weights_.terms) best.resize(weights_.terms);
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
