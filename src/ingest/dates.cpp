// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <array>
#include <vector>

#include "base/date.hpp"
#include "ingest/cleaning.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

constexpr auto kMonths = std::to_array<std::string_view>(
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"});
constexpr auto kLongMonths = std::to_array<std::string_view>({"january", "february", "march", "april", "may", "june", "july",
                                                              "august", "september", "october", "november", "december"});
constexpr auto kSeasons = std::to_array<std::string_view>({"spring", "summer", "autumn", "fall", "winter"});

// 1 to 12; 0 if the word is no month.
int month_number(std::string_view word) {
  const std::string lower = lower_case(word);
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (lower == kMonths[i] || lower == kLongMonths[i] || (lower == "sept" && i == 8)) return static_cast<int>(i) + 1;
  }
  return 0;
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

struct Parts {
  int year = 0, month = 0, day = 0;
};

std::string written(const Parts& date) {
  std::string out = fmt::format("{:04}", date.year);
  if (date.month != 0) out += fmt::format("-{:02}", date.month);
  if (date.month != 0 && date.day != 0) out += fmt::format("-{:02}", date.day);
  if (parse_date(out)) return out;
  if (date.day != 0) return written({date.year, date.month, 0});
  return date.month != 0 ? written({date.year, 0, 0}) : std::string();
}

// "2025-03-11T...", "2025/3/11", "2025-03", "20250311", "2025//"
std::string numeric(std::string_view text) {
  const std::size_t first = digits_at(text, 0);
  if (first == 8) return written({number(text.substr(0, 4)), number(text.substr(4, 2)), number(text.substr(6, 2))});
  if (first != 4) return {};
  Parts date{number(text.substr(0, 4)), 0, 0};
  std::size_t at = 4;
  for (int* part : {&date.month, &date.day}) {
    if (at >= text.size() || (text[at] != '-' && text[at] != '/' && text[at] != '.')) break;
    const std::size_t digits = digits_at(text, at + 1);
    if (digits == 0 || digits > 2) break;
    *part = number(text.substr(at + 1, digits));
    at += 1 + digits;
  }
  // "2025 Jan 5" is for the words.
  if (date.month == 0 && at < text.size() && text[at] == ' ') return {};
  return written(date);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size() && words.size() < 12;) {
    std::size_t end = at;
    while (end < text.size() && is_alnum(text[end])) ++end;
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

bool is_number(std::string_view word) { return !word.empty() && digits_at(word, 0) == word.size(); }

// "11th" -> 11; 0 if the word is no day.
int day_number(std::string_view word) {
  const std::size_t digits = digits_at(word, 0);
  const std::string_view rest = word.substr(digits);
  if (digits == 0 || digits > 2 || !(rest.empty() || rest == "st" || rest == "nd" || rest == "rd" || rest == "th")) return 0;
  const int value = number(word.substr(0, digits));
  return value >= 1 && value <= 31 ? value : 0;
}

bool is_season(std::string_view word) {
  for (const auto season : kSeasons) {
    if (equals_ignoring_case(word, season)) return true;
  }
  return false;
}

}  // namespace

std::string normalise_date(std::string_view raw, std::string_view digest_date) {
  const std::string_view text = trim(raw);
  if (std::string found = numeric(text); !found.empty()) return found;
  Parts date;
  bool day_first = false;  // then two digits after the month are a year: "15 Mar 23", as old listings have it
  const auto words = words_of(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (is_number(word) && word.size() == 4 && date.year == 0) {
      date.year = number(word);
    } else if (const int month = month_number(word); month != 0) {
      if (date.month == 0) date.month = month;
    } else if (const int day = day_number(word); day != 0) {
      if (date.day == 0) {
        date.day = day;
        day_first = date.month == 0;
      } else if (day_first && date.month != 0 && date.year == 0 && word.size() == 2) {
        date.year = day;
      }
    } else if (day_first && date.month != 0 && date.year == 0 && is_number(word) && word.size() == 2) {
      date.year = number(word);
    } else if (date.month == 0 && date.year == 0 && !is_season(word) && i > 1) {
      return {};  // prose
    }
    if (date.year != 0 && date.month != 0 && date.day != 0) break;
  }
  if (date.year > 0 && date.year < 100) date.year += date.year < 70 ? 2000 : 1900;
  if (date.year == 0 && date.month != 0 && digits_at(digest_date, 0) == 4) {
    date.year = number(digest_date.substr(0, 4));
  }
  if (date.year < 1000 || date.year > 9999) return {};
  return written(date);
}

}  // namespace digest::ingest
