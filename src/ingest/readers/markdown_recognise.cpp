// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "ingest/readers/markdown_paper.hpp"
#include "ingest/readers/page_lines.hpp"
#include "ingest/readers/scan.hpp"

namespace digest::ingest {

namespace {

// Counts what a list says of a paper in three items: "- **Title**", "  - A One, B Two", "  - We count ...".
class ItemsOfThree {
 public:
  void line(std::string_view text, std::size_t mark) {
    const std::string_view item = mark > 0 ? text.substr(mark) : std::string_view();
    const bool below = mark > 2 && is_blank(text.front());
    if (expected_ == Part::abstract && below && is_long(item)) ++count_;
    expected_ = expected_ == Part::names && below && is_author_list(item) ? Part::abstract : !below && item.starts_with("**") ? Part::names : Part::title;
  }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  enum class Part { title, names, abstract };
  Part expected_ = Part::title;
  std::size_t count_ = 0;
};

}  // namespace

Recognition recognise_markdown(std::string_view head) {
  scan::Lines lines(head);
  std::string_view line;
  std::string previous;
  ItemsOfThree threes;
  std::size_t headings = 0, items = 0, fields = 0, first = 0, plain_titles = 0, plain_abstracts = 0;
  bool abstract_heading = false;
  while (lines.next(line)) {
    line = scan::trim_right(scan::without_mark(line));
    while (line.starts_with("> ")) line.remove_prefix(2);
    if (find_ignoring_case(line, "get trending papers in your email") != std::string_view::npos) return {10, "it has Markdown headings"};
    if (is_table_rule(line) && previous.find('|') != std::string::npos) {
      for (const std::string& name : table_cells(previous)) {
        if (column_named(name) == Label::title) return {88, fmt::format("line {} is the header of a table with a title column", lines.number() - 1)};
      }
    }
    const std::size_t mark = list_mark(line);
    threes.line(line, mark);
    bool leads = false;
    if (heading_level(line) > 0 || mark > 0 || line.starts_with("**") || line.starts_with('[')) {
      for (const MarkdownLink& link : markdown_links(line)) leads = leads || (leads_to_paper(link.url) && link.text.size() > 0);
    }
    if (leads && first == 0) first = lines.number();
    if (leads && heading_level(line) > 0) ++headings;
    if (leads && heading_level(line) == 0) ++items;
    const Labelled found = labelled_line(line.substr(mark));
    const bool says_something = found.label != Label::none && found.label != Label::other;
    const bool listed = mark > 0 && says_something && found.label != Label::title && !found.value.empty();  // "   - Abstract: We count"
    const bool heading = heading_level(line) > 0 && label_named(line.substr(heading_level(line))) == Label::abstract;
    if ((found.marked && says_something) || listed || heading) ++fields;
    abstract_heading = abstract_heading || heading;
    if (!found.marked && mark == 0) {
      plain_titles += found.label == Label::title ? 1 : 0;
      plain_abstracts += found.label == Label::abstract ? 1 : 0;
    }
    previous = line;
  }
  if (headings >= 2) return {86, fmt::format("{} headings link to papers, the first in line {}", headings, first)};
  if (headings == 1) return {70, fmt::format("line {} is a heading that links to a paper", first)};
  if (items >= 2) return {72, fmt::format("{} list items link to papers, the first in line {}", items, first)};
  if (threes.count() >= 2) return {60, fmt::format("{} list items are a title, with names and a paragraph below it", threes.count())};
  if (fields >= 2) return {items > 0 ? 65 : 45, fmt::format("{} lines have labels, such as '**Abstract:**'", fields)};
  if (plain_titles > 0 && (plain_abstracts > 0 || abstract_heading)) {
    return {plain_titles + plain_abstracts > 2 ? 60 : 40, fmt::format("{} lines begin with 'Title:', {} with 'Abstract:' or a heading of that name", plain_titles, plain_abstracts)};
  }
  return {};
}

}  // namespace digest::ingest
