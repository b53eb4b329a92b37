// SPDX-License-Identifier: MIT
// How a query was read, in sentences for people. Pure function; safe from any thread.
#pragma once
#include <string>
#include <vector>

#include "query/query.hpp"

namespace digest::query {

// Lines without line ends, indented by two spaces a level: what must match, what may, what must not, which
// papers come in at all, which come first, and the notes. Take the query as parsed, before rewrite().
std::vector<std::string> explain_query(const Query& query);

}  // namespace digest::query
