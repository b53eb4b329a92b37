// SPDX-License-Identifier: MIT
#include <array>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "support/catch.hpp"
#include "text/analyzer.hpp"

using digest::text::is_stop_word;
using digest::text::stem_class;

namespace {

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words(1);
  for (const char c : line) {
    if (c == ' ') {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  return words;
}

}  // namespace

TEST_CASE("forms of one word have one term", "[text][stem]") {
  constexpr std::array kClasses = {
      "grok grokking grokked groks",
      "model models modeling modelling modelled",
      "label labels labeling labelling labelled",
      "corpus corpora corpuses",
      "analysis analyses analyse analyze analysed analyzing analyzer",
      "hypothesis hypotheses hypothesise hypothesized",
      "synthesis syntheses synthesize synthesised",
      "diagnosis diagnoses diagnose diagnosed",
      "metastasis metastases metastasize",
      "emphasis emphases emphasise emphasizing",
      "matrix matrices matrixes",
      "index indices indexes indexing",
      "vertex vertices",
      "criterion criteria",
      "phenomenon phenomena",
      "spectrum spectra",
      "focus foci focused focussed",
      "lens lenses",
      "gas gases",
      "thesis theses",
      "crisis crises",
      "generalization generalisation generalize generalised",
      "optimization optimisation optimizer optimising",
      "organization organisation organised",
      "characterize characterised characterization",
      "polarization polarised",
      "parametrization parameterization parametrised",
      "regularization regularised regularizer",
      "behavior behaviour behaviours behavioural",
      "neighbor neighbour neighbours",
      "tumor tumours",
      "center centre centred centers",
      "kilometer kilometres",
      "fiber fibres",
      "dialog dialogue dialogues",
      "analog analogue",
      "defense defence",
      "program programme programmes programming",
      "anemia anaemia",
      "gray grey",
      "artifact artefacts",
      "llm llms",
      "svm svms",
      "gpu gpus",
      "embedding embeddings embed",
      "bias biases biased",
  };
  for (const char* line : kClasses) {
    const std::vector<std::string> forms = words_of(line);
    REQUIRE(forms.size() > 1);
    for (const std::string& form : forms) {
      INFO(form << " -> " << stem_class(form));
      CHECK(stem_class(form) == stem_class(forms.front()));
    }
  }
}

TEST_CASE("words that mean different things in papers have different terms", "[text][stem]") {
  constexpr std::array kPairs = {
      "generative generalization",
      "general generate",
      "general generalization",
      "universe university",
      "universal university",
      "organ organization",
      "organ organism",
      "experiment experience",
      "news new",
      "policy police",
      "object objective",
      "transform transformer",
      "position positive",
      "relation relativity",
      "several severe",
      "conversation conversion",
      "critic critical",
      "local localization",
      "character characterize",
      "optimal optimization",
      "multiple multiplication",
      "digit digital",
      "lens len",
      "bayes bay",
      "wise size",
      "noise noisy",
      "format formation",
      "neural neutral",
      "active activation",
      "gps gp",
  };
  for (const char* line : kPairs) {
    const std::vector<std::string> pair = words_of(line);
    REQUIRE(pair.size() == 2);
    const std::string &a = pair[0], &b = pair[1];
    INFO(a << " -> " << stem_class(a) << ", " << b << " -> " << stem_class(b));
    CHECK(stem_class(a) != stem_class(b));
  }
}

TEST_CASE("an s that belongs to the word is no British z", "[text][stem]") {
  for (const char* form : {"exercises", "promised", "supervised", "denoising", "surprising", "revised",
                           "precise", "enterprises", "raising", "compromised", "disguised", "advertising",
                           "otherwise", "expertise", "arising", "comprises", "paradise", "premises"}) {
    INFO(form << " -> " << stem_class(form));
    CHECK(stem_class(form).find('z') == std::string::npos);
  }
}

TEST_CASE("forms with digits, signs or other letters are their own terms", "[text][stem]") {
  for (const char* form : {"4v", "gpt4v", "c++", ".net", "h2o", "3.5", "\u03BCm", "\u673A", "x", "is"}) {
    CHECK(stem_class(form) == form);
  }
  CHECK(stem_class("").empty());
}

TEST_CASE("a term is never empty and never longer than a form", "[text][stem]") {
  for (const char* form :
       {"s", "ss", "ing", "ed", "ies", "sses", "iz", "ize", "isation", "lys", "kk", "kkkk"}) {
    INFO(form);
    CHECK_FALSE(stem_class(form).empty());
  }
  const std::string longest = std::string(digest::text::kMaxFormBytes - 6, 'a') + "logues";
  CHECK(stem_class(longest).size() <= digest::text::kMaxFormBytes);
  std::string grows;  // each part is replaced by a longer one
  while (grows.size() + 7 <= digest::text::kMaxFormBytes) grows += "centred";
  CHECK(stem_class(grows).size() <= digest::text::kMaxFormBytes);
}

TEST_CASE("threads don't disturb each other's stems", "[text][stem]") {
  const std::vector<std::string> words = {"running", "connections", "relational", "hopefully", "national"};
  std::vector<std::string> expected;
  for (const std::string& word : words) expected.push_back(stem_class(word));
  std::vector<int> wrong(4, 0);
  std::vector<std::thread> threads;
  for (int& count : wrong) {
    threads.emplace_back([&words, &expected, &count] {
      for (std::size_t i = 0; i < 5000; ++i) {
        if (stem_class(words[i % words.size()]) != expected[i % words.size()]) ++count;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(4, 0));
}

TEST_CASE("stop words are the words without a subject", "[text]") {
  for (const char* word : {"the", "of", "with", "what", "which", "how", "can", "does", "we", "our"}) {
    INFO(word);
    CHECK(is_stop_word(word));
  }
  for (const char* word : {"attention", "need", "all", "", "grok", "x"}) {
    INFO(word);
    CHECK_FALSE(is_stop_word(word));
  }
}
