// SPDX-License-Identifier: MIT
// One pattern -> the words of an index that fit it. The words are walked in order with jumps to the next that
// can fit, never all of them. Safe from any thread, each call with a cursor of its own.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/vocabulary.hpp"

namespace digest::query {

inline constexpr std::size_t kMaxExpansion = 1000;

struct ExpandedWord {
  std::string form;
  std::string term;
  std::uint32_t distance = 0;  // edits; 0 for a prefix
  friend bool operator==(const ExpandedWord&, const ExpandedWord&) = default;
};

struct Expansion {
  std::vector<ExpandedWord> words;  // by form
  bool cut = false;  // there were more than the limit: those with the highest document frequency stayed
};

// Words that start with `text` (a form). Of very many, the first 16,384 are looked at.
Expansion expand_prefix(std::string_view text, const Vocabulary& vocabulary,
                        std::size_t limit = kMaxExpansion);

// Words within `distance` (at most 2) insertions, deletions, substitutions and swaps of neighbours, in code
// points, that share their first `fixed` letters with `text`. Too many: the nearest stay, then those with the
// highest document frequency.
Expansion expand_fuzzy(std::string_view text, std::uint32_t distance, const Vocabulary& vocabulary,
                       std::size_t limit = kMaxExpansion, std::size_t fixed = 0);

}  // namespace digest::query
