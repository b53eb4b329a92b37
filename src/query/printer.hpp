// SPDX-License-Identifier: MIT
// Tree -> text. Pure functions; safe from any thread.
#pragma once
#include <string>
#include <vector>

#include "query/query.hpp"

namespace digest::query {

// The query as it was read, in the query language, the same for all queries that were read alike. parse() of
// it, with the same options (but not literal), gives the same tree.
std::string to_string(const Node& root);

}  // namespace digest::query
