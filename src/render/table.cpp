// SPDX-License-Identifier: MIT
// CSV (RFC 4180) and tab-separated values, with a header line.
#include <fmt/format.h>

#include <algorithm>

#include "render/json.hpp"
#include "render/paper_writer.hpp"

namespace digest::render {
namespace {

std::string joined(const std::vector<std::string>& list) { return fmt::format("{}", fmt::join(list, "; ")); }

std::string text_of(const Snippet& snippet) {
  std::string text;
  for (const SnippetPart& part : snippet.parts) text += part.text;
  return text;
}

std::string cell_of(const Hit& hit, std::string_view field) {
  const Paper& paper = hit.paper;
  if (field == "rank") return hit.rank == 0 ? "" : fmt::format("{}", hit.rank);
  if (field == "id") return hit.id;
  if (field == "score") return hit.rank == 0 ? "" : fmt::format("{:.4f}", hit.score);
  if (field == "title") return paper.title;
  if (field == "abstract") return paper.abstract;
  if (field == "authors") return joined(paper.authors);
  if (field == "date") return paper.date;
  if (field == "url") return paper.urls.empty() ? "" : paper.urls.front();
  if (field == "urls") return joined(paper.urls);
  if (field == "categories") return joined(paper.categories);
  if (field == "venue") return paper.venue;
  if (field == "tags") return joined(hit.tags);
  if (field == "sources") return fmt::format("{}", paper.sources.size());
  if (field == "source") return paper.sources.empty() ? "" : fmt::format("{}:{}", paper.sources.front().file, paper.sources.front().line);
  std::vector<std::string> pairs;
  if (field == "ids") {
    for (const auto& [name, value] : paper.ids) pairs.push_back(name + ":" + value);
  } else if (field == "snippets") {
    for (const Snippet& snippet : hit.snippets) pairs.push_back(text_of(snippet));
  } else if (field == "explain" && hit.explanation) {
    for (const TermExplanation& term : hit.explanation->terms) pairs.push_back(fmt::format("{} {:.4f}", term.term, term.contribution));
    for (const Adjustment& adjustment : hit.explanation->adjustments) pairs.push_back(fmt::format("{} {:.4f}", adjustment.name, adjustment.contribution));
  }
  return joined(pairs);
}

// A field with a separator, a quote or a line break is quoted, quotes in it doubled.
std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

// A line is a paper and a tab ends a field, whatever cuts them apart: white space becomes blanks, and backslashes stay as
// they are, for LaTeX is full of them. A field that begins with a quote is quoted: spreadsheets take it for quoted.
std::string tsv_cell(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == '\t' || c == '\n' || c == '\r';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return !out.empty() && out.front() == '"' ? csv_cell(out) : out;
}

class TableWriter : public PaperWriter {
 public:
  TableWriter(Table kind, std::vector<std::string> fields) : kind_(kind), fields_(std::move(fields)) {
    if (fields_.empty()) fields_ = {"rank", "id", "score", "title", "authors", "date", "venue", "url", "source", "abstract"};
  }
  std::string begin() override { return row([](const std::string& field) { return field; }); }
  std::string paper(const Hit& hit) override {
    return row([&hit](const std::string& field) { return cell_of(hit, field); });
  }

 private:
  template <typename Cell>
  std::string row(Cell cell) const {
    std::string out;
    for (const std::string& field : fields_) {
      if (!out.empty() || &field != &fields_.front()) out += kind_ == Table::csv ? ',' : '\t';
      out += kind_ == Table::csv ? csv_cell(cell(field)) : tsv_cell(cell(field));
    }
    return out + (kind_ == Table::csv ? "\r\n" : "\n");
  }

  Table kind_;
  std::vector<std::string> fields_;
};

}  // namespace

std::vector<std::string> paper_columns() {
  return {"id", "title", "authors", "date", "venue", "url", "source", "abstract"};
}

std::unique_ptr<PaperWriter> table_writer(Table kind, std::vector<std::string> fields) {
  return std::make_unique<TableWriter>(kind, std::move(fields));
}

}  // namespace digest::render
