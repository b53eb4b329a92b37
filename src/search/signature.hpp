// SPDX-License-Identifier: MIT
// What a paper's words say about which other papers may be the same: keys that alike papers share, and the
// words themselves to compare. Pure functions.
#pragma once
#include <digest/paper.hpp>

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace digest::search {

// Hashes of distinct words that say something, ascending.
using WordSet = std::vector<std::uint64_t>;

WordSet words_of(std::string_view text);
std::size_t common_words(const WordSet& a, const WordSet& b);

// Two papers with a key in common may be one. Of the title: itself folded, and pairs of its three rarest
// words, so that a changed word leaves a key. Of the abstract: MinHash over runs of three words (Broder
// 1997), 8 bands of 2 rows: of abstracts that share 7 in 10 runs, 99.5 % have a key in common; of those that
// share 1 in 20, 2 %.
using Rareness = std::function<std::uint64_t(std::string_view form)>;  // papers that have the word
std::vector<std::uint64_t> signature(const Paper& paper, const Rareness& papers_with);

}  // namespace digest::search
