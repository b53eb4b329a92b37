// SPDX-License-Identifier: MIT
#include "ingest/readers/csv_record.hpp"

namespace digest::ingest {

void CsvRecord::clear() {
  values_.clear();
  state_ = State::start;
  odd_quote_ = false;
}

// After a closing quote comes a delimiter or the end of the line.
bool CsvRecord::closes(std::string_view rest) const {
  const std::size_t next = rest.find_first_not_of(' ');
  return next == std::string_view::npos || rest[next] == delimiter_;
}

bool CsvRecord::add(std::string_view line, CsvQuotes quotes) {
  if (values_.empty()) values_.emplace_back();
  if (state_ == State::quoted) values_.back() += '\n';
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (state_ == State::quoted) {
      if (c != '"') {
        values_.back() += c;
      } else if (i + 1 < line.size() && line[i + 1] == '"') {
        values_.back() += '"';
        ++i;
      } else if (closes(line.substr(i + 1))) {
        state_ = State::after_quote;
      } else {
        values_.back() += '"';
        odd_quote_ = true;
      }
    } else if (c == delimiter_) {
      values_.emplace_back();
      state_ = State::start;
    } else if (c == '"' && state_ == State::start) {
      state_ = State::quoted;
    } else if (c == ' ' && (state_ == State::start || state_ == State::after_quote)) {
      continue;  // "a" , "b"
    } else {
      values_.back() += c;
      state_ = State::plain;
    }
  }
  return state_ != State::quoted || quotes == CsvQuotes::within_a_line;
}

}  // namespace digest::ingest
