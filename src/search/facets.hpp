// SPDX-License-Identifier: MIT
// How many of the found papers have each year, month, category, source or tag. Pure, but for what it is given to read with.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "index/paper_store.hpp"
#include "search/second_stage.hpp"
#include "search/user_marks.hpp"

namespace digest::search {

using ReadPaper = std::function<index::StoredRecord(const Candidate& candidate)>;

// `facet`: year, month, category, source, tag; anything else counts nothing. Years and months newest first, the others by
// their count, equal ones by name.
std::vector<FacetValue> count_facet(const std::string& facet, const index::Snapshot& snapshot, const std::vector<Rescored>& papers,
                                    const ReadPaper& read, const UserMarks& marks);

}  // namespace digest::search
