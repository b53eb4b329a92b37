// SPDX-License-Identifier: MIT
// Markdown archives of papers: headings with details below them, tables, lists of links. A heading is a paper if a
// paper's address or fields belong to it; otherwise it is the name of a section.
#include <fmt/format.h>

#include <utility>

#include "ingest/readers.hpp"
#include "ingest/readers/markdown_item.hpp"
#include "ingest/readers/markdown_paper.hpp"
#include "ingest/readers/page_lines.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

constexpr int kNested = 2;                  // blanks more than the item above has: a part of it
constexpr std::size_t kMostHeading = 4096;  // bytes that a heading may wrap to

bool is_category_name(std::string_view text) {
  const std::size_t dot = text.find('.');
  return dot != std::string_view::npos && dot >= 2 && text.size() - dot == 3 && is_lower(text[0]) && is_upper(text[dot + 1]) && is_upper(text[dot + 2]);
}

class MarkdownReader final : public LineRecordReader {
 public:
  MarkdownReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  void line(std::string_view raw, std::uint64_t number) override {
    const std::string_view bare = unquoted(scan::without_mark(scan::trim_right(raw)));
    if (trim(bare).starts_with("```") || trim(bare).starts_with("~~~")) {
      fenced_ = !fenced_;
      return;
    }
    if (fenced_) return;
    if (!table_line(bare, number)) text_line(bare, number);
    previous_ = bare;
  }

  // Archives that show each paper as a quotation: "> ### 1. Title".
  static std::string_view unquoted(std::string_view text) {
    for (std::size_t mark = text.find_first_not_of(' '); mark < text.size() && text[mark] == '>'; mark = text.find_first_not_of(' ')) {
      text.remove_prefix(mark + 1);
      if (text.starts_with(' ')) text.remove_prefix(1);
    }
    return text;
  }

  void end() override {
    finish_row();
    finish_paper();
  }

  // --- tables

  bool table_line(std::string_view text, std::uint64_t number) {
    if (is_table_rule(text) && previous_.find('|') != std::string::npos && !is_table_rule(previous_)) {
      finish_row();
      table_.begin(previous_);
      const std::vector<std::string> header = table_cells(previous_);
      properties_ = header.size() == 2 && paper_.open && paper_.is_heading() && !table_.names_papers();
      if (properties_) property(header);
      else finish_paper();
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
    const bool complete = table_.row_complete();
    if (properties_) {
      property(table_.cells());
    } else if (table_.names_papers() || row_has_paper(markdown_links(table_.row()))) {
      Paper paper = new_paper(table_.row_line());
      complete_from_row(paper, table_, section_category_, digest_date());
      if (!complete) {
        report(table_.row_line(), Severity::note, "broken-row", "This row of the table has fewer cells than its header; what is there was read.");
      }
      if (paper.title.empty() && paper.urls.empty() && !complete) {
        skip(table_.row_line(), "no-title", "This row of the table has no title; it was skipped.");
      } else {
        deliver(std::move(paper));
      }
    }
    table_.end_row();
  }

  // Below a heading, a table of two columns says what is known of one paper: "| Authors | A, B |".
  void property(const std::vector<std::string>& cells) {
    if (cells.size() != 2) return;
    const Label label = label_named(cells[0]);
    if (label == Label::none || label == Label::title) return;
    set_field(label, cells[1]);
    for (const MarkdownLink& link : markdown_links(cells[1])) paper_.add_link(link.url, false);
    field_ = Label::none;
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
    if (wraps && paper_.open && paper_.heading.size() < kMostHeading) {
      paper_.heading += ' ';
      paper_.heading += trim(text);
      look_at_heading();
      return;
    }
    if (scan::is_empty_line(text)) {
      if (said_in_line_ && field_ != Label::abstract && field_ != Label::summary) field_ = Label::none;
      if (std::string* field = current(); field != nullptr && !field->empty() && field->size() < kMaxFieldBytes) *field += '\n';
      return;
    }
    const std::size_t mark = list_mark(text);
    body(text, mark, number);
  }

  void heading(std::string_view text, int level, std::uint64_t number) {
    while (text.ends_with('#')) text = scan::trim_right(text.substr(0, text.size() - 1));
    const Label label = label_named(text);
    if (label != Label::none && label != Label::title && paper_.open &&
        (level > paper_.level || paper_.level == kBoldLevel || (paper_.level > kBoldLevel && (label == Label::abstract || label == Label::authors)))) {
      set_field(label, {});
      return;
    }
    if (repeats_title(text)) {
      paper_.level = level;
      paper_.heading = text;
      if (is_page_) paper_.title = text;
      return;
    }
    const std::vector<MarkdownLink> links = markdown_links(text);
    const bool own_paper = std::any_of(links.begin(), links.end(), [](const MarkdownLink& link) { return leads_to_paper(link.url); });
    if (paper_.open && paper_.is_paper() && level > paper_.level && paper_.level < kBoldLevel && !own_paper) {
      field_ = Label::other;  // "#### Key points" below a paper
      return;
    }
    begin(text, level, number);
    const std::string section = clean(text.substr(0, text.find_first_of(" [(")), Markup::markdown);
    if (is_category_name(section)) section_category_ = section;
  }

  // The head of a note says "title: Beads", and the first heading says it again.
  [[nodiscard]] bool repeats_title(std::string_view text) const {
    return paper_.open && paper_.level == kBoldLevel && !paper_.title.empty() && paper_.abstract.empty() && paper_.prose.empty() &&
           (plain_title(text) == plain_title(paper_.title) || (is_page_ && says_page_title(text)));
  }

  // "[2503.01234] Beads: Counting", "Beads: Counting - ACL Anthology": the page's title may say more than the paper's.
  [[nodiscard]] bool says_page_title(std::string_view text) const {
    const std::string title = plain_title(text);
    return !title.empty() && 2 * title.size() >= page_title_.size() && page_title_.find(title) != std::string::npos;
  }

  void begin(std::string_view text, int level, std::uint64_t number) {
    finish_paper();
    paper_ = MarkdownCandidate{};
    paper_.open = true;
    paper_.level = level;
    paper_.line = number;
    paper_.heading = text;
    field_ = Label::none;
    look_at_heading();
  }

  void look_at_heading() {
    for (const MarkdownLink& link : markdown_links(paper_.heading)) paper_.add_link(link.url, true);
  }

  // "<summary><b>3. Title</b> 45 stars</summary>": a paper that unfolds.
  bool unfolds(std::string_view text, std::uint64_t number) {
    const std::size_t open = find_ignoring_case(text, "<summary>");
    if (open == std::string_view::npos || (paper_.is_paper() && paper_.is_heading())) return false;
    std::string_view title = text.substr(open + 9);
    title = title.substr(0, std::min(find_ignoring_case(title, "</summary>"), title.size()));
    if (const std::size_t bold = find_ignoring_case(title, "<b>"); bold != std::string_view::npos) {
      title = title.substr(bold + 3);
      title = title.substr(0, std::min(find_ignoring_case(title, "</b>"), title.size()));
    }
    const std::string plain = without_layout_tags(title);
    if (label_named(plain) != Label::none || !looks_like_title(plain) || list_mark(plain) + 12 > plain.size()) return false;
    begin(trim(plain), kBoldLevel, number);
    return true;
  }

  void body(std::string_view text, std::size_t mark, std::uint64_t number) {
    if (text.starts_with("Markdown Content:") && paper_.level == kBoldLevel && paper_.abstract.empty()) {
      is_page_ = true;  // "Title:" and "URL Source:" above it are the page's, and a paper's only if the page says so again
      paper_.prose.clear();
      page_title_ = plain_title(paper_.title);
      page_urls_ = paper_.urls;
      return;
    }
    if (folded_ && indent_of(text) == 0) folded_ = false, field_ = Label::none;
    if (unfolds(text, number)) return;
    if (starts_ignoring_case(trim(text), "</details>") && paper_.level == kBoldLevel && paper_.is_paper()) return finish_paper();
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
    if (mark > 0 && list_item(shown, indent_of(text), number)) return;
    if (mark == 0 && bold_line(shown, number)) return;
    if (!paper_.open || is_ruler(shown)) return;
    if (own_facts(shown)) return;
    for (const MarkdownLink& link : markdown_links(shown)) paper_.add_link(link.url, false);
    const bool no_names_yet = paper_.authors.empty() || (paper_.authors.starts_with("**") && !paper_.fields && !shown.starts_with("**"));  // bold may be "Best Paper, Oral"
    if (mark > 0 && field_ == Label::none && paper_.takes_names(shown)) return;
    if (field_ == Label::none && mark == 0 && no_names_yet && (is_emphasised(shown) || (paper_.prose.empty() && is_author_list(without_bold(shown))))) {
      paper_.authors = shown;
      return;
    }
    if (is_link_row(shown)) return;
    append(shown);
  }

  // "A. Doe, B. Roe · cs.LG · 2024-03 · arxiv:2403.00001", as `digest export --format md` writes below a title; the abstract
  // follows.
  bool own_facts(std::string_view text) {
    constexpr std::string_view kBetween = " \xC2\xB7 ";
    if (paper_.level < kListLevel || paper_.fields || field_ != Label::none || !paper_.prose.empty()) return false;
    std::vector<std::string_view> facts;
    for (std::size_t at = 0; at != std::string_view::npos && facts.size() < 5;) {
      const std::size_t end = text.find(kBetween, at);
      facts.push_back(text.substr(at, end - std::min(at, end)));
      at = end == std::string_view::npos ? end : end + kBetween.size();
    }
    const std::string_view id = facts.back();
    const bool is_id = id.find(' ') == std::string_view::npos &&
                       (id.starts_with("arxiv:") || id.starts_with("doi:10.") || id.starts_with("pmid:") || id.starts_with("acl:") ||
                        id.starts_with("openreview:") || (id.starts_with("t:") && id.size() == 14));
    if (!is_id) return false;
    if (id.starts_with("doi:")) paper_.doi = clean(id, Markup::markdown);
    facts.pop_back();
    if (!facts.empty() && digits_at(facts.back(), 0) == 4 && facts.back().find(' ') == std::string_view::npos) {
      paper_.date = facts.back();
      facts.pop_back();
    }
    const bool venue_alone = facts.size() == 1 && facts[0].find(' ') == std::string_view::npos && facts[0].find('.') != std::string_view::npos;
    if (facts.size() > 1 || venue_alone) {
      paper_.venue = facts.back();
      facts.pop_back();
    }
    if (!facts.empty()) paper_.authors = facts.front();
    paper_.fields = true;
    set_field(Label::abstract, {});
    return true;
  }

  [[nodiscard]] bool in_abstract() const { return field_ == Label::abstract && !paper_.abstract.empty(); }
  static bool is_ruler(std::string_view text) { return text.size() >= 3 && text.find_first_not_of("-*_= ") == std::string_view::npos; }
  static bool is_emphasised(std::string_view text) {
    return text.size() > 4 && ((text.front() == '*' && text.back() == '*' && text[1] != '*') || (text.front() == '_' && text.back() == '_'));
  }

  static std::string_view without_bold(std::string_view text) {
    return text.size() > 5 && text.starts_with("**") && text.ends_with("**") ? text.substr(2, text.size() - 4) : text;
  }

  // title: "Beads: Counting", as the head of a note has it.
  static std::string_view without_quotes(std::string_view value) {
    const bool quoted = value.size() > 2 && value.front() == '"' && value.find('"', 1) == value.size() - 1;
    return quoted ? value.substr(1, value.size() - 2) : value;
  }

  // "abstract: >-": the lines that follow further in are the value (YAML's block scalars).
  static bool is_fold(std::string_view value) {
    return !value.empty() && value.size() <= 2 && (value[0] == '>' || value[0] == '|') && value.find_first_not_of(">|+-") == std::string_view::npos;
  }

  void labelled(const Labelled& found, std::uint64_t number) {
    if (found.label == Label::title && is_page_ && says_page_title(found.value)) {
      paper_.level = 1;  // the page of this paper
      paper_.title = found.value;
      paper_.prose.clear();
    } else if (found.label == Label::title) {
      if (!paper_.open || paper_.fields || paper_.heading_leads_to_paper) begin({}, kBoldLevel, number);
      paper_.title = without_quotes(found.value);
      paper_.fields = true;
      field_ = Label::none;
    } else if (paper_.open) {
      set_field(found.label, found.value);
    }
    for (const MarkdownLink& link : markdown_links(found.value)) {
      if (paper_.open) paper_.add_link(link.url, found.label == Label::title);
    }
    const std::string link_text = found.label == Label::link ? clean(found.value, Markup::markdown) : std::string();
    const std::string_view id = scan::find_arxiv_id(link_text);
    if (paper_.open && paper_.urls.empty() && !id.empty()) paper_.add_link(fmt::format("https://arxiv.org/abs/{}", id), false);
  }

  void set_field(Label label, std::string_view value) {
    folded_ = is_fold(value);
    if (folded_) value = {};
    field_ = label;
    said_in_line_ = !value.empty();
    if (label == Label::authors || label == Label::abstract) paper_.fields = true;
    if (!value.empty()) append(value);
  }

  std::string* current() { return paper_.field(field_); }

  void append(std::string_view text) {
    std::string* field = current();
    if (field == nullptr || field->size() + text.size() > kMaxFieldBytes) return;
    if (!field->empty()) *field += '\n';
    *field += text;
  }

  // Blanks before an item's mark; a tab is worth four.
  static int indent_of(std::string_view text) {
    int indent = 0;
    for (const char c : text.substr(0, std::min<std::size_t>(text.find_first_not_of(" \t"), 100))) indent += c == '\t' ? 4 : 1;
    return indent;
  }

  // An item that names a paper begins one, unless it stands below a heading that is itself a paper.
  bool list_item(std::string_view text, int indent, std::uint64_t number) {
    if (paper_.open && paper_.level < kListLevel && (paper_.heading_leads_to_paper || paper_.fields)) return false;
    if (paper_.open && paper_.level >= kListLevel && indent + kListLevel >= paper_.level + kNested && paper_.is_paper()) return false;
    const std::vector<MarkdownLink> links = markdown_links(text);
    const bool leads = std::any_of(links.begin(), links.end(), [](const MarkdownLink& link) { return leads_to_paper(link.url); });
    const bool bold = text.starts_with("**") && looks_like_title(bold_span(text));
    if (!leads && !bold && (!links.empty() || scan::find_arxiv_id(text).empty())) return false;
    const MarkdownItem item = markdown_item(text);
    if (!leads && !bold && item.arxiv_id.empty()) return false;
    if (!looks_like_title(item.title) && bold_span(text).empty()) return false;
    begin(text, kListLevel + indent, number);
    paper_.title = item.title;
    paper_.authors = item.authors;
    paper_.date = item.date;
    if (!item.arxiv_id.empty()) paper_.add_link(fmt::format("https://arxiv.org/abs/{}", item.arxiv_id), true);
    return true;
  }

  bool bold_line(std::string_view text, std::uint64_t number) {
    if (!text.starts_with("**") && !text.starts_with("[")) return false;
    if (paper_.open && paper_.level < kBoldLevel && (paper_.is_paper() || field_ != Label::none)) return false;
    const std::vector<MarkdownLink> links = markdown_links(text);
    const bool whole_bold = text.starts_with("**") && text.ends_with("**") && bold_span(text).size() + 4 == text.size();
    const bool link_line = !links.empty() && links.front().at < 6 && leads_to_paper(links.front().url) && looks_like_title(links.front().text);
    if (!link_line && !(whole_bold && looks_like_title(bold_span(text)))) return false;
    begin(text, kBoldLevel, number);
    return true;
  }

  // --- papers

  void finish_paper() {
    const bool is_page = std::exchange(is_page_, false) && paper_.level == kBoldLevel && paper_.abstract.empty();
    if (paper_.is_paper() && !is_page) {
      if (!page_urls_.empty() && says_page_title(paper_.title.empty() ? title_of(paper_.heading) : paper_.title)) {
        for (const std::string& url : std::exchange(page_urls_, {})) paper_.add_link(url, true);
      }
      Paper paper = new_paper(paper_.line);
      paper_.complete(paper, section_category_, digest_date());
      deliver(std::move(paper));
    }
    paper_ = MarkdownCandidate{};
    field_ = Label::none;
  }


  MarkdownTable table_;
  MarkdownCandidate paper_;
  Label field_ = Label::none;
  std::string previous_;
  std::string page_title_;              // of a page that a tool fetched
  std::vector<std::string> page_urls_;  // until a paper has taken them
  std::string section_category_;
  bool said_in_line_ = false;  // the field's value stands beside its label: an empty line ends it
  bool folded_ = false;        // the field's value stands below it, further in
  bool fenced_ = false;
  bool after_heading_ = false;
  bool is_page_ = false;     // the open paper may be no paper but the page that has them
  bool properties_ = false;  // the table says what is known of the open paper
};

}  // namespace

const Format kMarkdownFormat{"markdown", "Markdown archive: headings, tables or lists of papers", {"md", "markdown"}, recognise_markdown, make_reader<MarkdownReader>};

}  // namespace digest::ingest
