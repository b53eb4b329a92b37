// SPDX-License-Identifier: MIT
// Papers by month or by year, as bars want them: ascending, the empty periods between them too.
#pragma once
#include <digest/search.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace digest::cli {

enum class By { year, month };

// From the facets of a search that asked for "year" and "month".
std::vector<FacetValue> periods(const SearchResult& result, By by);

// --by, else months where the papers span three years or less and most of them know their month.
By chosen_period(const SearchResult& result, std::string_view flag);

std::uint64_t papers_in(const std::vector<FacetValue>& periods);

}  // namespace digest::cli
