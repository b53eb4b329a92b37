// SPDX-License-Identifier: MIT
// One search, from its tree to its hits: match, rescore, put first what was plainly meant (an identifier, a whole title),
// then count facets, mark snippets and explain as asked.
#pragma once
#include <digest/search.hpp>

#include "query/query.hpp"
#include "search/second_stage.hpp"
#include "search/user_marks.hpp"

namespace digest::search {

inline constexpr std::uint64_t kExactTotal = 10000;
inline constexpr std::size_t kNamesakes = 8;  // a title that more papers have is nobody's

// Whether some of the tree excludes papers, or (`filters`) admits only some.
bool has_conditions(const query::Node& node, bool filters);

// `query`: rewritten for the snapshot. Fills total, relaxed, facets and hits. Error(corrupt) for a damaged index.
void run_search(const index::Snapshot& snapshot, const UserMarks& marks, const SearchRequest& request, Workspace& workspace,
                const query::Query& query, SearchResult& result);

}  // namespace digest::search
