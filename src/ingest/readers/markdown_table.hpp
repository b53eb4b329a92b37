// SPDX-License-Identifier: MIT
// A Markdown table, line by line: which column is what, and rows whose wrapped title broke them over several lines.
// Threads: belongs to one reader.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/readers/markdown_parts.hpp"

namespace digest::ingest {

class MarkdownTable {
 public:
  // The line before a rule line names the columns.
  void begin(std::string_view header);
  void end() { columns_.clear(); row_.clear(); }
  [[nodiscard]] bool inside() const { return !columns_.empty(); }
  [[nodiscard]] bool names_papers() const;
  // Does this line begin a row, rather than go on with one?
  [[nodiscard]] bool begins_row(std::string_view line) const;

  void add(std::string_view line, std::uint64_t number);
  [[nodiscard]] bool row_open() const { return !row_.empty(); }
  [[nodiscard]] bool row_complete() const;
  [[nodiscard]] std::uint64_t row_line() const { return row_line_; }
  [[nodiscard]] const std::string& row() const { return row_; }
  // The cells of the row, as many as there are columns: surplus bars are taken for text of the title or the abstract.
  [[nodiscard]] std::vector<std::string> cells() const;
  [[nodiscard]] std::string_view cell(const std::vector<std::string>& cells, Label column) const;
  void end_row() { row_.clear(); }

 private:
  [[nodiscard]] std::size_t column(Label label) const;
  void join_surplus(std::vector<std::string>& found) const;

  std::vector<Label> columns_;
  bool leading_bar_ = false;
  bool trailing_bar_ = false;
  std::string row_;
  std::uint64_t row_line_ = 0;
  std::size_t row_lines_ = 0;
};

}  // namespace digest::ingest
