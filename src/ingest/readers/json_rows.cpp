// SPDX-License-Identifier: MIT
#include "ingest/readers/json_rows.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "ingest/readers.hpp"
#include "ingest/readers/markdown_parts.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

// All rows stand in the line of the JSON document where their record begins.
class RowSink final : public PaperSink {
 public:
  RowSink(PaperSink& sink, std::uint64_t line) : sink_(sink), line_(line) {}
  [[nodiscard]] std::uint64_t papers() const { return papers_; }

  void paper(Paper&& paper) override {
    ++papers_;
    for (Source& source : paper.sources) source.line = line_;
    sink_.paper(std::move(paper));
  }
  void problem(Diagnostic&& problem) override {
    problem.line = line_;
    sink_.problem(std::move(problem));
  }
  void stated_count(std::uint64_t) override {}

 private:
  PaperSink& sink_;
  std::uint64_t line_;
  std::uint64_t papers_ = 0;
};

bool is_row(std::string_view text) {
  return text.starts_with('|') && text.ends_with('|') && table_cells(text).size() >= 3;
}

// Rows of these archives begin with the day, the title, the authors and the paper; what follows is code and
// comments.
std::string header_for(std::string_view row) {
  const std::size_t columns = table_cells(row).size();
  std::string names = "|Publish Date|Title|Authors|PDF|", rule = "|---|---|---|---|";
  for (std::size_t i = 4; i < columns; ++i) {
    names += "Code|";
    rule += "---|";
  }
  return names + "\n" + rule + "\n";
}

}  // namespace

std::uint64_t read_json_rows(const simdjson::dom::object& holder, std::uint64_t line,
                             const ReaderContext& context, PaperSink& sink) {
  std::string text;
  for (const auto member : holder) {
    std::string_view value;
    if (member.value.get(value) != simdjson::SUCCESS) return 0;
    value = trim(value);
    const bool row = is_row(value);
    if (!row && !(value.starts_with("- ") && !markdown_links(value).empty())) return 0;
    if (row && text.empty()) text = header_for(value);
    for (const char c : value) text += c == '\n' ? ' ' : c;
    text += '\n';
  }
  if (text.empty()) return 0;
  RowSink rows(sink, line);
  const auto reader = kMarkdownFormat.make(context, rows);
  reader->feed(text);
  reader->finish();
  return rows.papers();
}

}  // namespace digest::ingest
