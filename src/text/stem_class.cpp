// SPDX-License-Identifier: MIT
// Spelling, irregular plurals, families of their own, Greek nouns, verbs in -ize, and for the rest Snowball's
// English stemmer with its one gap that hurts here closed ("grokking").
#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>

#include "text/analyzer.hpp"
#include "text/families.hpp"
#include "text/spelling.hpp"

namespace digest::text {
namespace {

using namespace std::string_view_literals;

struct CloseStemmer {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

// The stemmer keeps state between calls: one a thread.
std::string snowball(std::string_view form) {
  thread_local const std::unique_ptr<sb_stemmer, CloseStemmer> stemmer(sb_stemmer_new("english", "UTF_8"));
  if (stemmer == nullptr) throw std::bad_alloc();
  const auto* bytes = reinterpret_cast<const sb_symbol*>(form.data());
  const sb_symbol* stem = sb_stemmer_stem(stemmer.get(), bytes, static_cast<int>(form.size()));
  if (stem == nullptr) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(stemmer.get()))};
}

bool is_plain_word(std::string_view form) {
  return std::all_of(form.begin(), form.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool ends_with(std::string_view word, std::string_view end) {
  return word.size() >= end.size() && word.substr(word.size() - end.size()) == end;
}

// What stands before the longest of the endings that the word has, if that itself ends in `stem_end`; else
// empty.
template <typename Endings>
std::string_view stem_before(std::string_view word, const Endings& endings, std::string_view stem_end) {
  std::string_view shortest;
  for (const std::string_view ending : endings) {
    if (!ends_with(word, ending)) continue;
    const std::string_view stem = word.substr(0, word.size() - ending.size());
    if (ends_with(stem, stem_end) && (shortest.empty() || stem.size() < shortest.size())) shortest = stem;
  }
  return shortest;
}

// analysis, analyses, analyse, analyze, analyzed: "analys", which is what Snowball makes of "analyses".
std::string greek_verb_in_lys(std::string_view word) {
  constexpr std::array kEndings = {"able"sv, "e"sv, "ed"sv, "er"sv, "ers"sv, "es"sv, "ing"sv, "is"sv};
  if (word.find("ly") == std::string_view::npos) return {};
  for (const std::string_view sound : {"lys"sv, "lyz"sv}) {
    const std::string_view stem = stem_before(word, kEndings, sound);
    if (stem.size() >= 6) return std::string(stem.substr(0, stem.size() - 1)) + 's';
  }
  return {};
}

// hypothesis: "hypothes", as Snowball has "hypotheses".
std::string greek_noun_in_sis(std::string_view word) {
  if (word.size() < 6) return {};
  for (const std::string_view end : {"asis"sv, "esis"sv, "osis"sv}) {
    if (ends_with(word, end)) return std::string(word.substr(0, word.size() - 2));
  }
  return {};
}

// generalize, generalization: "generaliz", not "general"; so "local" does not find "localization", nor
// "character" "characterize". Some belong to a Greek noun: synthesize, synthesis.
std::string verb_in_ize(std::string_view word) {
  constexpr std::array kEndings = {"able"sv, "ability"sv, "ation"sv, "ational"sv, "ations"sv, "e"sv,
                                   "ed"sv,   "er"sv,      "ers"sv,   "es"sv,      "ing"sv,    "ings"sv};
  if (word.find("iz") == std::string_view::npos) return {};
  const std::string_view stem = stem_before(word, kEndings, "iz");
  if (stem.size() < 5) return {};
  for (const std::string_view greek : {"phasiz"sv, "tasiz"sv, "thesiz"sv}) {
    if (ends_with(stem, greek)) return std::string(stem.substr(0, stem.size() - 2));
  }
  return std::string(stem);
}

std::string stem_of_word(std::string_view word) {
  if (const std::string_view family = family_of(word); !family.empty()) return std::string(family);
  for (const auto rule : {greek_verb_in_lys, greek_noun_in_sis, verb_in_ize}) {
    std::string stem = rule(word);
    if (!stem.empty()) return stem;
  }
  std::string stem = snowball(word);
  // k is not among the letters that Snowball makes single again: "grokking" would be "grokk".
  if (stem.size() > 3 && ends_with(stem, "kk")) stem.pop_back();
  return stem;
}

}  // namespace

std::string stem_class(std::string_view form) {
  form = form.substr(0, kMaxFormBytes);
  if (form.size() < 3 || !is_plain_word(form)) return std::string(form);
  std::string stem = stem_of_word(singular_of_irregular(american_spelling(form)));
  if (stem.size() > kMaxFormBytes) stem.resize(kMaxFormBytes);
  return stem.empty() ? std::string(form) : stem;
}

}  // namespace digest::text
