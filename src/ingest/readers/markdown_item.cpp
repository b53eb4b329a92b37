// SPDX-License-Identifier: MIT
#include "ingest/readers/markdown_item.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "ingest/cleaning.hpp"
#include "ingest/readers/markdown_paper.hpp"
#include "ingest/readers/markdown_parts.hpp"
#include "ingest/readers/page_lines.hpp"
#include "ingest/readers/reference_parts.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

constexpr std::size_t kMostNames = 4096;  // bytes looked through for authors
constexpr int kMostEnds = 100;            // places where their list may end

std::string_view trim_marks(std::string_view text, std::string_view marks) {
  while (!text.empty() && (is_blank(text.front()) || marks.find(text.front()) != std::string_view::npos)) text.remove_prefix(1);
  while (!text.empty() && (is_blank(text.back()) || marks.find(text.back()) != std::string_view::npos)) text.remove_suffix(1);
  return text;
}

std::size_t length_of_date(std::string_view text) {
  if (digits_at(text, 0) != 4) return 0;
  const std::size_t end = text.find_first_not_of("0123456789-/.");
  return std::min<std::size_t>(end == std::string_view::npos ? text.size() : end, 10);
}

// "ACL 2022", "CVPR'24", "2020 ECCV", a date: what people put in bold or brackets beside a title.
bool is_mark(std::string_view text) {
  text = trim_marks(text, "[](),.:");
  if (text.size() > 24 || std::count(text.begin(), text.end(), ' ') > 2) return false;
  if (length_of_date(text) == text.size()) return !text.empty();
  if (std::count(text.begin(), text.end(), ' ') == 2) {  // "ACL 2022 Oral", but "Beads in 2020"
    const std::string_view last = text.substr(text.rfind(' ') + 1);
    constexpr auto kKinds = std::to_array<std::string_view>({"Oral", "Spotlight", "Poster", "Highlight", "Workshop", "Findings", "Best"});
    if (std::find(kKinds.begin(), kKinds.end(), last) == kKinds.end()) return false;
  }
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool year = digits_at(text, at) == 4 && (text.substr(at, 2) == "19" || text.substr(at, 2) == "20") && (at == 0 || !is_alnum(text[at - 1]));
    if (year || (text[at] == '\'' && digits_at(text, at + 1) == 2)) return true;
  }
  return false;
}

// A quotation is a title where names, a mark or nothing stand before it, and the sentence does not go on behind it.
bool stands_alone(std::string_view before, std::string_view after) {
  const bool goes_on = !after.empty() && std::string_view(",.([|-").find(after.front()) == std::string_view::npos && !after.starts_with("http");
  const std::string_view names = trim_marks(before, ".,:");
  return !goes_on && (before.size() <= 4 || before.ends_with("**:") || is_mark(names) || is_author_list(names));
}

// The first text in quotation marks that may be a title.
std::string_view quoted_span(std::string_view text) {
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"\"", "\""}, {"“", "”"}}) {
    const std::size_t begin = text.find(open);
    const std::size_t end = begin == std::string_view::npos ? begin : text.find(close, begin + open.size());
    if (end == std::string_view::npos) continue;
    const std::string_view inside = trim_marks(text.substr(begin + open.size(), end - begin - open.size()), ",.");
    if (!stands_alone(trim(text.substr(0, begin)), trim(text.substr(end + close.size())))) continue;
    if (inside.find(' ') != std::string_view::npos && looks_like_title(inside)) return inside;
  }
  return {};
}

std::size_t place_in(std::string_view text, std::string_view part) { return static_cast<std::size_t>(part.data() - text.data()); }

std::size_t end_of(std::string_view text, const MarkdownLink& link) {
  const std::size_t url = text.find(link.url, link.at);
  return url == std::string_view::npos ? text.size() : std::min(text.size(), text.find_first_not_of(")>", url + link.url.size()));
}

// A title and what of the item it takes up.
struct Found {
  std::string title;
  std::size_t begin = 0, end = 0;
};

Found of_span(std::string_view text, std::string_view part) {
  return {title_of(part), place_in(text, part), place_in(text, part) + part.size()};
}

// "Beads in Depth: An Overview (**ACL 2022**)": what is bold there is no title.
std::string_view title_before(std::string_view text, std::string_view bold) {
  const std::string_view before = trim_marks(text.substr(0, place_in(text, bold) - 2), "([,-|");
  return !is_mark(before) && length_of_date(before) == 0 && before.size() > bold.size() && looks_like_title(before) ? before : std::string_view{};
}

Found find_title(std::string_view text, const std::vector<MarkdownLink>& links) {
  const std::string_view bold = bold_span(text), quoted = quoted_span(text);
  const auto titled = std::find_if(links.begin(), links.end(), [](const MarkdownLink& link) { return looks_like_title(link.text) && length_of_date(link.text) == 0; });
  if (!bold.empty() && bold.find("](") == std::string_view::npos) {
    if (const std::string_view before = title_before(text, bold); !before.empty()) return of_span(text, before);
    const bool is_name = bold.find(' ') == std::string_view::npos;
    if (is_name && !quoted.empty() && titled == links.end()) return of_span(text, quoted);
    if (looks_like_title(bold) || (!links.empty() && links.front().text.empty())) return of_span(text, bold);
  }
  if (titled != links.end()) {
    const std::string_view before = trim(text.substr(0, titled->at));
    if (before.size() < 8 || bold.empty() || is_mark(before)) return {plain_title(titled->text), titled->at, end_of(text, *titled)};
  }
  if (!quoted.empty() && titled == links.end()) return of_span(text, quoted);
  // "[paper](...) [code](...) Title"
  if (!links.empty() && links.front().at == 0 && titled == links.end()) {
    const std::size_t end = end_of(text, links.back());
    if (looks_like_title(text.substr(end))) return {plain_title(text.substr(end)), end, text.size()};
  }
  return {title_of(text), 0, links.empty() ? text.size() : links.front().at};
}

bool ends_in_et_al(std::string_view text) {
  return text.ends_with("et al") || text.ends_with("et al.") || text.ends_with("et.al") || text.ends_with("et.al.");
}

// The names that a text begins with: the longest part of it that is a list of them.
std::string names_at(std::string_view text) {
  text = trim_marks(text.substr(0, kMostNames), ",.-|(:\"");
  if (text.starts_with("by ")) text = trim(text.substr(3));
  const std::string_view cell = trim(text.substr(0, text.find('|')));
  const bool emphasised = cell.size() > 4 && (cell.front() == '*' || cell.front() == '_') && cell.back() == cell.front() && cell[1] != cell[0];
  if (emphasised && !is_mark(cell.substr(1, cell.size() - 2))) return std::string(cell);
  std::string_view found;
  int ends = 0;
  for (std::size_t at = 0; at <= text.size() && ends < kMostEnds; ++at) {
    if (at < text.size() && std::string_view(",.|;(*").find(text[at]) == std::string_view::npos) continue;
    ++ends;
    const std::string_view part = trim(text.substr(0, at));
    const bool sentence = part.size() > 3 && part.ends_with('.') && is_lower(part[part.size() - 2]) && is_lower(part[part.size() - 3]);  // not "Doe, J."
    const bool place = part.find("Universit") != std::string_view::npos || part.find("Institut") != std::string_view::npos || part.find("Research") != std::string_view::npos;
    if (ends_in_et_al(part) || (!sentence && !place && is_author_list(part))) found = part;
  }
  return std::string(found);
}

std::string date_at(std::string_view text) {
  while (!text.empty() && std::string_view("[(* `").find(text.front()) != std::string_view::npos) text.remove_prefix(1);
  std::string date(text.substr(0, length_of_date(text)));
  for (char& c : date) {
    if (c == '.' || c == '/') c = '-';
  }
  while (date.ends_with('-')) date.pop_back();
  return date;
}

// "Doe, J., & Roe, B. (2024). **Title.** *Venue*. [pdf](..)"
void read_as_reference(MarkdownItem& item, std::string_view text) {
  const std::string plain = clean(text, Markup::markdown);
  const auto found = parse_reference(plain);
  if (!found || !(item.title.starts_with(found->authors) || item.title.starts_with(found->title))) return;
  item.title = found->title;
  for (const std::string& name : reference_authors(found->authors)) item.authors += (item.authors.empty() ? "" : "; ") + name;
  if (item.date.empty()) item.date = found->year;
}

}  // namespace

MarkdownItem markdown_item(std::string_view text) {
  MarkdownItem item;
  item.date = date_at(text);
  std::string rest(text);
  if (const std::string_view bold = bold_span(rest); is_mark(bold) && !std::string_view(text).substr(place_in(rest, bold) + bold.size() + 2).starts_with(":")) {  // "**2024.03.05** [Title](...)", "**[CVPR'24]** Title"
    const std::size_t begin = place_in(rest, bold) - 2, end = begin + bold.size() + 4;
    const bool bracketed = begin > 0 && end < rest.size() && rest[begin - 1] == '(' && rest[end] == ')';
    rest.erase(begin - (bracketed ? 1 : 0), end - begin + (bracketed ? 2 : 0));
    if (!looks_like_title(find_title(trim(rest), markdown_links(trim(rest))).title)) rest = text;
  }
  const std::string_view left = trim(rest);
  const std::vector<MarkdownLink> links = markdown_links(left);
  const Found found = find_title(left, links);
  item.title = found.title;
  std::size_t end = left.size();
  for (const MarkdownLink& link : links) {
    if (link.at >= found.end) end = std::min(end, link.at);
  }
  std::string_view after = left.substr(std::min(found.end, end), end - std::min(found.end, end));
  after = after.substr(0, std::min(find_ignoring_case(after, "paper:"), after.size()));
  item.authors = names_at(trim_marks(after, "*"));
  if (item.authors.empty()) {
    const std::string_view before = trim_marks(left.substr(0, found.begin), ".,:-|[*\"");
    if (is_author_list(before)) item.authors = before;
  }
  if (links.empty() && !quoted_span(left).empty()) item.arxiv_id = scan::find_arxiv_id(left);
  if (item.authors.empty()) read_as_reference(item, left);
  return item;
}

}  // namespace digest::ingest
