// SPDX-License-Identifier: MIT
// All papers that a query finds, however many: ids first, each paper only when it is needed.
#pragma once
#include <digest/search.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "cli/opened_index.hpp"
#include "search/searcher.hpp"

namespace digest::cli {

// The answer without papers or limit. The request's query, dates and order count; its paging does not.
SearchResult find_all(const search::Searcher& searcher, SearchRequest request, std::int32_t today);

// The hit with its paper, and the head of its abstract as the snippet where `snippet_words` > 0.
Hit completed(const index::Snapshot& snapshot, Hit hit, std::uint32_t snippet_words);

}  // namespace digest::cli
