// SPDX-License-Identifier: MIT
#include "ingest/readers/feed_text.hpp"

#include <algorithm>

#include "ingest/identifiers.hpp"
#include "ingest/readers/page_lines.hpp"
#include "ingest/readers/record_reader.hpp"

namespace digest::ingest {
namespace {

constexpr std::size_t kLongestLine = 4096;  // names of a large collaboration; what is longer is an abstract

bool is_tag_of_line(std::string_view tag) {
  if (tag.starts_with('/')) tag.remove_prefix(1);
  const std::string name = lower_case(tag.substr(0, tag.find_first_of(" />")));
  return name == "br" || name == "p" || name == "div" || name == "cite" || (name.size() == 2 && name[0] == 'h' && is_digit(name[1]));
}

// Where the first line of the text ends, and where the next begins, behind the tag between them.
struct Border {
  std::size_t end, next;
};

Border first_border(std::string_view html) {
  for (std::size_t at = html.find('<'); at < std::min(html.size(), kLongestLine); at = html.find('<', at + 1)) {
    const std::size_t close = html.find('>', at);
    if (close == std::string_view::npos || close - at > kLongestLine) break;
    if (is_tag_of_line(html.substr(at + 1, close - at - 1))) return {at, close + 1};
  }
  return {html.size(), html.size()};
}

// The same from behind: where the last line begins, and where the text before it ends.
Border last_border(std::string_view html) {
  const std::size_t least = html.size() - std::min(html.size(), kLongestLine);
  for (std::size_t at = html.rfind('<'); at != std::string_view::npos && at >= least; at = at == 0 ? std::string_view::npos : html.rfind('<', at - 1)) {
    const std::size_t close = html.find('>', at);
    if (close != std::string_view::npos && is_tag_of_line(html.substr(at + 1, close - at - 1))) return {at, close + 1};
  }
  return {0, 0};
}

std::string_view after_label(std::string_view line, std::string_view label) {
  return starts_ignoring_case(line, label) ? trim(line.substr(label.size())) : std::string_view();
}

bool has_number_after(std::string_view line, std::string_view word) {
  const std::size_t at = line.find(word);
  return at != std::string_view::npos && at + word.size() < line.size() && is_digit(line[at + word.size()]);
}

// "Journal of Beads, Volume 105, Issue 3, Page 323-340, March 2024.", "J. Beads, 2024, 60, 2000-2003"
bool is_citation(std::string_view line) {
  if (line.size() > 200) return false;
  if (line.ends_with("Ahead of Print.")) return true;
  if (has_number_after(line, "Volume ") && (line.find("Issue ") != std::string_view::npos || line.find("Page") != std::string_view::npos)) return true;
  const std::size_t comma = line.find(", ");  // behind the journal's name are numbers alone
  return comma != std::string_view::npos && comma < 60 && (has_number_after(line, ", 20") || has_number_after(line, ", 19")) && is_digit(line.back()) &&
         std::none_of(line.begin() + static_cast<std::ptrdiff_t>(comma), line.end(), is_letter) && std::count(line.begin(), line.end(), ',') >= 2;
}

bool is_small_print(std::string_view line) {
  if (line.starts_with('[') && line.find("] Published") != std::string_view::npos) return true;
  return starts_ignoring_case(line, "the content of this rss feed") || starts_ignoring_case(line, "[abstract]");
}

class FeedLines {
 public:
  FeedLines(Paper& paper, const DateReader& date_of) : paper_(paper), date_of_(date_of) {}

  // Says a line something of the paper that is no part of its abstract?
  bool take(std::string_view html) {
    const std::string line = clean(html, Markup::html);
    if (line.empty() || line == "." || is_small_print(line)) return true;
    for (const std::string_view heading : {"abstract", "summary", "abstract:"}) {
      if (equals_ignoring_case(line, heading)) return true;
    }
    if (label(line)) return taken_ = true;
    if (is_citation(line)) return venue(line), taken_ = true;
    if (taken_ && (is_author_list(line) || (after_journal_ && paper_.authors.empty() && is_name(line)))) return names(line), true;
    return false;
  }

  void journal(std::string_view html) { venue(clean(html, Markup::html)), taken_ = after_journal_ = true; }

 private:
  bool label(const std::string& line) {
    for (const std::string_view word : {"author(s):", "authors:"}) {
      if (starts_ignoring_case(line, word)) return names(after_label(line, word)), true;
    }
    if (const std::string_view list = after_label(line, "by "); !list.empty() && (is_author_list(list) || (is_name(list) && !paper_.authors.empty()))) return names(list), true;
    for (const std::string_view word : {"publication date:", "available online", "published online:", "published online"}) {
      std::string_view day = after_label(line, word);
      if (starts_ignoring_case(day, "available online ")) day = trim(day.substr(17));
      if (day.empty() || day.size() > 40) continue;
      std::string date = date_of_(day);
      if (date.empty()) continue;
      if (paper_.date.empty()) paper_.date = std::move(date);
      return true;
    }
    if (const std::string_view source = after_label(line, "source:"); !source.empty() && source.size() < 300) return venue(source), true;
    if (!starts_ignoring_case(line, "doi:") || line.size() > 200 || find_doi(line).empty()) return false;
    paper_.ids.emplace("doi", doi(line));
    return true;
  }

  void names(std::string_view list) {
    if (paper_.authors.empty()) paper_.authors = split_authors(list);
  }

  void venue(std::string_view line) {
    if (!paper_.venue.empty()) return;
    for (const std::string_view end : {", Volume ", ", Vol", ", Ahead of", ", 20", ", 19"}) line = line.substr(0, line.find(end));
    if (!line.starts_with("Volume ") && line.size() < 200) paper_.venue = trim(line);
  }

  Paper& paper_;
  const DateReader& date_of_;
  bool taken_ = false, after_journal_ = false;
};

}  // namespace

std::string_view read_feed_text(std::string_view html, Paper& paper, const DateReader& date_of) {
  FeedLines lines(paper, date_of);
  for (html = trim(html); !html.empty(); html = trim(html)) {
    const Border border = first_border(html);
    const std::string_view line = html.substr(0, border.end);
    const bool is_journal = starts_ignoring_case(html.substr(border.end), "</cite");
    if (is_journal) lines.journal(line);
    else if (line.size() > kLongestLine || !lines.take(line)) break;
    html.remove_prefix(border.next);
  }
  for (html = trim(html); !html.empty(); html = trim(html)) {
    const Border border = last_border(html);
    const std::string line = clean(html.substr(border.next), Markup::html);
    if (border.next == 0 || !(line.empty() || is_small_print(line))) break;
    html = html.substr(0, border.end);
  }
  return html;
}

std::string_view without_affiliation(std::string_view creator) {
  const auto is_place = [](std::string_view text) {
    for (const std::string_view word : {"Univers", "Institut", "Depart", "Laborator", "School", "College", "Hospital", "Cent", "Facult", "Academ"}) {
      if (text.find(word) != std::string_view::npos) return true;
    }
    return false;
  };
  for (std::size_t at = creator.find(' '); at != std::string_view::npos && at + 3 < creator.size(); at = creator.find(' ', at + 1)) {
    if (is_lower(creator[at + 1]) && creator[at + 2] == ' ' && is_upper(creator[at + 3]) && at > 3 && creator.find(',', at) != std::string_view::npos) {
      return is_place(creator.substr(at)) ? creator.substr(0, at) : creator;  // "Ortega y Gasset"
    }
  }
  return creator;
}

}  // namespace digest::ingest
