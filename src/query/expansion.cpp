// SPDX-License-Identifier: MIT
#include "query/expansion.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "query/edit_walker.hpp"
#include "text/analyzer.hpp"

namespace digest::query {

namespace {

constexpr std::size_t kMaxLookedAt = 16384;

// The best `limit` by distance, then document frequency, then order; put back in order.
void keep_best(Expansion& expansion, const Vocabulary& vocabulary, std::size_t limit) {
  if (expansion.words.size() <= limit) return;
  expansion.cut = true;
  std::vector<std::pair<std::uint64_t, ExpandedWord>> ranked;
  ranked.reserve(expansion.words.size());
  for (ExpandedWord& word : expansion.words) {
    const std::uint64_t papers = vocabulary.document_frequency(word.term);
    ranked.emplace_back(papers, std::move(word));
  }
  std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
    if (a.second.distance != b.second.distance) return a.second.distance < b.second.distance;
    return a.first != b.first ? a.first > b.first : a.second.form < b.second.form;
  });
  ranked.resize(limit);
  expansion.words.clear();
  for (auto& entry : ranked) expansion.words.push_back(std::move(entry.second));
  std::sort(expansion.words.begin(), expansion.words.end(),
            [](const ExpandedWord& a, const ExpandedWord& b) { return a.form < b.form; });
}

}  // namespace

Expansion expand_prefix(std::string_view text, const Vocabulary& vocabulary, std::size_t limit) {
  Expansion expansion;
  const std::unique_ptr<WordCursor> words = vocabulary.words();
  for (words->seek(text); !words->at_end() && words->word().starts_with(text); words->next()) {
    if (expansion.words.size() == kMaxLookedAt) {
      expansion.cut = true;
      break;
    }
    expansion.words.push_back({std::string(words->word()), text::stem_class(words->word()), 0});
  }
  keep_best(expansion, vocabulary, limit);
  return expansion;
}

Expansion expand_fuzzy(std::string_view text, std::uint32_t distance, const Vocabulary& vocabulary,
                       std::size_t limit, std::size_t fixed) {
  Expansion expansion;
  const std::unique_ptr<WordCursor> words = vocabulary.words();
  for (EditWalker::Match& match :
       EditWalker(text, std::min<std::uint32_t>(distance, 2), fixed).walk(*words)) {
    std::string term = text::stem_class(match.word);
    expansion.words.push_back({std::move(match.word), std::move(term), match.distance});
  }
  keep_best(expansion, vocabulary, limit);
  return expansion;
}

}  // namespace digest::query
