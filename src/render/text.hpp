// SPDX-License-Identifier: MIT
// Hits and papers for people to read. Pure functions.
#pragma once
#include <digest/paper.hpp>
#include <digest/search.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "render/layout.hpp"

namespace digest::render {

std::string text_hit(const Hit& hit, Layout layout);
std::string text_paper(std::string_view id, const Paper& paper, const std::vector<std::string>& tags, Layout layout);
std::string text_facets(const SearchResult& result, Layout layout);
std::string text_explanation(const Explanation& explanation, double score, Layout layout);

// "4 papers · 0.3 ms", "10 of 37 papers · 2 ms".
std::string search_summary(const SearchResult& result);
std::string duration(std::uint64_t microseconds);       // "0.3 ms", "12 ms", "3.4 s"
std::string thousands(std::uint64_t number);            // "12,345"
std::string counted(std::uint64_t number, std::string_view singular, std::string_view plural);  // "1 paper"

}  // namespace digest::render
