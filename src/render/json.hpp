// SPDX-License-Identifier: MIT
// Papers, hits and searches as JSON text: the schemas digest.paper/1 and digest.search/1 (data/schema). Always valid
// JSON in valid UTF-8; no control character is left raw. Keys are only ever added. Pure functions.
#pragma once
#include <digest/paper.hpp>
#include <digest/search.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace digest::render {

// One object, without a line feed. `fields`: only these keys of a hit; empty: all.
std::string json_paper(std::string_view id, const Paper& paper, const std::vector<std::string>& tags,
                       const std::vector<std::string>& fields = {});
std::string json_hit(const Hit& hit, const std::vector<std::string>& fields = {});
// `topic`: number of the query in a batch, as key "id"; empty: left out.
std::string json_search(const SearchResult& result, const std::vector<std::string>& fields = {}, std::string_view topic = {});

// What --fields may name.
const std::vector<std::string_view>& hit_fields();
bool is_of_hit_only(std::string_view field);  // of these, what a paper has only as the answer to a query

double rounded(double value);  // to four decimals

}  // namespace digest::render
