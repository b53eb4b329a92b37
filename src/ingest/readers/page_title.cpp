// SPDX-License-Identifier: MIT
#include "ingest/readers/page_title.hpp"

#include <algorithm>
#include <vector>

#include "ingest/identifiers.hpp"
#include "ingest/readers/page_lines.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

std::string_view without_separators(std::string_view text) {
  for (text = trim(text); !text.empty();) {
    bool cut = false;
    for (const std::string_view sign : {"-", ":", "|", ",", "(", "[", "<", "\xE2\x80\x93", "\xE2\x80\x94", "\xC2\xB7", "\xE2\x86\x92"}) {
      if (!text.ends_with(sign)) continue;
      text = trim(text.substr(0, text.size() - sign.size()));
      cut = true;
    }
    if (!cut) break;
  }
  return text;
}

// "(25 minute read)", "(GitHub Repo)": what newsletters put behind a title.
std::string_view without_remark(std::string_view title) {
  const std::size_t open = title.ends_with(')') ? title.rfind(" (") : std::string_view::npos;
  if (open == std::string_view::npos || open == 0) return title;
  const std::string remark = lower_case(title.substr(open + 2, title.size() - open - 3));
  const bool is_time = digits_at(remark, 0) > 0 && (remark.ends_with(" minute read") || remark.ends_with(" min read"));
  return is_time || remark == "github repo" ? trim(title.substr(0, open)) : title;
}

// "**Title**"
std::string_view without_bold(std::string_view title) {
  const bool bold = title.size() > 5 && title.starts_with("**") && title.ends_with("**") && title.substr(2, title.size() - 4).find("**") == std::string_view::npos;
  return bold ? title.substr(2, title.size() - 4) : title;
}

// "J Beads 1 (2025). doi:10.1000/x.1": where a paper appeared, below its authors.
std::string_view doi_of_citation(std::string_view line) {
  const bool says_so = line.size() < 300 && (find_ignoring_case(line, "doi:") != std::string_view::npos || find_ignoring_case(line, "doi.org/") != std::string_view::npos);
  return says_so ? find_doi(line) : std::string_view();
}

}  // namespace

std::size_t bullet(std::string_view line) {
  for (const std::string_view mark : {"\xE2\x80\xA2", "\xE2\x97\xA6", "\xE2\x96\xAA", "\xE2\x80\xA3", "\xE2\x97\x8F", "- ", "* ", "+ "}) {
    if (!line.starts_with(mark)) continue;
    std::size_t end = mark.size();
    while (end < line.size() && is_blank(line[end])) ++end;
    return end;
  }
  return 0;
}

std::size_t ending_address(std::string_view line) {
  line = trim(line);
  while (!line.empty() && (line.back() == ')' || line.back() == ']' || line.back() == '>')) line.remove_suffix(1);
  const std::size_t blank = line.find_last_of(" \t(<[");
  if (blank == std::string_view::npos) return blank;
  const std::string_view last = line.substr(blank + 1);
  if (!last.starts_with("https://") && !last.starts_with("http://")) return std::string_view::npos;
  return without_separators(line.substr(0, blank + 1)).size();
}

TitleLines title_lines(std::string_view block) {
  TitleLines found;
  std::vector<std::string_view> lines;
  for (block = trim(block); !block.empty();) lines.push_back(trim(take_line(block)));
  while (lines.size() > 1) {  // where it appeared, below
    const std::string_view id = doi_of_citation(lines.back());
    if (id.empty()) break;
    found.url = "https://doi.org/" + doi(id);
    lines.pop_back();
  }
  if (lines.size() > 1) {
    std::string names(lines.back());
    std::replace(names.begin(), names.end(), '|', ',');
    if (is_author_list(names)) {
      found.authors = std::move(names);
      lines.pop_back();
    }
  }
  for (const std::string_view line : lines) found.title += (found.title.empty() ? "" : "\n") + std::string(line);
  found.title.erase(0, bullet(found.title));
  if (const std::size_t end = ending_address(found.title); end != std::string_view::npos && end > 0) {
    if (found.url.empty()) found.url = scan::find_url(std::string_view(found.title).substr(end));
    const bool is_link = found.title.front() == '[' && found.title.find("](http") == end - 1;  // Markdown's
    found.title.resize(end);
    if (is_link) found.title = found.title.substr(1, end - 2);
  }
  found.title = std::string(without_bold(without_remark(found.title)));
  return found;
}

}  // namespace digest::ingest
