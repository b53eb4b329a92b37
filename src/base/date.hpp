// SPDX-License-Identifier: MIT
// Dates as papers carry them: "YYYY", "YYYY-MM", "YYYY-MM-DD" (proleptic Gregorian). Pure functions.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace digest {

// Days since 1970-01-01. A date without month or day counts from its first day in `first`, to its last in `last`.
struct DayRange {
  std::int32_t first = 0;
  std::int32_t last = 0;
};

std::int32_t days_from_civil(int year, unsigned month, unsigned day);  // Hinnant, "chrono-Compatible Low-Level Date Algorithms"
std::string civil_from_days(std::int32_t days);                        // "YYYY-MM-DD"

// Empty if the text is not a date of that shape (year 1000 to 9999, month and day in range).
std::optional<DayRange> parse_date(std::string_view text);

}  // namespace digest
