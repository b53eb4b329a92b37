// SPDX-License-Identifier: MIT
#include "ingest/readers/markdown_paper.hpp"

#include <digest/limits.hpp>

#include <algorithm>
#include <set>

#include "ingest/cleaning.hpp"
#include "ingest/identifiers.hpp"
#include "ingest/readers/page_lines.hpp"
#include "ingest/readers/record_reader.hpp"
#include "ingest/readers/scan.hpp"

namespace digest::ingest {
namespace {

void add_categories(Paper& paper, std::string_view text, const std::string& section_category) {
  for (std::size_t at = text.find_first_not_of(" ,;\n`*"); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(" ,;\n`*", at), text.size());
    paper.categories.emplace_back(text.substr(at, end - at));
    at = text.find_first_not_of(" ,;\n`*", end);
  }
  if (paper.categories.empty() && !section_category.empty()) paper.categories.push_back(section_category);
}

// Archives that cut abstracts say so with an ellipsis.
bool is_cut(std::string_view text) { return text.ends_with("...") || text.ends_with("\xE2\x80\xA6"); }

}  // namespace

std::size_t heading_level(std::string_view line) {
  const std::size_t marks = std::min(line.find_first_not_of('#'), line.size());
  return marks >= 1 && marks <= 6 && marks < line.size() && line[marks] == ' ' ? marks : 0;
}

std::size_t list_mark(std::string_view line) {
  const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
  const std::size_t digits = digits_at(line, indent);
  std::size_t at = indent + digits;
  if (digits > 4 || at + 1 >= line.size() || line[at + 1] != ' ') return 0;
  const std::string_view marks = digits > 0 ? ".)" : "-*+";
  return marks.find(line[at]) == std::string_view::npos ? 0 : at + 2;
}

std::string_view bold_span(std::string_view text) {
  const std::size_t first = text.find("**");
  if (first == std::string_view::npos) return {};
  const std::size_t end = text.find("**", first + 2);
  return end == std::string_view::npos ? std::string_view{} : text.substr(first + 2, end - first - 2);
}

std::string title_of(std::string_view raw) {
  const std::vector<MarkdownLink> links = markdown_links(raw);
  if (find_ignoring_case(raw, "(read more on") != std::string_view::npos) return plain_title(raw);
  for (const MarkdownLink& link : links) {
    const std::string_view before = trim(raw.substr(0, link.at));
    if (looks_like_title(link.text) && (before.size() < 8 || bold_span(raw).empty())) return plain_title(link.text);
  }
  if (!links.empty() && links.front().at > 0) {
    std::string_view before = raw.substr(0, links.front().at);
    if (looks_like_title(before)) {
      before = scan::trim_right(before);
      while (!before.empty() && std::string_view("[(|-:!,").find(before.back()) != std::string_view::npos) before = scan::trim_right(before.substr(0, before.size() - 1));
      return plain_title(before);
    }
  }
  return plain_title(raw);
}

std::vector<std::string> markdown_names(std::string_view raw) {
  std::string text = clean(raw, Markup::markdown);
  for (const std::string_view rest : {"et.al.", "et al.", "et.al", "et al"}) {
    for (std::size_t at = find_ignoring_case(text, rest); at != std::string::npos; at = find_ignoring_case(text, rest)) text.erase(at, rest.size());
  }
  std::string_view bare = trim(text);
  if (bare.size() > 2 && bare.front() == '[' && bare.back() == ']') bare = bare.substr(1, bare.size() - 2);
  while (!bare.empty() && (std::string_view("*_,").find(bare.front()) != std::string_view::npos)) bare.remove_prefix(1);
  while (!bare.empty() && (std::string_view("*_,").find(bare.back()) != std::string_view::npos || is_blank(bare.back()))) bare.remove_suffix(1);
  return split_authors(bare);
}

void add_markdown_urls(Paper& paper, const std::vector<std::string>& urls) {
  for (const std::string& url : urls) {
    if (leads_to_paper(url)) add_url(paper, url);
  }
  for (const std::string& url : urls) add_url(paper, url);
}

void MarkdownCandidate::add_link(std::string_view url, bool in_heading) {
  if (urls.size() < 50 && std::find(urls.begin(), urls.end(), url) == urls.end()) urls.emplace_back(url);
  if (in_heading && leads_to_paper(url)) heading_leads_to_paper = true;
}

std::string* MarkdownCandidate::field(Label label) {
  switch (label) {
    case Label::authors: return &authors;
    case Label::abstract: return &abstract;
    case Label::summary: return &summary;
    case Label::date: return &date;
    case Label::category: return &category;
    case Label::venue: return &venue;
    case Label::doi: return &doi;
    case Label::none: return &prose;
    default: return nullptr;
  }
}

bool MarkdownCandidate::takes_names(std::string_view item) {
  if (level < kListLevel || !prose.empty()) return false;
  if (!authors.empty()) {
    fields = fields || (names_below && is_long(item));
    return false;
  }
  names_below = is_author_list(item);
  if (names_below) authors = item;
  return names_below;
}

bool MarkdownCandidate::is_paper() const {
  if (!open) return false;
  if (heading_leads_to_paper || fields) return true;
  std::set<std::string_view> papers;
  for (const std::string& url : urls) {
    const std::string_view id = scan::find_arxiv_id(url);
    if (leads_to_paper(url)) papers.insert(id.empty() ? std::string_view(url) : id);
  }
  return papers.size() == 1 && (level >= kBoldLevel || !summary.empty() || looks_like_title(heading));
}

void MarkdownCandidate::complete(Paper& paper, const std::string& section_category, std::string_view digest_date) const {
  paper.title = title.empty() ? title_of(heading) : plain_title(title);
  if (level >= kListLevel) paper.title = title;
  if (is_web_address(trim(paper.title).substr(paper.title.starts_with('<') ? 1 : 0)) && paper.title.find(' ') == std::string::npos) paper.title.clear();
  paper.abstract = clean(abstract, Markup::markdown, Paragraphs::keep);
  paper.abstract_is_partial = is_cut(paper.abstract);
  if (paper.abstract.empty()) {
    paper.abstract = clean(summary, Markup::markdown, Paragraphs::keep);
    if (paper.abstract.empty() && prose.size() >= 120) paper.abstract = clean(prose, Markup::markdown, Paragraphs::keep);
    paper.abstract_is_partial = !paper.abstract.empty();
  }
  paper.authors = markdown_names(authors);
  paper.date = normalise_date(clean(date, Markup::markdown), digest_date);
  paper.venue = clean(venue, Markup::markdown);
  add_categories(paper, category, section_category);
  if (const std::string_view found = find_doi(doi); !found.empty()) paper.ids["doi"] = found;
  add_markdown_urls(paper, urls);
}

bool row_has_paper(const std::vector<MarkdownLink>& links) {
  return std::any_of(links.begin(), links.end(), [](const MarkdownLink& link) { return leads_to_paper(link.url) && looks_like_title(link.text); });
}

namespace {

constexpr std::size_t kMostAddress = 4096;  // bytes of a picture's name or address: no search goes on for ever

// What stands between the line breaks of a cell, without its pictures.
std::vector<std::string> lines_of_cell(std::string_view cell) {
  std::vector<std::string> lines(1);
  const std::size_t last_picture = cell.rfind("](");
  for (std::size_t at = 0; at < cell.size();) {
    const bool may_be_picture = last_picture != std::string_view::npos && at < last_picture && cell.substr(at, 2) == "![";
    const std::size_t picture = may_be_picture ? cell.substr(0, at + kMostAddress).find("](", at) : std::string_view::npos;
    const std::size_t picture_end = picture == std::string_view::npos ? picture : cell.substr(0, picture + kMostAddress).find(')', picture);
    std::size_t taken = picture_end == std::string_view::npos ? 0 : picture_end + 1 - at;
    for (const std::string_view line_break : {"<br>", "<br/>", "<br />", "</br>"}) {
      if (taken != 0 || !starts_ignoring_case(cell.substr(at), line_break)) continue;
      taken = line_break.size();
      lines.emplace_back();
    }
    if (taken == 0) lines.back() += cell[at];
    at += std::max<std::size_t>(taken, 1);
  }
  lines.erase(std::remove_if(lines.begin(), lines.end(), [](const std::string& line) { return trim(line).empty(); }), lines.end());
  return lines;
}

// "1) **Title** - what it is about": where the bold title is followed by a dash. Empty otherwise.
std::string_view title_before_dash(std::string_view line) {
  const std::size_t open = line.find("**");
  const std::string_view bold = open < 6 ? bold_span(line) : std::string_view();
  if (!looks_like_title(bold) || !markdown_links(line).empty()) return {};
  const std::string_view rest = line.substr(std::min(open + bold.size() + 4, line.size()));
  return rest.starts_with(" - ") || rest.starts_with(" \xE2\x80\x93 ") || rest.starts_with(" \xE2\x80\x94 ") ? bold : std::string_view();
}

// "Investigates bias in evaluation.": names have no words in small letters but for "and", "de", "van der".
bool reads_as_prose(std::string_view line) {
  std::size_t small = 0;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find(' ', at), line.size());
    const std::string_view word = line.substr(at, end - at);
    small += word.size() > 3 && std::all_of(word.begin(), word.end() - 1, is_lower) ? 1 : 0;
    at = end + 1;
  }
  return small >= 2;
}

// "Title<br>A Example, B Other": what follows a line break in the title's cell, if it is no link, names the authors.
// "**Title** - We count beads.": what follows a dash says what it is about.
void row_title(Paper& paper, const MarkdownTable& table, const std::vector<std::string>& cells, const std::vector<MarkdownLink>& links) {
  std::string cell(table.cell(cells, Label::title));
  if (!table.names_papers()) {
    for (const MarkdownLink& link : links) {
      if (cell.empty() && leads_to_paper(link.url) && looks_like_title(link.text)) cell = link.text;
    }
  }
  const std::vector<std::string> lines = lines_of_cell(cell);
  if (lines.empty()) return;
  if (const std::string_view bold = title_before_dash(lines.front()); !bold.empty()) {
    paper.title = plain_title(bold);
    const std::size_t dash = lines.front().find(' ', static_cast<std::size_t>(bold.data() - lines.front().data()) + bold.size() + 3);
    std::string about = lines.front().substr(std::min(dash, lines.front().size()));
    for (std::size_t i = 1; i < lines.size(); ++i) about += " " + lines[i];
    paper.abstract = clean(about, Markup::markdown);
    paper.abstract_is_partial = true;
    return;
  }
  paper.title = title_of(lines.front());
  if (lines.size() < 2 || !table.cell(cells, Label::authors).empty() || !markdown_links(lines[1]).empty()) return;
  if (!reads_as_prose(lines[1])) {
    paper.authors = markdown_names(lines[1]);
    return;
  }
  std::string about;
  for (std::size_t i = 1; i < lines.size(); ++i) about += lines[i] + " ";
  paper.abstract = clean(about, Markup::markdown);
  paper.abstract_is_partial = true;
}

// "<details><summary>Show</summary>We count ...</details>": the word on the button is no part of the text.
std::string without_button(std::string_view cell) {
  constexpr std::size_t kLongestButton = 60;
  std::string out(cell);
  const std::size_t open = find_ignoring_case(out, "<summary>");
  const std::size_t close = find_ignoring_case(out, "</summary>");
  if (open == std::string::npos || close == std::string::npos || close < open || close - open > kLongestButton) return out;
  return out.substr(0, open) + out.substr(close + 10);
}

}  // namespace

void complete_from_row(Paper& paper, const MarkdownTable& table, const std::string& section_category, std::string_view digest_date) {
  const std::vector<std::string> cells = table.cells();
  const std::vector<MarkdownLink> links = markdown_links(table.row());
  row_title(paper, table, cells, links);
  if (const std::string abstract = clean(without_button(table.cell(cells, Label::abstract)), Markup::markdown, Paragraphs::keep); !abstract.empty()) {
    paper.abstract = abstract;
    paper.abstract_is_partial = is_cut(paper.abstract);
  }
  if (paper.abstract.empty()) {
    paper.abstract = clean(without_button(table.cell(cells, Label::summary)), Markup::markdown, Paragraphs::keep);
    paper.abstract_is_partial = !paper.abstract.empty();
  }
  if (const std::string_view people = table.cell(cells, Label::authors); !people.empty()) paper.authors = markdown_names(people);
  paper.date = normalise_date(clean(table.cell(cells, Label::date), Markup::markdown), digest_date);
  paper.venue = clean(table.cell(cells, Label::venue), Markup::markdown);
  if (!section_category.empty()) paper.categories.push_back(section_category);
  std::vector<std::string> urls;
  for (const MarkdownLink& link : links) urls.push_back(link.url);
  add_markdown_urls(paper, urls);
}

}  // namespace digest::ingest
