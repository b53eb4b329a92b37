// SPDX-License-Identifier: MIT
#include "ingest/readers/markdown_table.hpp"

#include <algorithm>

#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {
constexpr std::size_t kMostRowLines = 50;  // a wrapped title has some; each line costs a look at the whole row
}  // namespace

void MarkdownTable::begin(std::string_view header) {
  end();
  for (const std::string& name : table_cells(header)) columns_.push_back(column_named(name));
  leading_bar_ = trim(header).starts_with('|');
  trailing_bar_ = ends_with_bar(header);
}

bool MarkdownTable::names_papers() const { return column(Label::title) < columns_.size(); }

std::size_t MarkdownTable::column(Label label) const {
  return static_cast<std::size_t>(std::find(columns_.begin(), columns_.end(), label) - columns_.begin());
}

bool MarkdownTable::begins_row(std::string_view line) const {
  line = trim(line);
  return leading_bar_ ? line.starts_with('|') : line.find('|') != std::string_view::npos;
}

void MarkdownTable::add(std::string_view line, std::uint64_t number) {
  if (row_.empty()) row_line_ = number, row_lines_ = 0;
  ++row_lines_;
  if (row_.size() + line.size() > kMaxFieldBytes) return;
  if (!row_.empty()) row_ += '\n';
  row_ += line;
}

bool MarkdownTable::row_complete() const {
  if (row_lines_ >= kMostRowLines) return true;
  if (trailing_bar_ && !ends_with_bar(row_)) return false;
  return table_cells(row_).size() >= columns_.size();
}

std::vector<std::string> MarkdownTable::cells() const {
  std::vector<std::string> found = untrimmed_cells(row_);
  if (found.size() > columns_.size()) join_surplus(found);
  for (std::string& cell : found) cell = std::string(trim(cell));
  return found;
}

// More cells than columns: bars that nobody escaped stand in a title or an abstract.
void MarkdownTable::join_surplus(std::vector<std::string>& found) const {
  const std::size_t surplus = found.size() - columns_.size();
  std::size_t into = std::min(column(Label::title), columns_.size() - 1);
  const std::string_view title = found[into];
  const auto odd = [&](char c) { return std::count(title.begin(), title.end(), c) % 2 != 0; };
  const auto paired = [&](char open, char close) { return std::count(title.begin(), title.end(), open) == std::count(title.begin(), title.end(), close); };
  const bool title_is_whole = !odd('$') && (std::count(title.begin(), title.end(), '*') % 4 == 0) && paired('[', ']') && paired('(', ')');
  for (const Label text : {Label::abstract, Label::summary}) {
    if (title_is_whole && column(text) < columns_.size()) into = column(text);
  }
  const auto first = found.begin() + static_cast<std::ptrdiff_t>(into) + 1;
  const auto last = first + static_cast<std::ptrdiff_t>(surplus);
  for (auto each = first; each != last; ++each) found[into] += "|" + *each;
  found.erase(first, last);
}

std::string_view MarkdownTable::cell(const std::vector<std::string>& cells, Label label) const {
  const std::size_t at = column(label);
  if (at >= cells.size()) return {};
  return scan::says_nothing(cells[at]) ? std::string_view{} : std::string_view(cells[at]);
}

}  // namespace digest::ingest
