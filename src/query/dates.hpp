// SPDX-License-Identifier: MIT
// "2023..2025", ">=2024-03", "7d": spans of days. Pure functions; safe from any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "query/query.hpp"

namespace digest::query {

// Empty if the text is no date, range, comparison, or time span (7d, 2w, 3m, 1y before `today`). The ends of
// a range may be open or swapped.
std::optional<DayRange> parse_day_range(std::string_view text, std::int32_t today);

// As parse_day_range reads it; an open end is left open.
std::string print_day_range(DayRange days);

}  // namespace digest::query
