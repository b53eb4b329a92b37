// SPDX-License-Identifier: MIT
#include "base/date.hpp"

#include <charconv>
#include <cstdio>

namespace digest {

std::int32_t days_from_civil(int year, unsigned month, unsigned day) {
  year -= month <= 2;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const auto year_of_era = static_cast<unsigned>(year - era * 400);
  const unsigned day_of_year = (153 * (month + (month > 2 ? -3U : 9U)) + 2) / 5 + day - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + static_cast<int>(day_of_era) - 719468;
}

std::string civil_from_days(std::int32_t days) {
  const std::int32_t z = days + 719468;
  const std::int32_t era = (z >= 0 ? z : z - 146096) / 146097;
  const auto day_of_era = static_cast<unsigned>(z - era * 146097);
  const unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted_month = (5 * day_of_year + 2) / 153;
  const unsigned day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const unsigned month = shifted_month + (shifted_month < 10 ? 3U : -9U);
  const int year = static_cast<int>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0);
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", year, month, day);
  return buffer;
}

namespace {

// Exactly `text` as a number in [low, high].
std::optional<unsigned> number(std::string_view text, unsigned low, unsigned high) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < low || value > high) return std::nullopt;
  return value;
}

unsigned days_in_month(unsigned year, unsigned month) {
  constexpr unsigned kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

}  // namespace

std::optional<DayRange> parse_date(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  const auto year = number(text.substr(0, 4), 1000, 9999);
  if (!year) return std::nullopt;
  const int civil_year = static_cast<int>(*year);
  if (text.size() == 4) return DayRange{days_from_civil(civil_year, 1, 1), days_from_civil(civil_year, 12, 31)};
  const auto month = number(text.substr(5, 2), 1, 12);
  if (text[4] != '-' || !month) return std::nullopt;
  const unsigned last = days_in_month(*year, *month);
  if (text.size() == 7) return DayRange{days_from_civil(civil_year, *month, 1), days_from_civil(civil_year, *month, last)};
  const auto day = number(text.substr(8, 2), 1, last);
  if (text[7] != '-' || !day) return std::nullopt;
  const std::int32_t days = days_from_civil(civil_year, *month, *day);
  return DayRange{days, days};
}

}  // namespace digest
