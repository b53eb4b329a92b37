// SPDX-License-Identifier: MIT
// Reading lists in Emacs' Org mode: headings, properties and links become Markdown's, line for line, and are read as such.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ingest/readers.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

// "** ": how many stars begin a heading; 0 if none does.
std::size_t stars(std::string_view line) {
  const std::size_t count = std::min(line.find_first_not_of('*'), line.size());
  return count < line.size() && line[count] == ' ' ? count : 0;
}

// "[2/3] Title", "Title [50%]": how much of a task is done.
std::string_view without_count(std::string_view heading) {
  const auto is_count = [](std::string_view mark) { return mark.size() > 2 && mark.find_first_not_of("[0123456789/%]") == std::string_view::npos && mark.find_first_of("/%") != std::string_view::npos; };
  if (heading.starts_with('[')) {
    const std::size_t end = std::min(heading.find(']'), heading.size() - 1) + 1;
    if (is_count(heading.substr(0, end))) heading = trim(heading.substr(end));
  }
  if (heading.ends_with(']')) {
    const std::size_t open = heading.rfind('[');
    if (open != std::string_view::npos && is_count(heading.substr(open))) heading = trim(heading.substr(0, open));
  }
  return heading;
}

// "TODO [#A] Title :ml:beads:": without what Org keeps of a task.
std::string_view without_task(std::string_view heading) {
  heading = trim(heading);
  for (const std::string_view state : {"TODO ", "DONE ", "PROJECT ", "NEXT ", "WAITING ", "READ ", "READING ", "TOREAD ", "UNREAD ", "CANCELLED "}) {
    if (heading.starts_with(state)) heading = trim(heading.substr(state.size()));
  }
  if (heading.size() > 5 && heading.starts_with("[#") && heading[3] == ']') heading = trim(heading.substr(4));
  heading = without_count(heading);
  const std::size_t tags = heading.ends_with(':') ? heading.rfind(" :") : std::string_view::npos;
  if (tags == std::string_view::npos || heading.find(' ', tags + 1) != std::string_view::npos) return heading;
  return without_count(trim(heading.substr(0, tags)));
}

// "[[https://...][Title]]" -> "[Title](https://...)"
std::string with_links(std::string_view line) {
  std::string out;
  while (!line.empty()) {
    const std::size_t open = line.find("[[");
    const std::size_t close = open == std::string_view::npos ? open : line.find("]]", open);
    if (close == std::string_view::npos) break;
    const std::string_view link = line.substr(open + 2, close - open - 2);
    const std::size_t border = link.find("][");
    out += line.substr(0, open);
    out += border == std::string_view::npos ? fmt::format("<{}>", link) : fmt::format("[{}]({})", link.substr(border + 2), link.substr(0, border));
    line.remove_prefix(close + 2);
  }
  return out += line;
}

// ":AUTHOR: Mary Example" -> "**Authors:** Mary Example"; properties that say nothing of a paper are empty lines.
std::string property(std::string_view name, std::string_view value) {
  struct Known {
    std::string_view name, label;
  };
  constexpr auto kKnown = std::to_array<Known>({{"author", "Authors"}, {"authors", "Authors"}, {"url", "Link"}, {"link", "Link"}, {"source", "Link"}, {"roam_refs", "Link"}, {"year", "Date"}, {"date", "Date"},
                                                {"published", "Date"}, {"doi", "DOI"}, {"abstract", "Abstract"}, {"journal", "Venue"}, {"venue", "Venue"}, {"booktitle", "Venue"}, {"category", "Categories"}});
  for (const Known& each : kKnown) {
    if (equals_ignoring_case(name, each.name)) return fmt::format("**{}:** {}", each.label, with_links(value));
  }
  return {};
}

// "- Authors :: A Example": an item of a list of descriptions may say what a property says.
std::string description(std::string_view item) {
  const std::size_t border = item.find(" :: ");
  return border == std::string_view::npos ? std::string() : property(trim(item.substr(0, border)), trim(item.substr(border + 4)));
}

std::string as_markdown(std::string_view line) {
  if (const std::size_t level = stars(line); level > 0) return std::string(std::min<std::size_t>(level, 6), '#') + " " + with_links(without_task(line.substr(level)));
  const std::string_view text = trim(line);
  if (text.starts_with("#+") || starts_ignoring_case(text, "scheduled:") || starts_ignoring_case(text, "deadline:") || starts_ignoring_case(text, "closed:")) return {};
  const std::size_t colon = text.starts_with(':') ? text.find(':', 1) : std::string_view::npos;
  if (colon != std::string_view::npos && text.find(' ') > colon) return property(text.substr(1, colon - 1), trim(text.substr(colon + 1)));
  for (const std::string_view box : {"- [ ] ", "- [X] ", "- [x] ", "- [-] ", "+ [ ] ", "+ [X] "}) {
    if (text.starts_with(box)) return "- " + with_links(text.substr(box.size()));
  }
  if (text.starts_with("- ") || text.starts_with("+ ")) {
    if (std::string said = description(text.substr(2)); !said.empty()) return said;
  }
  if (text.starts_with("|-")) {  // the rule of a table
    std::string rule(text);
    std::replace(rule.begin(), rule.end(), '+', '|');
    return rule;
  }
  // What follows a heading is indented, and no part of it.
  return with_links(text.starts_with("- ") || text.starts_with("+ ") ? line : text);
}

class OrgReader final : public LineReader {
 public:
  OrgReader(ReaderContext context, PaperSink& sink) : LineReader(context, sink), markdown_(kMarkdownFormat.make(std::move(context), sink)) {}

 private:
  void line(std::string_view text, std::uint64_t) override {
    text = scan::without_mark(text);
    markdown_->feed((is_hidden(text) ? std::string() : is_own_title(text) ? own_heading(text) : as_markdown(text)) + "\n");
  }

  // A note on one paper says in the head of the file which: ":ROAM_REFS: https://..." and "#+title:".
  bool is_own_title(std::string_view line) {
    constexpr std::string_view kRefs = ":ROAM_REFS:";
    const std::string_view text = trim(line);
    in_head_ = in_head_ && stars(line) == 0;
    if (in_head_ && starts_ignoring_case(text, kRefs)) own_link_ = scan::find_url(text.substr(kRefs.size()));
    return in_head_ && !own_link_.empty() && starts_ignoring_case(text, kTitle);
  }
  [[nodiscard]] std::string own_heading(std::string_view line) const { return fmt::format("# [{}]({})", trim(trim(line).substr(kTitle.size())), own_link_); }

  void end() override { markdown_->finish(); }

  // Program text, and drawers but for properties: ":LOGBOOK:" to ":END:".
  bool is_hidden(std::string_view line) {
    const std::string_view text = trim(line);
    if (in_code_ && stars(line) == 0) {  // a heading ends it, closed or not
      in_code_ = !starts_ignoring_case(text, "#+end_");
      return true;
    }
    if (in_drawer_ && stars(line) == 0) {
      in_drawer_ = !equals_ignoring_case(text, ":END:");
      return true;
    }
    in_drawer_ = opens_drawer(text);
    in_code_ = starts_ignoring_case(text, "#+begin_src") || starts_ignoring_case(text, "#+begin_example");
    return in_drawer_ || in_code_;
  }

  // ":LOGBOOK:", ":NOTES:"; a lone ":toread:" is a tag that somebody put there.
  static bool opens_drawer(std::string_view text) {
    const bool is_mark = text.size() > 2 && text.front() == ':' && text.back() == ':' && text.find(' ') == std::string_view::npos;
    if (!is_mark || equals_ignoring_case(text, ":PROPERTIES:") || equals_ignoring_case(text, ":END:")) return false;
    for (const std::string_view known : {":LOGBOOK:", ":NOTES:", ":RESULTS:", ":CLOCK:"}) {
      if (equals_ignoring_case(text, known)) return true;
    }
    return std::none_of(text.begin(), text.end(), is_lower);
  }

  static constexpr std::string_view kTitle = "#+title:";
  std::unique_ptr<Reader> markdown_;
  std::string own_link_;
  bool in_head_ = true;  // before the first heading
  bool in_code_ = false, in_drawer_ = false;
};

bool has_link(std::string_view text) {
  const std::size_t open = text.find("[[http");
  const std::size_t border = open == std::string_view::npos ? open : text.find("][", open);
  return border != std::string_view::npos && border < text.find("]]", open);
}

Recognition recognise(std::string_view head) {
  scan::Lines lines(head);
  std::string_view line;
  std::size_t headings = 0, marks = 0, links = 0, first = 0;
  bool refers = false, titled = false;  // a note on one paper
  while (lines.next(line)) {
    const std::string_view text = trim(scan::without_mark(line));
    if (text.starts_with("## ") || text.starts_with("```") || text.find("](http") != std::string_view::npos) return {};  // Markdown that shows some
    headings += stars(line) > 0 ? 1U : 0U;
    const bool is_mark = text == ":PROPERTIES:" || starts_ignoring_case(text, "#+title:") || starts_ignoring_case(text, "#+startup:") || starts_ignoring_case(text, "#+author:");
    marks += is_mark ? 1U : 0U;
    links += has_link(text) ? 1U : 0U;
    refers = refers || (headings == 0 && starts_ignoring_case(text, ":ROAM_REFS:") && text.find("http") != std::string_view::npos);
    titled = titled || starts_ignoring_case(text, "#+title:");
    if (first == 0 && (is_mark || links > 0)) first = lines.number();
  }
  if ((headings + links < 2 && !(refers && titled)) || marks + links == 0) return {};
  return {marks > 0 || links > 1 ? 49 : 30, fmt::format("line {} is Org mode's", first)};
}

}  // namespace

const Format kOrgFormat{"org", "reading list in Emacs' Org mode", {"org"}, recognise, make_reader<OrgReader>};

}  // namespace digest::ingest
