// SPDX-License-Identifier: MIT
// What becomes a paper in a Markdown archive: a heading, a bold line, a list item or a row of a table, with what belongs
// to it. Pure functions and plain data; a candidate belongs to one reader.
#pragma once
#include <digest/paper.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/reader.hpp"
#include "ingest/readers/markdown_parts.hpp"
#include "ingest/readers/markdown_table.hpp"

namespace digest::ingest {

inline constexpr int kBoldLevel = 10;  // headings have levels 1 to 6
inline constexpr int kListLevel = 20;  // and the item's indent

// How many '#' make the line a heading; 0 if it is none.
std::size_t heading_level(std::string_view line);
// "  - text", "12. text": how long the mark is, with the blanks around it; 0 if it is no item.
std::size_t list_mark(std::string_view line);
// The first bold span of the text; empty if none.
std::string_view bold_span(std::string_view text);
// The text of its link if a cell or heading has one that is a title, else all of it without its links.
std::string title_of(std::string_view raw);
// "Kevin Example et.al." -> {"Kevin Example"}
std::vector<std::string> markdown_names(std::string_view raw);
// The paper's own page first, then code and others.
void add_markdown_urls(Paper& paper, const std::vector<std::string>& urls);

// What is known so far of the paper that a heading, a bold line or a list item may be.
struct MarkdownCandidate {
  bool open = false;
  int level = 0;
  std::uint64_t line = 0;
  std::string heading;  // as written, wrapped lines joined
  std::string title;    // where a field says it
  bool heading_leads_to_paper = false;
  bool fields = false;  // authors, abstract or title were named
  bool names_below = false;
  std::vector<std::string> urls;
  std::string authors, abstract, summary, prose, date, category, venue, doi;

  void add_link(std::string_view url, bool in_heading);
  // Where the text of that label goes; null if it is not kept.
  std::string* field(Label label);
  [[nodiscard]] bool is_paper() const;
  // An item below that of a paper: does it name the authors? Before the abstract, that makes it a paper, address or not.
  bool takes_names(std::string_view item);
  [[nodiscard]] bool is_heading() const { return level < kBoldLevel; }
  // Says all that is known, but for title and dates without a year.
  void complete(Paper& paper, const std::string& section_category, std::string_view digest_date) const;
};

// A row of a table says a paper: true where it has anything of one.
void complete_from_row(Paper& paper, const MarkdownTable& table, const std::string& section_category, std::string_view digest_date);
// Does a row of a table without a title column link to a paper by its title?
bool row_has_paper(const std::vector<MarkdownLink>& links);

Recognition recognise_markdown(std::string_view head);

}  // namespace digest::ingest
