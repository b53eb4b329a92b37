// SPDX-License-Identifier: MIT
#include "query/dates.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <limits>
#include <utility>

namespace digest::query {

namespace {

constexpr std::int32_t kOpenFirst = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t kOpenLast = std::numeric_limits<std::int32_t>::max();

// Dates are written with four digits of year: what lies beyond them counts as the first or the last such day.
std::int32_t clamp_day(std::int64_t day) {
  static const std::int32_t kFirst = days_from_civil(1000, 1, 1);
  static const std::int32_t kLast = days_from_civil(9999, 12, 31);
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(day, kFirst, kLast));
}

// "7d" and its kin: from so long ago on.
std::optional<DayRange> parse_span(std::string_view text, std::int32_t today) {
  if (text.size() < 2) return std::nullopt;
  std::int64_t count = 0;
  const char* end = text.data() + text.size() - 1;
  const auto [stop, error] = std::from_chars(text.data(), end, count);
  if (stop != end || count < 0 || error == std::errc::invalid_argument) return std::nullopt;
  if (error != std::errc()) count = 10'000'000;
  std::int64_t days = 0;
  switch (text.back()) {
    case 'd':
      days = 1;
      break;
    case 'w':
      days = 7;
      break;
    case 'm':
      days = 30;
      break;
    case 'y':
      days = 365;
      break;
    default:
      return std::nullopt;
  }
  return DayRange{clamp_day(today - std::min<std::int64_t>(count, 10'000'000) * days), kOpenLast};
}

std::optional<DayRange> parse_comparison(std::string_view text) {
  const bool greater = text[0] == '>';
  const bool equal = text.size() > 1 && text[1] == '=';
  const auto day = parse_date(text.substr(equal ? 2 : 1));
  if (!day) return std::nullopt;
  if (greater) return DayRange{equal ? day->first : clamp_day(std::int64_t{day->last} + 1), kOpenLast};
  return DayRange{kOpenFirst, equal ? day->last : clamp_day(std::int64_t{day->first} - 1)};
}

}  // namespace

std::optional<DayRange> parse_day_range(std::string_view text, std::int32_t today) {
  if (text.empty()) return std::nullopt;
  if (text[0] == '>' || text[0] == '<') return parse_comparison(text);
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    const auto day = parse_date(text);
    return day ? day : parse_span(text, today);
  }
  const std::string_view low = text.substr(0, dots), high = text.substr(dots + 2);
  const auto first = parse_date(low), last = parse_date(high);
  if ((!low.empty() && !first) || (!high.empty() && !last) || (low.empty() && high.empty()))
    return std::nullopt;
  if (low.empty()) return DayRange{kOpenFirst, last->last};
  if (high.empty()) return DayRange{first->first, kOpenLast};
  if (first->first > last->last) return DayRange{last->first, first->last};
  return DayRange{first->first, last->last};
}

std::string print_day_range(DayRange days) {
  std::string out;
  if (days.first == days.last) return civil_from_days(days.first);
  if (days.first != kOpenFirst) out += civil_from_days(days.first);
  out += "..";
  if (days.last != kOpenLast) out += civil_from_days(days.last);
  return out;
}

}  // namespace digest::query
