// SPDX-License-Identifier: MIT
// "Did you mean": for words that no paper has, never a silent change of the query. Pure function; safe from
// any thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "query/query.hpp"
#include "query/vocabulary.hpp"

namespace digest::query {

struct Suggestions {
  std::vector<Note> notes;           // "unknown_term", one a word that nothing matches, with its place
  std::vector<std::string> queries;  // the whole query with better words, the best first; at most three
};

// `query` as parsed (rewritten or not) from `text`. A better word is the nearest by edits (one; two for words
// of five letters or more), then the most frequent; failing that, two words written as one.
Suggestions suggest(const Query& query, std::string_view text, const Vocabulary& vocabulary);

}  // namespace digest::query
