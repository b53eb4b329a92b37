// SPDX-License-Identifier: MIT
#include "search/feedback.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "support/catch.hpp"

using namespace digest;
using namespace digest::search;

namespace {

constexpr std::uint64_t kPapers = 1000;

std::uint64_t frequency(std::string_view term) {
  return 1 + std::hash<std::string_view>()(term) % 300;
}

struct Given {
  std::string title, abstract;
  double score = 0;
};

// Words that no stemmer touches, so that the oracle needs none.
Given random_paper(std::mt19937& random, double score) {
  const auto text = [&](std::size_t words) {
    std::string out;
    for (std::size_t i = 0; i < words; ++i) out += "x" + std::to_string(random() % 60) + " ";
    return out;
  };
  return {text(1 + random() % 8), text(random() % 80), score};
}

// The definition, term by term, with every document frequency asked for.
std::map<std::string, double> naive_weights(const std::vector<Given>& papers,
                                            const FeedbackWeights& weights) {
  std::map<std::string, double> probability;
  double total = 0;
  const std::size_t used = std::min(papers.size(), weights.papers);
  for (std::size_t i = 0; i < used; ++i)
    total += std::pow(papers[i].score / papers[0].score, weights.sharpness);
  for (std::size_t i = 0; i < used; ++i) {
    text::TokenStream tokens;
    text::tokenize(papers[i].title + " " + papers[i].abstract, tokens);
    const double share = std::pow(papers[i].score / papers[0].score, weights.sharpness) / total;
    for (const text::Token& token : tokens.tokens) {
      probability[text::stem_class(tokens.form(token))] += share / (tokens.length + weights.smoothing);
    }
  }
  std::vector<std::pair<double, std::string>> sorted;
  for (const auto& [term, p] : probability) {
    const double df = static_cast<double>(frequency(term));
    if (df > weights.max_share * kPapers) continue;
    sorted.emplace_back(-p * std::log(1 + (kPapers - df + 0.5) / (df + 0.5)), term);
  }
  std::sort(sorted.begin(), sorted.end());
  if (sorted.size() > weights.terms) sorted.resize(weights.terms);
  double sum = 0;
  for (const auto& [weight, term] : sorted) sum -= weight;
  std::map<std::string, double> out;
  for (const auto& [weight, term] : sorted) out[term] = -weight / sum;
  return out;
}

}  // namespace

TEST_CASE("the chosen terms and weights are those of the definition") {
  std::mt19937 random(3);
  FeedbackModel model;
  for (int round = 0; round < 100; ++round) {
    std::vector<Given> papers;
    double score = 20;
    for (std::size_t i = 0; i < 1 + random() % 8; ++i) {
      papers.push_back(random_paper(random, score));
      score -= static_cast<double>(random() % 300) / 100;
    }
    model.clear();
    for (const Given& paper : papers) model.add(paper.title, paper.abstract, paper.score);
    const auto terms = model.terms(kPapers, frequency);
    const auto expected = naive_weights(papers, {});
    REQUIRE(terms.size() == expected.size());
    double sum = 0;
    for (const ExpansionTerm& term : terms) {
      REQUIRE(expected.count(term.term) == 1);
      CHECK(term.weight == Approx(expected.at(term.term)));
      CHECK(term.weight >= 0);
      CHECK(term.df == frequency(term.term));
      sum += term.weight;
    }
    CHECK(sum == Approx(1));
    CHECK(std::is_sorted(terms.begin(), terms.end(),
                         [](const auto& a, const auto& b) { return a.weight > b.weight; }));
  }
}

TEST_CASE("stop words and words that are everywhere say nothing about a topic") {
  FeedbackModel model;
  model.add("The grokking of networks", "the the the everywhere everywhere", 10);
  const auto terms = model.terms(
      kPapers, [](std::string_view term) -> std::uint64_t { return term == "everywher" ? kPapers / 2 : 3; });
  std::set<std::string> names;
  for (const ExpansionTerm& term : terms) names.insert(term.term);
  CHECK(names.count("the") == 0);
  CHECK(names.count("of") == 0);
  CHECK(names.count(text::stem_class("everywhere")) == 0);
  CHECK(names.count(text::stem_class("networks")) == 1);
}

TEST_CASE("no papers, empty papers and unknown words are no expansion") {
  FeedbackModel model;
  CHECK(model.terms(kPapers, frequency).empty());
  model.add("", "", 3);
  CHECK(model.terms(kPapers, frequency).empty());
  model.add("unheard of", "", 3);
  CHECK(model.terms(kPapers, [](std::string_view) { return 0; }).empty());
  model.clear();
  model.add("worthless", "", 0);
  CHECK(model.terms(kPapers, frequency).empty());
}

TEST_CASE("a clear best paper outweighs those behind it") {
  FeedbackModel model;
  model.add("alpha", "", 20);
  model.add("beta", "", 10);
  const auto terms = model.terms(kPapers, [](std::string_view) { return 3; });
  REQUIRE(terms.size() == 2);
  CHECK(terms[0].term == text::stem_class("alpha"));
  CHECK(terms[0].weight / terms[1].weight == Approx(32));
}

TEST_CASE("the longer the query, the less is added to it") {
  CHECK(expansion_weight(1) > expansion_weight(5));
  CHECK(expansion_weight(5) > expansion_weight(20));
  CHECK(expansion_weight(34) >= 0);
  CHECK(expansion_weight(35) == 0);
  CHECK(expansion_weight(1000) == 0);
}

TEST_CASE("an expansion adds to papers that have its terms, never less than nothing") {
  const CollectionFacts facts{1000, 40, 8, 32};
  const std::vector<ExpansionTerm> terms = {{"alpha", 0.75, 3, 5.0}, {"beta", 0.25, 3, 5.0}};
  for (const double title_weight : {-1.0, 0.0, 1.0, 4.0}) {
    AutoWeights weights;
    weights.title_weight = title_weight;
    const Expansion expansion(weights, facts, terms, 2.0, 2);
    CHECK_FALSE(expansion.empty());
    CHECK(expansion.contribution(0, {0, 0}, {8, 32}) == 0);
    CHECK(expansion.contribution(0, {1, 0}, {8, 32}) >= 0);
    CHECK(expansion.contribution(0, {0, 1}, {8, 32}) > expansion.contribution(1, {0, 1}, {8, 32}));
  }
  CHECK(Expansion({}, facts, terms, 2.0, 40).empty());
  CHECK(Expansion({}, facts, {}, 2.0, 2).empty());
}
