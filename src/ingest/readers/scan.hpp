// SPDX-License-Identifier: MIT
// What does this piece of a line say: the identifiers, dates and empty values that the line-oriented readers look for.
// Pure functions, safe from any thread; bytes above 0x7f are never letters, digits or blanks.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "ingest/text_tools.hpp"

namespace digest::ingest::scan {

constexpr std::string_view trim_left(std::string_view s) {
  while (!s.empty() && is_blank(s.front())) s.remove_prefix(1);
  return s;
}
constexpr std::string_view trim_right(std::string_view s) {
  while (!s.empty() && is_blank(s.back())) s.remove_suffix(1);
  return s;
}
constexpr bool is_empty_line(std::string_view s) { return trim_left(s).empty(); }

// A byte-order mark at the start of a line is nothing: files are joined with theirs.
inline std::string_view without_mark(std::string_view s) {
  if (s.starts_with("\xEF\xBB\xBF")) s.remove_prefix(3);
  return s;
}

// The lines of a text, without their ends.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  bool next(std::string_view& line) {
    if (done_) return false;
    const std::size_t end = rest_.find('\n');
    line = rest_.substr(0, end);
    done_ = end == std::string_view::npos;
    if (!done_) rest_.remove_prefix(end + 1);
    if (done_ && line.empty()) return false;
    ++number_;
    return true;
  }
  [[nodiscard]] std::size_t number() const { return number_; }

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
  bool done_ = false;
};

// "2405.15071", "0704.0001v2", "hep-th/9901001", "math.GT/0309136": the whole text.
bool is_arxiv_id(std::string_view s);
// The first arXiv identifier after "arXiv:" or "arxiv.org/abs/" in the text, or the text itself; empty if none.
std::string_view find_arxiv_id(std::string_view s);
// The month in which an arXiv identifier was given out: "2204.01445" is of "2022-04". Empty if it says none.
std::string arxiv_month(std::string_view id);
// The first http or https address in the text; empty if none.
std::string_view find_url(std::string_view s);

// Values with which exports say that there is nothing: "NA", "null", "[No abstract available]".
bool says_nothing(std::string_view value);

// 1 to 12 of "Mar", "march", "03"; 0 if it is no month.
int month_number(std::string_view s);
// "YYYY[-MM[-DD]]" of what three fields say; the year may stand in a longer text. Empty without a year.
// "JUN 14", "MAR", "JAN-FEB", as Web of Science writes them: the name of the month, and the day.
std::pair<std::string_view, std::string_view> month_and_day(std::string_view date);
std::string date_of_parts(std::string_view year, std::string_view month, std::string_view day = {});

}  // namespace digest::ingest::scan
