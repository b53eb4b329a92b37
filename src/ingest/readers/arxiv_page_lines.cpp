// SPDX-License-Identifier: MIT
#include "ingest/readers/arxiv_page_lines.hpp"

#include <array>

#include "ingest/cleaning.hpp"
#include "ingest/identifiers.hpp"
#include "ingest/readers/arxiv_parts.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest::arxiv_page {
namespace {

constexpr auto kParts = std::to_array<NamedPart>({
    {"Title:", Part::title}, {"Authors:", Part::authors}, {"Author:", Part::authors}, {"Abstract:", Part::abstract},
    {"Subjects:", Part::subjects}, {"Journal-ref:", Part::journal}, {"Journal reference:", Part::journal},
    {"Journal ref:", Part::journal}, {"Related DOI:", Part::doi}, {"DOI:", Part::doi}, {"Cite as:", Part::cite},
    {"Comments:", Part::other}, {"Report-no:", Part::other}, {"Report number:", Part::other}, {"MSC-class:", Part::other},
    {"MSC classes:", Part::other}, {"MSC Class:", Part::other}, {"ACM-class:", Part::other}, {"ACM classes:", Part::other},
    {"ACM Class:", Part::other}, {"Submitted ", Part::submitted}});

bool begins_with_weekday(std::string_view line) {
  for (const std::string_view day : {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}) {
    if (line.starts_with(day) && line.substr(0, 12).find(", ") != std::string_view::npos) return true;
  }
  return false;
}

// "[Mary Example](https://...)" -> "Mary Example"
std::string without_links(std::string_view line) {
  std::string out;
  while (!line.empty()) {
    const std::size_t border = line.find("](");
    const std::size_t end = border == std::string_view::npos ? border : line.find(')', border);
    const std::size_t open = end == std::string_view::npos ? end : line.substr(0, border).rfind('[');
    if (open == std::string_view::npos) break;
    out += line.substr(0, open);
    out += line.substr(open + 1, border - open - 1);
    line.remove_prefix(end + 1);
  }
  return out += line;
}

}  // namespace

const NamedPart* part_of(std::string_view line) {
  for (const NamedPart& each : kParts) {
    if (line.starts_with(each.label)) return &each;
  }
  return nullptr;
}

Head list_head(std::string_view line) {
  if (line.size() > 300) return {};
  while (!line.empty() && (line.front() == '[' || is_digit(line.front()))) {  // its number in the list, and a text browser's in the page
    const std::size_t from = line.front() == '[' ? 1 : 0;
    const std::size_t end = from + digits_at(line, from);
    if (end == from || end >= line.size() || line[end] != (from == 1 ? ']' : '.')) return {};
    line = trim(line.substr(end + 1));
  }
  if (!starts_ignoring_case(line, "arXiv:")) return {};
  const std::string_view id = scan::find_arxiv_id(line);
  const std::size_t open = line.find('[');
  const std::size_t close = line.rfind(']');
  if (id.empty() || open == std::string_view::npos || close == std::string_view::npos || close < open) return {};
  const std::string_view links = line.substr(open, close - open);
  for (const std::string_view form : {"pdf", "other", "html", "ps"}) {
    if (links.find(form) != std::string_view::npos) return {id, trim(line.substr(close + 1))};
  }
  return {};
}

std::string_view submission_day(std::string_view line) {
  if (!line.starts_with("[Submitted on ") && !line.starts_with("(Submitted on ")) return {};
  line.remove_prefix(14);
  return trim(line.substr(0, line.find_first_of("(),]")));
}

bool is_border(std::string_view line) {
  const auto has = [line](std::string_view words) { return line.find(words) != std::string_view::npos; };
  if (line.size() >= 200) return false;
  for (const std::string_view words : {"New submissions", "Cross submissions", "Cross-lists", "Replacement submissions", "Replacements for ",
                                       "Submission history", "Access Paper", "Full-text links", "Bibliographic Tools", "References & Citations",
                                       "Current browse context", "Links to: arXiv"}) {
    if (starts_ignoring_case(line, words)) return true;
  }
  for (const std::string_view words : {"Total of ", "Showing ", "[ total of ", "[ showing "}) {  // some titles begin so too
    if (!starts_ignoring_case(line, words)) continue;
    return digits_at(line, words.size()) > 0 || has(" listings") || (words.front() == '[' && has(" entries"));
  }
  return begins_with_weekday(line) && line.size() < 80 && !normalise_date(day_of_arxiv_heading(line)).empty();
}

bool is_button(std::string_view line) {
  if (line.starts_with("View a PDF of the paper titled")) return true;
  for (const std::string_view words : {"View PDF", "PDF", "HTML (experimental)", "Focus to learn more", "Download", "TeX Source", "Other Formats"}) {
    if (!line.starts_with(words) || line.size() > words.size() + 40) continue;
    const std::string_view rest = trim(line.substr(words.size()));  // "PDF Parsing With Beads" is a title
    if (rest.empty() || rest.front() == '(' || rest.front() == ':' || rest.starts_with("PDF") || rest.starts_with("HTML") || words == "Focus to learn more") return true;
  }
  return false;
}

std::string shown(std::string_view line) {
  line = trim(scan::without_mark(line));
  while (!line.empty() && (line.front() == '#' || line.front() == '>')) line = trim(line.substr(1));
  const bool is_row = line.size() > 2 && line.front() == '|' && line.back() == '|';
  if (!is_row && line.find("](") == std::string_view::npos && line.find("\\[") == std::string_view::npos) return std::string(line);
  const std::string bare = without_links(line);
  std::string out;
  for (std::size_t i = 0; i < bare.size(); ++i) {
    if (bare[i] == '\\' && i + 1 < bare.size() && (bare[i + 1] == '[' || bare[i + 1] == ']')) continue;
    out += is_row && bare[i] == '|' ? ' ' : bare[i];
  }
  std::string_view cells = trim(out);
  if (cells.find_first_not_of("- :") == std::string_view::npos) return {};  // the rule of a table
  const std::size_t colon = cells.find(": ");
  if (!is_row || colon == std::string_view::npos) return std::string(cells);
  return std::string(cells.substr(0, colon + 2)) + std::string(trim(cells.substr(colon + 2)));
}

}  // namespace digest::ingest::arxiv_page
