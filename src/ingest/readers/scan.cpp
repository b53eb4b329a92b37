// SPDX-License-Identifier: MIT
#include "ingest/readers/scan.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace digest::ingest::scan {

namespace {

// Length of an arXiv identifier at the start of s, its version included; 0 if there is none.
std::size_t arxiv_id_length(std::string_view s) {
  std::size_t end = 0;
  if (digits_at(s, 0) == 4 && s.size() > 4 && s[4] == '.') {
    const std::size_t serial = digits_at(s, 5);
    if (serial != 4 && serial != 5) return 0;
    end = 5 + serial;
  } else {
    std::size_t at = 0;
    while (at < s.size() && at < 20 && (is_letter(s[at]) || s[at] == '-' || s[at] == '.')) ++at;
    if (at < 2 || at >= s.size() || s[at] != '/' || digits_at(s, at + 1) != 7) return 0;
    end = at + 8;
  }
  if (end + 1 < s.size() && s[end] == 'v' && is_digit(s[end + 1])) end += 1 + std::min<std::size_t>(digits_at(s, end + 1), 2);
  return end;
}

}  // namespace

bool is_arxiv_id(std::string_view s) { return !s.empty() && arxiv_id_length(s) == s.size(); }

std::string_view find_arxiv_id(std::string_view s) {
  s = trim(s);
  if (is_arxiv_id(s)) return s;
  for (const std::string_view mark : {"arxiv:", "arxiv.org/abs/", "arxiv.org/pdf/", "huggingface.co/papers/", "10.48550/arxiv.", "corr abs/"}) {
    for (std::size_t at = find_ignoring_case(s, mark); at != std::string_view::npos; at = find_ignoring_case(s, mark, at + 1)) {
      const std::string_view rest = trim_left(s.substr(at + mark.size()));
      const std::size_t length = arxiv_id_length(rest);
      if (length > 0) return rest.substr(0, length);
    }
  }
  return {};
}

std::string arxiv_month(std::string_view id) {
  const std::size_t slash = id.find('/');
  const std::string_view digits = slash == std::string_view::npos ? id : id.substr(slash + 1);
  if (digits_at(digits, 0) < 4) return {};
  const int year = (digits[0] - '0') * 10 + (digits[1] - '0');
  const int month = (digits[2] - '0') * 10 + (digits[3] - '0');
  if (month < 1 || month > 12) return {};
  const std::string century = year >= 91 ? "19" : "20";
  return century + std::string(digits.substr(0, 2)) + "-" + std::string(digits.substr(2, 2));
}

std::string_view find_url(std::string_view s) {
  for (std::size_t at = find_ignoring_case(s, "http"); at != std::string_view::npos; at = find_ignoring_case(s, "http", at + 1)) {
    const std::string_view rest = s.substr(at);
    if (!starts_ignoring_case(rest, "http://") && !starts_ignoring_case(rest, "https://")) continue;
    std::size_t end = 0;
    while (end < rest.size() && !is_blank(rest[end]) && std::string_view("<>{}\"\\|").find(rest[end]) == std::string_view::npos) ++end;
    const std::string_view so_far = rest.substr(0, end);
    while (end > 0 && std::string_view(".,;:!?'*").find(rest[end - 1]) != std::string_view::npos) --end;
    for (const auto& [open, close] : {std::pair{'(', ')'}, std::pair{'[', ']'}}) {
      if (end > 0 && rest[end - 1] == close && so_far.find(open) == std::string_view::npos) --end;
    }
    if (end > 8) return rest.substr(0, end);
  }
  return {};
}

bool says_nothing(std::string_view value) {
  value = trim(value);
  while (!value.empty() && (value.front() == '[' || value.front() == '(')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == ']' || value.back() == ')' || value.back() == '.')) value.remove_suffix(1);
  if (value.empty()) return true;
  for (const std::string_view nothing : {"na", "n/a", "nan", "null", "none", "-", "--", "no abstract", "no abstract available",
                                         "abstract not available", "not available", "no abstract was provided"}) {
    if (equals_ignoring_case(value, nothing)) return true;
  }
  return false;
}

int month_number(std::string_view s) {
  s = trim(s);
  constexpr std::array<std::string_view, 12> kNames = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (starts_ignoring_case(s, kNames[i])) return static_cast<int>(i) + 1;
  }
  if (s.empty() || digits_at(s, 0) != s.size() || s.size() > 2) return 0;
  int value = 0;
  for (const char c : s) value = value * 10 + (c - '0');
  return value >= 1 && value <= 12 ? value : 0;
}

std::pair<std::string_view, std::string_view> month_and_day(std::string_view date) {
  date = trim(date);
  const std::size_t end = date.find_first_of(" -"), blank = date.find(' ');
  return {date.substr(0, end), blank == std::string_view::npos ? std::string_view{} : date.substr(blank + 1)};
}

std::string date_of_parts(std::string_view year, std::string_view month, std::string_view day) {
  std::string_view found;
  for (std::size_t at = 0; at < year.size() && found.empty();) {
    const std::size_t n = digits_at(year, at);
    if (n == 4 && (year[at] == '1' || year[at] == '2')) found = year.substr(at, 4);
    at += std::max<std::size_t>(n, 1);
  }
  if (found.empty()) return {};
  std::string out(found);
  const int m = month_number(month);
  if (m == 0) return out;
  const auto two = [](int value) { return std::string{static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)}; };
  out += "-" + two(m);
  day = trim(day);
  if (day.empty() || digits_at(day, 0) != day.size() || day.size() > 2) return out;
  int d = 0;
  for (const char c : day) d = d * 10 + (c - '0');
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int y = (found[0] - '0') * 1000 + (found[1] - '0') * 100 + (found[2] - '0') * 10 + (found[3] - '0');
  const bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
  const int last = kDays[static_cast<std::size_t>(m - 1)] + (m == 2 && leap ? 1 : 0);
  if (d >= 1 && d <= last) out += "-" + two(d);
  return out;
}

}  // namespace digest::ingest::scan
