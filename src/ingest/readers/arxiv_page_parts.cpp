// SPDX-License-Identifier: MIT
#include "ingest/readers/arxiv_page_parts.hpp"

#include "ingest/identifiers.hpp"
#include "ingest/readers/page_lines.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest::arxiv_page {
namespace {

// A line without a label goes on with what stands before it, or is the abstract: that of a list follows the subjects,
// that of an abstract page the authors.
Part going_on(const Entry& entry, const Parts& parts, Part now, const Line& line) {
  if (now == Part::subjects && !entry.is_abstract_page && (line.after_gap || parts.subjects.ends_with(')'))) return Part::abstract;
  if (now == Part::authors && (line.after_gap || is_long(line.text)) && !is_author_list(line.text)) return Part::abstract;
  if (now == Part::submitted) return Part::other;
  return now;
}

// From which line on everything is names; the last line if no such is found.
std::size_t first_of_names(const std::vector<Line>& front) {
  constexpr std::size_t kMostLines = 40;
  if (front.size() > kMostLines) return 1;
  for (std::size_t from = 1; from + 1 < front.size(); ++from) {
    std::string rest;
    for (std::size_t i = from; i < front.size(); ++i) rest += (rest.empty() ? "" : " ") + front[i].text;
    if (is_author_list(rest)) return from;
  }
  return front.size() - 1;
}

// Title, authors and (on an abstract page) abstract, told apart by their place: a line each, but for a title that wraps.
void settle_front(const Entry& entry, Parts& parts) {
  const std::vector<Line>& front = parts.front;
  std::size_t names = front.size();
  if (!parts.names_authors && front.size() > 1) {
    names = 1;
    if (!entry.is_abstract_page) names = first_of_names(front);
  }
  for (std::size_t i = 0; i < front.size(); ++i) {
    const bool is_prose = entry.is_abstract_page && (i > names || (is_long(front[i].text) && !is_author_list(front[i].text)));
    std::string& field = i < names ? parts.title : is_prose ? parts.abstract : parts.authors;
    if (!field.empty()) field += &field == &parts.abstract && front[i].after_gap ? "\n\n" : " ";
    field += front[i].text;
  }
}

}  // namespace

Parts parts_of(const Entry& entry) {
  Parts parts;
  Part now = Part::title;
  for (const Line& line : entry.lines) {
    std::string_view text = line.text;
    const NamedPart* named = part_of(text);
    if (named != nullptr && !(now == Part::abstract && named->part == Part::title)) {
      now = named->part;
      text = now == Part::submitted ? text : trim(text.substr(named->label.size()));
      parts.names_authors = parts.names_authors || now == Part::authors;
    } else if (is_button(text)) {
      continue;
    } else {
      now = going_on(entry, parts, now, line);
    }
    if (now == Part::title) {
      parts.front.push_back({std::string(text), line.after_gap});
    } else if (std::string* field = parts.field(now)) {
      if (!field->empty()) *field += now == Part::abstract && line.after_gap ? "\n\n" : " ";
      *field += text;
    }
  }
  settle_front(entry, parts);
  return parts;
}

}  // namespace digest::ingest::arxiv_page
