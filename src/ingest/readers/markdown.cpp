// SPDX-License-Identifier: MIT
// Markdown archives of papers: headings with details below them, tables, lists of links. A heading is a paper if a
// paper's address or fields belong to it; otherwise it is the name of a section.
#include <fmt/format.h>

#include <set>
#include <utility>

#include "ingest/readers.hpp"
#include "ingest/readers/markdown_parts.hpp"
#include "ingest/readers/markdown_table.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

constexpr int kBoldLevel = 10;
constexpr int kListLevel = 20;

std::size_t heading_level(std::string_view line) {
  const std::size_t marks = std::min(line.find_first_not_of('#'), line.size());
  return marks >= 1 && marks <= 6 && marks < line.size() && line[marks] == ' ' ? marks : 0;
}

// "  - text", "12. text": how long the mark is, with the blanks around it; 0 if it is no item.
std::size_t list_mark(std::string_view line) {
  const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
  const std::size_t digits = digits_at(line, indent);
  std::size_t at = indent + digits;
  if (digits > 4 || at + 1 >= line.size() || line[at + 1] != ' ') return 0;
  const std::string_view marks = digits > 0 ? ".)" : "-*+";
  return marks.find(line[at]) == std::string_view::npos ? 0 : at + 2;
}

// The first bold span of the text; empty if none.
std::string_view bold_span(std::string_view text) {
  const std::size_t first = text.find("**");
  if (first == std::string_view::npos) return {};
  const std::size_t end = text.find("**", first + 2);
  return end == std::string_view::npos ? std::string_view{} : text.substr(first + 2, end - first - 2);
}

bool is_category_name(std::string_view text) {
  const std::size_t dot = text.find('.');
  return dot != std::string_view::npos && dot >= 2 && text.size() - dot == 3 && is_lower(text[0]) && is_upper(text[dot + 1]) && is_upper(text[dot + 2]);
}

// What is known so far of the paper that a heading, a bold line or a list item may be.
struct Candidate {
  bool open = false;
  int level = 0;
  std::uint64_t line = 0;
  std::string heading;  // as written, wrapped lines joined
  std::string title;    // where a field says it
  bool heading_leads_to_paper = false;
  bool fields = false;  // authors, abstract or title were named
  std::vector<std::string> urls;
  std::string authors, abstract, summary, prose, date, category, venue, doi;
};

class MarkdownReader final : public LineRecordReader {
 public:
  MarkdownReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  void line(std::string_view raw, std::uint64_t number) override {
    const std::string_view bare = scan::without_mark(scan::trim_right(raw));
    if (trim(bare).starts_with("```") || trim(bare).starts_with("~~~")) {
      fenced_ = !fenced_;
      return;
    }
    if (fenced_) return;
    if (!table_line(bare, number)) text_line(bare, number);
    previous_ = bare;
  }

  void end() override {
    finish_row();
    finish_paper();
  }

  // --- tables

  bool table_line(std::string_view text, std::uint64_t number) {
    if (is_table_rule(text) && previous_.find('|') != std::string::npos && !is_table_rule(previous_)) {
      finish_row();
      finish_paper();
      table_.begin(previous_);
      return true;
    }
    if (!table_.inside()) return false;
    if (table_.begins_row(text)) {
      finish_row();
      table_.add(text, number);
    } else if (scan::is_empty_line(text)) {
      finish_row();
    } else if (table_.row_open() && heading_level(text) == 0) {
      table_.add(trim(text), number);
    } else {
      finish_row();
      table_.end();
      return false;
    }
    if (table_.row_complete()) finish_row();
    return true;
  }

  void finish_row() {
    if (!table_.row_open()) return;
    const std::vector<std::string> cells = table_.cells();
    const std::vector<MarkdownLink> links = markdown_links(table_.row());
    const bool complete = table_.row_complete();
    if (table_.names_papers() || has_paper(links)) {
      Paper paper = new_paper(table_.row_line());
      row_title(paper, cells, links);
      row_fields(paper, cells, links);
      if (!complete) {
        report(table_.row_line(), Severity::note, "broken-row", "This row of the table has fewer cells than its header; what is there was read.");
      }
      if (paper.title.empty() && links.empty() && !complete) {
        skip(table_.row_line(), "no-title", "This row of the table has no title; it was skipped.");
      } else {
        deliver(std::move(paper));
      }
    }
    table_.end_row();
  }

  static bool has_paper(const std::vector<MarkdownLink>& links) {
    return std::any_of(links.begin(), links.end(), [](const MarkdownLink& link) { return leads_to_paper(link.url) && looks_like_title(link.text); });
  }

  void row_title(Paper& paper, const std::vector<std::string>& cells, const std::vector<MarkdownLink>& links) const {
    std::string cell(table_.cell(cells, Label::title));
    if (!table_.names_papers()) {
      for (const MarkdownLink& link : links) {
        if (cell.empty() && leads_to_paper(link.url) && looks_like_title(link.text)) cell = link.text;
      }
    }
    std::string_view first = cell;
    std::string_view rest;
    for (const std::string_view line_break : {"<br>", "<br/>", "<br />", "</br>"}) {
      const std::size_t at = find_ignoring_case(first, line_break);
      if (at == std::string_view::npos || at == 0) continue;
      rest = first.substr(at + line_break.size());
      first = first.substr(0, at);
    }
    paper.title = title_of(first);
    if (!rest.empty() && table_.cell(cells, Label::authors).empty() && markdown_links(rest).empty()) paper.authors = names(rest);
  }

  // The text of its link if a cell or heading has one that is a title, else all of it without its links.
  static std::string title_of(std::string_view raw) {
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

  void row_fields(Paper& paper, const std::vector<std::string>& cells, const std::vector<MarkdownLink>& links) const {
    paper.abstract = clean(table_.cell(cells, Label::abstract), Markup::markdown, Paragraphs::keep);
    if (paper.abstract.empty()) {
      paper.abstract = clean(table_.cell(cells, Label::summary), Markup::markdown, Paragraphs::keep);
      paper.abstract_is_partial = !paper.abstract.empty();
    }
    if (const std::string_view people = table_.cell(cells, Label::authors); !people.empty()) paper.authors = names(people);
    paper.date = date(clean(table_.cell(cells, Label::date), Markup::markdown));
    paper.venue = clean(table_.cell(cells, Label::venue), Markup::markdown);
    if (!section_category_.empty()) paper.categories.push_back(section_category_);
    std::vector<std::string> urls;
    for (const MarkdownLink& link : links) urls.push_back(link.url);
    add_urls(paper, urls);
  }

  // --- text

  void text_line(std::string_view text, std::uint64_t number) {
    if (const std::size_t level = heading_level(text); level > 0) {
      heading(trim(text.substr(level)), static_cast<int>(level), number);
      after_heading_ = true;
      return;
    }
    const bool wraps = after_heading_ && text.starts_with("  ") && !scan::is_empty_line(text) && list_mark(text) == 0;
    after_heading_ = wraps;
    if (wraps && paper_.open) {
      paper_.heading += ' ';
      paper_.heading += trim(text);
      look_at_heading();
      return;
    }
    if (scan::is_empty_line(text)) {
      if (std::string* field = current(); field != nullptr && !field->empty()) *field += '\n';
      return;
    }
    const std::size_t mark = list_mark(text);
    body(text, mark, number);
  }

  void heading(std::string_view text, int level, std::uint64_t number) {
    while (text.ends_with('#')) text = scan::trim_right(text.substr(0, text.size() - 1));
    const Label label = label_named(text);
    if (label != Label::none && label != Label::title && paper_.open && (level > paper_.level || paper_.level >= kBoldLevel)) {
      set_field(label, {});
      return;
    }
    const std::vector<MarkdownLink> links = markdown_links(text);
    const bool own_paper = std::any_of(links.begin(), links.end(), [](const MarkdownLink& link) { return leads_to_paper(link.url); });
    if (paper_.open && is_paper() && level > paper_.level && paper_.level < kBoldLevel && !own_paper) {
      field_ = Label::other;  // "#### Key points" below a paper
      return;
    }
    begin(text, level, number);
    const std::string section = clean(text.substr(0, text.find_first_of(" [(")), Markup::markdown);
    if (is_category_name(section)) section_category_ = section;
  }

  void begin(std::string_view text, int level, std::uint64_t number) {
    finish_paper();
    paper_ = Candidate{};
    paper_.open = true;
    paper_.level = level;
    paper_.line = number;
    paper_.heading = text;
    field_ = Label::none;
    look_at_heading();
  }

  void look_at_heading() {
    for (const MarkdownLink& link : markdown_links(paper_.heading)) add_link(link.url, true);
  }

  void add_link(std::string_view url, bool in_heading) {
    if (paper_.urls.size() < 50 && std::find(paper_.urls.begin(), paper_.urls.end(), url) == paper_.urls.end()) paper_.urls.emplace_back(url);
    if (in_heading && leads_to_paper(url)) paper_.heading_leads_to_paper = true;
  }

  void body(std::string_view text, std::size_t mark, std::uint64_t number) {
    const std::string visible = without_layout_tags(text.substr(mark));
    if (scan::is_empty_line(visible)) return;
    const Labelled found = labelled_line(visible);
    if (found.label != Label::none && !(in_abstract() && found.label == Label::other && !found.marked)) {
      labelled(found, number);
      return;
    }
    if (label_named(visible) != Label::none && text.find('<') != std::string_view::npos) {  // <summary>Abstract</summary>
      set_field(label_named(visible), {});
      return;
    }
    const std::string_view shown = trim(visible);
    if (mark > 0 && list_item(shown, static_cast<int>(mark), number)) return;
    if (mark == 0 && bold_line(shown, number)) return;
    if (!paper_.open || is_ruler(shown)) return;
    for (const MarkdownLink& link : markdown_links(shown)) add_link(link.url, false);
    if (field_ == Label::none && mark == 0 && paper_.authors.empty() && is_emphasised(shown)) {
      paper_.authors = shown;
      return;
    }
    append(shown);
  }

  [[nodiscard]] bool in_abstract() const { return field_ == Label::abstract && !paper_.abstract.empty(); }
  static bool is_ruler(std::string_view text) { return text.size() >= 3 && text.find_first_not_of("-*_= ") == std::string_view::npos; }
  static bool is_emphasised(std::string_view text) {
    return text.size() > 4 && ((text.front() == '*' && text.back() == '*' && text[1] != '*') || (text.front() == '_' && text.back() == '_'));
  }

  void labelled(const Labelled& found, std::uint64_t number) {
    if (found.label == Label::title) {
      if (!paper_.open || paper_.fields || paper_.heading_leads_to_paper) begin({}, kBoldLevel, number);
      paper_.title = found.value;
      paper_.fields = true;
      field_ = Label::none;
    } else if (paper_.open) {
      set_field(found.label, found.value);
    }
    for (const MarkdownLink& link : markdown_links(found.value)) {
      if (paper_.open) add_link(link.url, found.label == Label::title);
    }
    const std::string link_text = found.label == Label::link ? clean(found.value, Markup::markdown) : std::string();
    const std::string_view id = scan::find_arxiv_id(link_text);
    if (paper_.open && paper_.urls.empty() && !id.empty()) add_link(fmt::format("https://arxiv.org/abs/{}", id), false);
  }

  void set_field(Label label, std::string_view value) {
    field_ = label;
    if (label == Label::authors || label == Label::abstract) paper_.fields = true;
    if (std::string* field = current(); field != nullptr && !value.empty()) {
      if (!field->empty()) *field += '\n';
      *field += value;
    }
  }

  std::string* current() {
    switch (field_) {
      case Label::authors: return &paper_.authors;
      case Label::abstract: return &paper_.abstract;
      case Label::summary: return &paper_.summary;
      case Label::date: return &paper_.date;
      case Label::category: return &paper_.category;
      case Label::venue: return &paper_.venue;
      case Label::doi: return &paper_.doi;
      case Label::none: return &paper_.prose;
      default: return nullptr;
    }
  }

  void append(std::string_view text) {
    std::string* field = current();
    if (field == nullptr || field->size() + text.size() > kMaxFieldBytes) return;
    if (!field->empty()) *field += '\n';
    *field += text;
  }

  // An item that names a paper begins one, unless it stands below a heading that is itself a paper.
  bool list_item(std::string_view text, int mark, std::uint64_t number) {
    if (paper_.open && paper_.level < kListLevel && (paper_.heading_leads_to_paper || paper_.fields)) return false;
    if (paper_.open && paper_.level >= kListLevel && mark + kListLevel > paper_.level && is_paper()) return false;
    const std::vector<MarkdownLink> links = markdown_links(text);
    const bool leads = std::any_of(links.begin(), links.end(), [](const MarkdownLink& link) { return leads_to_paper(link.url); });
    const bool bold = text.starts_with("**") && looks_like_title(bold_span(text));
    if (!leads && !bold) return false;
    const std::string title = item_title(text, links);
    if (!looks_like_title(title) && bold_span(text).empty()) return false;
    begin(text, kListLevel + mark, number);
    paper_.title = title;
    item_details(text, title);
    return true;
  }

  static std::string item_title(std::string_view text, const std::vector<MarkdownLink>& links) {
    if (const std::string_view bold = bold_span(text); looks_like_title(bold) || (!bold.empty() && !links.empty() && links.front().text.empty())) return title_of(bold);
    return title_of(text);
  }

  // "2022-12-01, **Title**, Author et.al., Paper: [url](url)"
  void item_details(std::string_view text, std::string_view) {
    if (digits_at(text, 0) == 4) paper_.date = text.substr(0, 10);
    const std::string_view bold = bold_span(text);
    if (bold.empty()) return;
    std::string_view rest = text.substr(static_cast<std::size_t>(bold.data() - text.data()) + bold.size() + 2);
    rest = rest.substr(0, rest.find('['));
    rest = rest.substr(0, std::min(find_ignoring_case(rest, "paper:"), rest.size()));
    rest = rest.substr(0, std::min(rest.find("http"), rest.size()));
    while (!rest.empty() && (is_blank(rest.front()) || std::string_view(",.-|(").find(rest.front()) != std::string_view::npos)) rest.remove_prefix(1);
    if (find_ignoring_case(rest, "et.al") != std::string_view::npos || find_ignoring_case(rest, "et al") != std::string_view::npos || is_emphasised(trim(rest))) {
      paper_.authors = trim(rest);
    }
  }

  bool bold_line(std::string_view text, std::uint64_t number) {
    if (!text.starts_with("**") && !text.starts_with("[")) return false;
    if (paper_.open && paper_.level < kBoldLevel && (is_paper() || field_ != Label::none)) return false;
    const std::vector<MarkdownLink> links = markdown_links(text);
    const bool whole_bold = text.starts_with("**") && text.ends_with("**") && bold_span(text).size() + 4 == text.size();
    const bool link_line = !links.empty() && links.front().at < 6 && leads_to_paper(links.front().url) && looks_like_title(links.front().text);
    if (!link_line && !(whole_bold && looks_like_title(bold_span(text)))) return false;
    begin(text, kBoldLevel, number);
    return true;
  }

  // --- papers

  [[nodiscard]] bool is_paper() const {
    if (!paper_.open) return false;
    if (paper_.heading_leads_to_paper || paper_.fields) return true;
    std::set<std::string_view> papers;
    for (const std::string& url : paper_.urls) {
      const std::string_view id = scan::find_arxiv_id(url);
      if (leads_to_paper(url)) papers.insert(id.empty() ? std::string_view(url) : id);
    }
    return papers.size() == 1 && (paper_.level >= kBoldLevel || !paper_.summary.empty() || looks_like_title(paper_.heading));
  }

  void finish_paper() {
    if (is_paper()) {
      Paper paper = new_paper(paper_.line);
      paper.title = paper_.title.empty() ? title_of(paper_.heading) : plain_title(paper_.title);
      if (paper_.level >= kListLevel) paper.title = paper_.title;
      abstract(paper);
      paper.authors = names(paper_.authors);
      paper.date = date(clean(paper_.date, Markup::markdown));
      paper.venue = clean(paper_.venue, Markup::markdown);
      categories(paper);
      if (const std::string_view doi = scan::find_doi(paper_.doi); !doi.empty()) paper.ids["doi"] = doi;
      add_urls(paper, paper_.urls);
      deliver(std::move(paper));
    }
    paper_ = Candidate{};
    field_ = Label::none;
  }

  void abstract(Paper& paper) const {
    paper.abstract = clean(paper_.abstract, Markup::markdown, Paragraphs::keep);
    if (!paper.abstract.empty()) return;
    paper.abstract = clean(paper_.summary, Markup::markdown, Paragraphs::keep);
    if (paper.abstract.empty() && paper_.prose.size() >= 120) paper.abstract = clean(paper_.prose, Markup::markdown, Paragraphs::keep);
    paper.abstract_is_partial = !paper.abstract.empty();
  }

  void categories(Paper& paper) const {
    std::string_view text = paper_.category;
    for (std::size_t at = text.find_first_not_of(" ,;\n`*"); at != std::string_view::npos;) {
      const std::size_t end = std::min(text.find_first_of(" ,;\n`*", at), text.size());
      paper.categories.emplace_back(text.substr(at, end - at));
      at = text.find_first_not_of(" ,;\n`*", end);
    }
    if (paper.categories.empty() && !section_category_.empty()) paper.categories.push_back(section_category_);
  }

  static std::vector<std::string> names(std::string_view raw) {
    std::string text = clean(raw, Markup::markdown);
    for (const std::string_view rest : {"et.al.", "et al.", "et.al", "et al"}) {
      for (std::size_t at = find_ignoring_case(text, rest); at != std::string::npos; at = find_ignoring_case(text, rest)) text.erase(at, rest.size());
    }
    std::string_view bare = trim(text);
    while (!bare.empty() && (std::string_view("*_,").find(bare.front()) != std::string_view::npos)) bare.remove_prefix(1);
    while (!bare.empty() && (std::string_view("*_,").find(bare.back()) != std::string_view::npos || is_blank(bare.back()))) bare.remove_suffix(1);
    return split_authors(bare);
  }

  [[nodiscard]] std::string date(std::string_view text) const { return normalise_date(text, context_.digest_date.value_or("")); }

  // The paper's own page first, then code and others.
  static void add_urls(Paper& paper, const std::vector<std::string>& urls) {
    for (const std::string& url : urls) {
      if (leads_to_paper(url)) add_url(paper, url);
    }
    for (const std::string& url : urls) add_url(paper, url);
  }

  MarkdownTable table_;
  Candidate paper_;
  Label field_ = Label::none;
  std::string previous_;
  std::string section_category_;
  bool fenced_ = false;
  bool after_heading_ = false;
};

Recognition recognise(std::string_view head) {
  scan::Lines lines(head);
  std::string_view line;
  std::string previous;
  std::size_t headings = 0, items = 0, fields = 0, first = 0;
  while (lines.next(line)) {
    line = scan::trim_right(scan::without_mark(line));
    if (find_ignoring_case(line, "get trending papers in your email") != std::string_view::npos) return {10, "it has Markdown headings"};
    if (is_table_rule(line) && previous.find('|') != std::string::npos) {
      for (const std::string& name : table_cells(previous)) {
        if (column_named(name) == Label::title) return {88, fmt::format("line {} is the header of a table with a title column", lines.number() - 1)};
      }
    }
    const std::size_t mark = list_mark(line);
    bool leads = false;
    if (heading_level(line) > 0 || mark > 0 || line.starts_with("**") || line.starts_with('[')) {
      for (const MarkdownLink& link : markdown_links(line)) leads = leads || (leads_to_paper(link.url) && link.text.size() > 0);
    }
    if (leads && first == 0) first = lines.number();
    if (leads && heading_level(line) > 0) ++headings;
    if (leads && heading_level(line) == 0) ++items;
    const Labelled found = labelled_line(line.substr(mark));
    if ((found.marked && found.label != Label::none && found.label != Label::other) || (heading_level(line) > 0 && label_named(line.substr(heading_level(line))) == Label::abstract)) ++fields;
    previous = line;
  }
  if (headings >= 2) return {86, fmt::format("{} headings link to papers, the first in line {}", headings, first)};
  if (headings == 1) return {70, fmt::format("line {} is a heading that links to a paper", first)};
  if (items >= 2) return {72, fmt::format("{} list items link to papers, the first in line {}", items, first)};
  if (fields >= 2) return {items > 0 ? 65 : 45, fmt::format("{} lines have labels in bold, such as '**Abstract:**'", fields)};
  return {};
}

}  // namespace

const Format kMarkdownFormat{"markdown", "Markdown archive: headings, tables or lists of papers", {"md", "markdown"}, recognise, make_reader<MarkdownReader>};

}  // namespace digest::ingest
