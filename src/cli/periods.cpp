// SPDX-License-Identifier: MIT
#include "cli/periods.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace digest::cli {
namespace {

constexpr std::size_t kMostGaps = 240;  // a date that is wrong by centuries draws no empty centuries

std::string next_period(const std::string& period) {
  const int year = std::atoi(period.substr(0, 4).c_str());
  if (period.size() < 7) return fmt::format("{:04}", year + 1);
  const int month = std::atoi(period.substr(5, 2).c_str());
  return month >= 12 ? fmt::format("{:04}-01", year + 1) : fmt::format("{:04}-{:02}", year, month + 1);
}

// The empty periods between two, if they are not too many.
std::vector<FacetValue> gap(const std::string& from, const std::string& to) {
  std::vector<FacetValue> empty;
  for (std::string period = next_period(from); period < to; period = next_period(period)) {
    if (empty.size() == kMostGaps) return {};
    empty.push_back({period, 0});
  }
  return empty;
}

}  // namespace

std::vector<FacetValue> periods(const SearchResult& result, By by) {
  std::vector<FacetValue> counted;
  for (const auto& [name, values] : result.facets) {
    if (name == (by == By::month ? "month" : "year")) counted = values;
  }
  std::sort(counted.begin(), counted.end(),
            [](const FacetValue& a, const FacetValue& b) { return a.value < b.value; });
  std::vector<FacetValue> out;
  for (FacetValue& value : counted) {
    if (!out.empty()) {
      const std::vector<FacetValue> empty = gap(out.back().value, value.value);
      out.insert(out.end(), empty.begin(), empty.end());
    }
    out.push_back(std::move(value));
  }
  return out;
}

By chosen_period(const SearchResult& result, std::string_view flag) {
  if (!flag.empty()) return flag == "month" ? By::month : By::year;
  const std::vector<FacetValue> years = periods(result, By::year);
  if (years.empty() || years.size() > 3) return By::year;
  return papers_in(periods(result, By::month)) * 2 >= papers_in(years) ? By::month : By::year;
}

std::uint64_t papers_in(const std::vector<FacetValue>& periods) {
  std::uint64_t papers = 0;
  for (const FacetValue& period : periods) papers += period.count;
  return papers;
}

}  // namespace digest::cli
