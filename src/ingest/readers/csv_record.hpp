// SPDX-License-Identifier: MIT
// One record of delimited text (RFC 4180, and what spreadsheets make of it), fed line by line.
// A quoted value may hold line ends; bounded by whoever feeds it. Threads: belongs to one reader.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace digest::ingest {

enum class CsvQuotes { may_span_lines, within_a_line };

class CsvRecord {
 public:
  explicit CsvRecord(char delimiter) : delimiter_(delimiter) {}

  void clear();
  // Adds a line; true if the record is complete with it.
  bool add(std::string_view line, CsvQuotes quotes);
  // A quote stood where none may: inside a quoted value, not doubled. It was taken for text.
  [[nodiscard]] bool odd_quote() const { return odd_quote_; }
  [[nodiscard]] const std::vector<std::string>& values() const { return values_; }

 private:
  enum class State { start, plain, quoted, after_quote };

  [[nodiscard]] bool closes(std::string_view rest) const;

  char delimiter_;
  bool odd_quote_ = false;
  State state_ = State::start;
  std::vector<std::string> values_;
};

}  // namespace digest::ingest
