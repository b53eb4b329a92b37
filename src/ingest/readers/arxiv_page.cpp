// SPDX-License-Identifier: MIT
// Pages of arXiv.org copied from a browser as text: lists (new, recent), search results and abstract pages. What begins
// a paper is the line with its number and the links to its forms, or the one that says when it was submitted.
#include <fmt/format.h>

#include <array>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/arxiv_parts.hpp"
#include "ingest/readers/page_lines.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

enum class Part { title, authors, abstract, subjects, journal, doi, cite, other, submitted };

struct NamedPart {
  std::string_view label;
  Part part;
};
constexpr auto kParts = std::to_array<NamedPart>({{"Title:", Part::title}, {"Authors:", Part::authors}, {"Author:", Part::authors}, {"Abstract:", Part::abstract},
    {"Subjects:", Part::subjects}, {"Comments:", Part::other}, {"Journal-ref:", Part::journal}, {"Journal reference:", Part::journal}, {"Journal ref:", Part::journal},
    {"Related DOI:", Part::doi}, {"DOI:", Part::doi}, {"Report-no:", Part::other}, {"Report number:", Part::other}, {"MSC-class:", Part::other},
    {"MSC classes:", Part::other}, {"MSC Class:", Part::other}, {"ACM-class:", Part::other}, {"ACM classes:", Part::other}, {"ACM Class:", Part::other}, {"Cite as:", Part::cite},
    {"Submitted ", Part::submitted}});

const NamedPart* part_of(std::string_view line) {
  for (const NamedPart& each : kParts) {
    if (line.starts_with(each.label)) return &each;
  }
  return nullptr;
}

// "[12] arXiv:2503.00001 (cross-list from cs.CV) [pdf, html, other]", "arXiv:2503.00001 [pdf, other] cs.CL cs.LG".
struct Head {
  std::string_view id;
  std::string_view subjects;
};

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

// "[Submitted on 4 Mar 2025 (v1), last revised 9 Apr 2025 (this version, v2)]": the first day; empty for other lines.
std::string_view submission_day(std::string_view line) {
  if (!line.starts_with("[Submitted on ") && !line.starts_with("(Submitted on ")) return {};
  line.remove_prefix(14);
  return trim(line.substr(0, line.find_first_of("(),]")));
}

bool begins_with_weekday(std::string_view line) {
  for (const std::string_view day : {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}) {
    if (line.starts_with(day) && line.substr(0, 12).find(", ") != std::string_view::npos) return true;
  }
  return false;
}

// What the pages have between, before and behind papers: no part of one.
bool is_border(std::string_view line) {
  for (const std::string_view words : {"Total of ", "Showing ", "New submissions", "Cross submissions", "Cross-lists", "Replacement submissions", "Replacements for ", "[ total of ", "[ showing ",
                                       "Submission history", "Access Paper", "Full-text links", "Bibliographic Tools", "References & Citations", "Current browse context", "Links to: arXiv"}) {
    const bool counts = words == "Total of " || words == "Showing " || words.starts_with("[ ");  // as titles begin too
    if (line.size() < 200 && starts_ignoring_case(line, words)) return !counts || digits_at(line, words.size()) > 0 || line.find(" listings") != std::string_view::npos || line.find(" entries") != std::string_view::npos;
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

// A line as the page shows it: also where a tool kept the page as Markdown, with headings, quotations, links, a table of
// two columns ("| Subjects: | Computation and Language (cs.CL) |") and escaped brackets.
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

class ArxivPageReader final : public LineRecordReader {
 public:
  ArxivPageReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  struct Line {
    std::string text;
    bool after_gap = false;
  };
  struct Entry {
    std::uint64_t line = 0;
    std::string id, subjects, date;
    bool is_abstract_page = false;
    std::size_t bytes = 0;
    std::vector<Line> lines;
  };

  void line(std::string_view text, std::uint64_t number) override {
    const std::string plain = shown(text);
    text = plain;
    if (text.empty()) {
      gap_ = true;
      return;
    }
    if (const Head head = list_head(text); !head.id.empty()) {
      begin(number);
      entry_->id = head.id;
      entry_->subjects = head.subjects;
      entry_->date = date_;
    } else if (const std::string_view day = submission_day(text); !day.empty()) {
      begin(number);
      entry_->is_abstract_page = true;
      entry_->id = last_id_;
      entry_->date = normalise_date(day);
    } else if (is_border(text)) {
      close();
      border(text);
    } else if (!entry_) {
      if (const std::string_view id = text.size() < 300 ? scan::find_arxiv_id(text) : std::string_view(); !id.empty()) last_id_ = id;
    } else if (entry_->bytes + text.size() < kMaxFieldBytes) {
      entry_->bytes += text.size() + sizeof(Line);
      entry_->lines.push_back({std::string(text), gap_});
    }
    gap_ = false;
  }

  void end() override {
    close();
    if (stated_ > 0) sink_.stated_count(stated_);
  }

  void begin(std::uint64_t number) {
    close();
    entry_ = Entry{};
    entry_->line = number;
  }

  void border(std::string_view text) {
    const std::string date = normalise_date(day_of_arxiv_heading(text), digest_date());
    if (date.size() == 10) date_ = date;
    if (text.find("(showing") != std::string_view::npos) stated_ += shown_arxiv_entries(text);
  }

  // The parts of a paper as they follow each other; what stands before the first label is told apart by its place.
  struct Parts {
    std::vector<Line> front;
    std::string title, authors, abstract, subjects, journal, doi, cite, submitted;
    bool names_authors = false;
    std::string* field(Part part) {
      switch (part) {
        case Part::title: return &title;
        case Part::authors: return &authors;
        case Part::abstract: return &abstract;
        case Part::subjects: return &subjects;
        case Part::journal: return &journal;
        case Part::doi: return &doi;
        case Part::cite: return &cite;
        case Part::submitted: return &submitted;
        case Part::other: break;
      }
      return nullptr;
    }
  };

  static Parts parts_of(const Entry& entry) {
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
    return parts;
  }

  // A line without a label goes on with what stands before it, or is the abstract: that of a list follows the subjects,
  // that of an abstract page the authors.
  static Part going_on(const Entry& entry, const Parts& parts, Part now, const Line& line) {
    if (now == Part::subjects && !entry.is_abstract_page && (line.after_gap || parts.subjects.ends_with(')'))) return Part::abstract;
    if (now == Part::authors && (line.after_gap || is_long(line.text)) && !is_author_list(line.text)) return Part::abstract;
    if (now == Part::submitted) return Part::other;
    return now;
  }

  // Title, authors and (on an abstract page) abstract, told apart by their place: a line each, but for a title that wraps.
  static void settle_front(const Entry& entry, Parts& parts) {
    const std::vector<Line>& front = parts.front;
    std::size_t names = front.size();
    if (!parts.names_authors && front.size() > 1) {
      names = 1;
      if (!entry.is_abstract_page) names = first_of_names(front);
    }
    for (std::size_t i = 0; i < front.size(); ++i) {
      const bool is_name = i == names || (i > names && !entry.is_abstract_page);
      std::string& field = i < names ? parts.title : is_name && !(entry.is_abstract_page && is_long(front[i].text) && !is_author_list(front[i].text)) ? parts.authors : parts.abstract;
      if (!field.empty()) field += &field == &parts.abstract && front[i].after_gap ? "\n\n" : " ";
      field += front[i].text;
    }
  }

  // From which line on everything is names; the last line if no such is found.
  static std::size_t first_of_names(const std::vector<Line>& front) {
    constexpr std::size_t kMostLines = 40;
    if (front.size() > kMostLines) return 1;
    for (std::size_t from = 1; from + 1 < front.size(); ++from) {
      std::string rest;
      for (std::size_t i = from; i < front.size(); ++i) rest += (rest.empty() ? "" : " ") + front[i].text;
      if (is_author_list(rest)) return from;
    }
    return front.size() - 1;
  }

  // Of a search result: "We count … ▽ More" is the beginning, "We count beads. △ Less" all of it.
  static void without_more(std::string& abstract, Paper& paper) {
    constexpr std::string_view kMore = "\xE2\x96\xBD More", kLess = "\xE2\x96\xB3 Less";
    if (const std::size_t less = abstract.rfind(kLess); less != std::string::npos) abstract.resize(less);
    if (const std::size_t more = abstract.find(kMore); more != std::string::npos) {
      const std::string whole(trim(std::string_view(abstract).substr(more + kMore.size())));
      paper.abstract_is_partial = whole.empty();
      abstract = whole.empty() ? abstract.substr(0, more) : whole;
    }
  }

  void close() {
    if (!entry_) return;
    const Entry entry = std::move(*entry_);
    entry_.reset();
    Parts parts = parts_of(entry);
    settle_front(entry, parts);
    Paper paper = new_paper(entry.line);
    const std::string_view cited = scan::find_arxiv_id(parts.cite);
    const std::string id = arxiv_id(cited.empty() ? std::string_view(entry.id) : cited);
    if (!id.empty()) paper.ids["arxiv"] = id;
    paper.title = clean(parts.title, Markup::latex);
    paper.authors = split_authors(clean(parts.authors, Markup::latex));
    without_more(parts.abstract, paper);
    paper.abstract = clean(parts.abstract, Markup::latex, Paragraphs::keep);
    paper.venue = clean(parts.journal, Markup::latex);
    if (const std::string found = doi(find_doi(parts.doi.empty() ? entry.subjects : parts.doi)); !found.empty() && find_ignoring_case(found, "10.48550/arxiv") != 0) paper.ids["doi"] = found;
    add_arxiv_subjects(paper, parts.subjects);
    add_codes(paper, entry.subjects);
    paper.date = entry.date;
    if (!parts.submitted.empty()) paper.date = normalise_date(std::string_view(parts.submitted).substr(10, parts.submitted.find(';') == std::string::npos ? std::string::npos : parts.submitted.find(';') - 10));
    add_own_page(paper);
    deliver(std::move(paper));
  }

  // "cs.CL cs.LG"
  static void add_codes(Paper& paper, std::string_view codes) {
    while (!codes.empty()) {
      const std::size_t end = std::min(codes.find(' '), codes.size());
      const std::string_view code = codes.substr(0, end);
      if (!code.empty() && is_lower(code.front()) && code.size() < 20 && code != "doi") add_category(paper, code);
      codes = trim(codes.substr(end));
    }
  }

  std::optional<Entry> entry_;
  std::string last_id_, date_;
  std::uint64_t stated_ = 0;
  bool gap_ = false;
};

Recognition recognise(std::string_view head) {
  if (trim(head.substr(0, 1024)).starts_with('<')) return {};
  scan::Lines lines(head);
  std::string_view line;
  std::size_t entries = 0, first = 0, submitted = 0, labels = 0, paragraphs = 0;
  bool subjects = false;
  while (lines.next(line)) {
    if (line.size() > 2000) continue;
    const std::string plain = shown(line);
    subjects = subjects || plain.starts_with("Subjects:") || plain.starts_with("Cite as:");
    const bool begins = !list_head(plain).id.empty();
    if (begins) ++entries;
    if (part_of(plain) != nullptr || plain.starts_with("[")) ++labels;
    if (plain.size() >= 200) ++paragraphs;
    if (!submission_day(plain).empty()) ++submitted;
    if (first == 0 && (begins || submitted > 0)) first = lines.number();
  }
  // Without the labels of the site, or with many more paragraphs than papers, it is a digest that names such a number.
  if (entries > 0 && labels >= entries && paragraphs <= 2 * entries + 1) return {entries > 1 || subjects ? 91 : 70, fmt::format("line {} is an arXiv number and the forms of a paper, as in the site's lists", first)};
  if (submitted > 0 && subjects && paragraphs <= submitted + 2) return {91, fmt::format("line {} says when a paper was submitted to arXiv, and its subjects follow", first)};
  return {};
}

}  // namespace

const Format kArxivPageFormat{"arxiv-page", "page of arXiv.org copied as text: list, search results, abstract page", {"txt"}, recognise, make_reader<ArxivPageReader>};

}  // namespace digest::ingest
