// SPDX-License-Identifier: MIT
// Topics + searcher -> run. Safe from any thread that may use the searcher.
#pragma once
#include <digest/search.hpp>

#include <vector>

#include "evaluate/evaluate.hpp"
#include "search/searcher.hpp"

namespace digest::evaluate {

// How topics are asked: as text without operators, any word may match, the 1,000 best. The caller may change
// it.
SearchRequest topic_request(Ranker ranker);

// What the judgements call a paper: its own record id, the id digest prints, or one of its identifiers; the
// first of these that occurs in the qrels, else the first it has.
Run run_topics(const search::Searcher& searcher, const std::vector<Topic>& topics,
               const SearchRequest& request, const Qrels& qrels);

}  // namespace digest::evaluate
