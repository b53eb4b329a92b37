// SPDX-License-Identifier: MIT
#include "search/signature.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/hash.hpp"
#include "ingest/identity.hpp"
#include "text/analyzer.hpp"

namespace digest::search {
namespace {

constexpr std::size_t kLooked = 20'000;  // bytes: an abstract's worth, ten times
constexpr std::size_t kBands = 8, kRows = 2, kRun = 3, kFewestRuns = 8;

// Mixes well and is cheap (the finalizer of splitmix64, Steele et al. 2014).
std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

std::vector<std::uint64_t> word_hashes(std::string_view text) {
  text::TokenStream stream;
  text::tokenize(text.substr(0, kLooked), stream);
  std::vector<std::uint64_t> hashes;
  for (const text::Token& token : stream.tokens) {
    if (token.kind == text::TokenKind::word) hashes.push_back(hash64(stream.form(token)));
  }
  return hashes;
}

void add_title_keys(std::string_view title, const Rareness& papers_with, std::vector<std::uint64_t>& keys) {
  if (const std::string key = ingest::title_key(title); !key.empty()) keys.push_back(mix(hash64(key)));
  text::TokenStream stream;
  text::tokenize(title.substr(0, kLooked), stream);
  std::vector<std::pair<std::uint64_t, std::uint64_t>> words;  // rareness, hash
  for (const text::Token& token : stream.tokens) {
    const std::string_view form = stream.form(token);
    if (token.kind == text::TokenKind::word && !text::is_stop_word(form))
      words.emplace_back(papers_with(form), hash64(form));
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  const std::size_t rarest = std::min<std::size_t>(words.size(), 3);
  for (std::size_t i = 0; i < rarest; ++i) {
    for (std::size_t j = i + 1; j < rarest; ++j) {
      const auto [low, high] = std::minmax(words[i].second, words[j].second);
      keys.push_back(mix(low) ^ high);
    }
  }
}

void add_abstract_keys(std::string_view abstract, std::vector<std::uint64_t>& keys) {
  const std::vector<std::uint64_t> words = word_hashes(abstract);
  if (words.size() < kFewestRuns + kRun - 1) return;
  std::array<std::uint64_t, kBands * kRows> least;
  least.fill(std::numeric_limits<std::uint64_t>::max());
  for (std::size_t i = 0; i + kRun <= words.size(); ++i) {
    const std::uint64_t run = mix(mix(mix(words[i]) ^ words[i + 1]) ^ words[i + 2]);
    for (std::size_t k = 0; k < least.size(); ++k) least[k] = std::min(least[k], mix(run + k));
  }
  for (std::size_t band = 0; band < kBands; ++band) {
    std::uint64_t key = band;
    for (std::size_t row = 0; row < kRows; ++row) key = mix(key ^ least[band * kRows + row]);
    keys.push_back(key);
  }
}

}  // namespace

WordSet words_of(std::string_view text) {
  text::TokenStream stream;
  text::tokenize(text.substr(0, kLooked), stream);
  WordSet words;
  for (const text::Token& token : stream.tokens) {
    if (token.kind == text::TokenKind::word && !text::is_stop_word(stream.form(token)))
      words.push_back(hash64(stream.form(token)));
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::size_t common_words(const WordSet& a, const WordSet& b) {
  std::size_t common = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (*x == *y)
      ++common, ++x, ++y;
    else if (*x < *y)
      ++x;
    else
      ++y;
  }
  return common;
}

std::vector<std::uint64_t> signature(const Paper& paper, const Rareness& papers_with) {
  std::vector<std::uint64_t> keys;
  add_title_keys(paper.title, papers_with, keys);
  add_abstract_keys(paper.abstract, keys);
  return keys;
}

}  // namespace digest::search
