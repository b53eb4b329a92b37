// SPDX-License-Identifier: MIT
// Alert mails of bioRxiv, medRxiv and other journals on HighWire: title, authors, a line with the DOI. The DOI is
// the anchor; there are no abstracts.
#include <fmt/format.h>

#include <deque>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/markdown_parts.hpp"
#include "ingest/readers/page_lines.hpp"
#include "ingest/readers/page_title.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

// Where "doi:10. ..." or "doi.org/10. ..." begins in the line; npos if it holds none.
std::size_t doi_at(std::string_view line) {
  if (line.starts_with('[') && digits_at(line, 1) > 0 && line.find(']') == 1 + digits_at(line, 1)) return std::string_view::npos;  // "[12] A. One. Beads. 2025.": a reference, all in one line
  for (const std::string_view mark : {"doi:", "doi.org/"}) {
    const std::size_t at = find_ignoring_case(line, mark);
    if (at != std::string_view::npos && !find_doi(line.substr(at)).empty()) return at;
  }
  for (const std::string_view mark : {" published ", " posted "}) {  // "bioRxiv published 5 March 2024, 10.1101/2024.03.01.582912"
    if (const std::size_t at = line.find(mark); at != std::string_view::npos && line.size() < 200 && !find_doi(line.substr(at)).empty()) return line.find("10.", at);
  }
  return std::string_view::npos;
}

bool is_rule(std::string_view line) {
  return line.size() >= 3 && (line.find_first_not_of('-') == std::string_view::npos || line.find_first_not_of('=') == std::string_view::npos ||
                              line.find_first_not_of('_') == std::string_view::npos || line.find_first_not_of('*') == std::string_view::npos);
}

// "[Abstract] [PDF]", "Abstract | Full Text", an address of its own: links to the paper above, never a title.
bool is_link_line(std::string_view line) {
  if (line.starts_with('[') && line.ends_with(']')) return true;
  if (starts_ignoring_case(line, "http://") || starts_ignoring_case(line, "https://") || line.starts_with('<')) return true;
  std::string rest = lower_case(line);
  for (const std::string_view word : {"supplementary", "supplemental", "abstract", "full text", "full-text", "preview", "material", "html", "pdf"}) {
    for (std::size_t at = rest.find(word); at != std::string::npos; at = rest.find(word)) rest.erase(at, word.size());
  }
  return std::none_of(rest.begin(), rest.end(), is_alnum);
}

bool looks_like_names(std::string_view text) {
  if (text.find(", ") == std::string_view::npos && text.find(" and ") == std::string_view::npos) {
    return std::count(text.begin(), text.end(), ' ') <= 4 && text.find('.') == std::string_view::npos ? true : text.find(". ") != std::string_view::npos;
  }
  std::size_t words = 0, capitals = 0;
  for (std::size_t at = text.find_first_not_of(" ,;\n"); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(" ,;\n", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (word != "and" && word != "&") {
      ++words;
      if (!is_lower(word.front()) && !is_digit(word.front())) ++capitals;
    }
    at = text.find_first_not_of(" ,;\n", end);
  }
  return words >= 2 && capitals * 10 >= words * 7;
}

// "Article 106541", "Pages 1-9": where a paper stands in its journal.
bool is_place(std::string_view line) {
  const std::size_t digit = line.find_first_of("0123456789");
  if (digit == std::string_view::npos || line.size() > 60) return false;
  for (const std::string_view word : {"article", "pages", "page", "pp.", "volume", "vol.", "e"}) {
    if (starts_ignoring_case(line, word) && trim(line.substr(word.size())).size() + digit == line.size()) return true;
  }
  return false;
}

// "A One, B Two & C Three"
std::vector<std::string> names_of(std::string_view text) {
  std::string names = clean(text, Markup::html);
  if (const std::size_t last = names.rfind(" & "); last != std::string::npos) names.replace(last, 3, " and ");
  return split_authors(names);
}

// The lines of a block: up to the names the title, then the names, then where it appeared. Empty without names.
struct TitledBlock {
  std::string title, authors, citation;
};

TitledBlock titled_block(std::string_view block) {
  TitledBlock found;
  while (!block.empty()) {
    std::string line(trim(take_line(block)));
    std::string names = line;
    std::replace(names.begin(), names.end(), '|', ',');
    if (found.authors.empty() && !found.title.empty() && is_author_list(names)) {
      found.authors = names;
    } else {
      const bool place = found.authors.empty() && !found.title.empty() && is_place(line);  // ScienceDirect, above the names
      std::string& part = found.authors.empty() && !place ? found.title : found.citation;
      if (!part.empty()) part += ' ';
      part += line;
    }
  }
  for (const std::string_view kicker : {"Editors' Suggestion ", "Editors\xE2\x80\x99 Suggestion ", "Featured in Physics ", "Open Access "}) {
    if (starts_ignoring_case(found.title, kicker)) found.title.erase(0, kicker.size());
  }
  found.title.erase(0, bullet(found.title));
  return found.authors.empty() ? TitledBlock{} : found;
}

class JournalAlertReader final : public LineRecordReader {
 public:
  JournalAlertReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  struct Block {
    std::string text;
    std::uint64_t line = 0;
  };

  void line(std::string_view text, std::uint64_t number) override {
    text = trim(scan::without_mark(text));
    if (text.empty()) {
      gap_ = true;
      return;
    }
    if (is_rule(text)) {
      blocks_.clear();
      gap_ = true;
      return;
    }
    if (doi_at(text) != std::string_view::npos) {
      paper_ends(text, number);
      blocks_.clear();
      gap_ = true;
      return;
    }
    if (is_link_line(text)) {
      if (!gap_ && !blocks_.empty()) address_ends(text);
      blocks_.clear();
      gap_ = true;
      return;
    }
    add_line(text, number);
  }

  void end() override {
    if (papers_ > 0) report(0, Severity::note, "no-abstract", "Alerts of this kind carry no abstracts; the papers are found by title only.");
  }

  void add_line(std::string_view text, std::uint64_t number) {
    if (gap_ || blocks_.empty()) {
      blocks_.push_back({std::string(text), number});
      if (blocks_.size() > 6) blocks_.pop_front();
    } else if (blocks_.back().text.size() + text.size() < kMaxFieldBytes) {
      blocks_.back().text += '\n';
      blocks_.back().text += text;
    }
    gap_ = false;
  }

  // The block before the DOI names the authors, the one before that is the title. Where nothing separates them, the
  // lines of one block are taken for them.
  void paper_ends(std::string_view text, std::uint64_t number) {
    std::string title, authors, place;
    std::uint64_t line = number;
    TitledBlock found = gap_ || blocks_.empty() ? TitledBlock{} : titled_block(blocks_.back().text);
    if (!found.citation.empty() && !found.title.empty()) {
      title = std::move(found.title), authors = std::move(found.authors), place = std::move(found.citation);
      line = blocks_.back().line;
      blocks_.clear();
    } else if (!gap_ && !blocks_.empty()) {
      split_last_block();
    }
    if (blocks_.size() >= 2 && looks_like_names(blocks_.back().text)) {
      authors = blocks_.back().text;
      title = blocks_[blocks_.size() - 2].text;
      line = blocks_[blocks_.size() - 2].line;
    } else if (!blocks_.empty()) {
      title = blocks_.back().text;
      line = blocks_.back().line;
    }
    const std::size_t at = doi_at(text);
    std::string_view before = trim(text.substr(0, at));
    for (const std::string_view scheme : {"dx.", "www.", "https://", "http://"}) {
      if (before.ends_with(scheme)) before = trim(before.substr(0, before.size() - scheme.size()));
    }
    const std::string_view doi = find_doi(text.substr(at));
    Paper paper = new_paper(line);
    paper.title = clean(title, Markup::html);
    paper.authors = names_of(authors);
    paper.ids["doi"] = doi;
    paper.urls.push_back(fmt::format("https://doi.org/{}", doi));
    citation(paper, before.empty() && !is_place(place) ? std::string_view(place) : before);
    ++papers_;
    deliver(std::move(paper));
  }

  // "Title / A Author, B Author / J Beads 2026;1 1-9 / http://...": tables of contents that name no DOI. What follows the
  // names is where it appeared.
  void address_ends(std::string_view text) {
    const std::string_view url = scan::find_url(text);
    const TitledBlock found = titled_block(blocks_.back().text);
    if (url.empty() || found.title.empty()) return;
    Paper paper = new_paper(blocks_.back().line);
    paper.title = clean(found.title, Markup::html);
    paper.authors = names_of(found.authors);
    add_url(paper, url);
    if (!is_place(found.citation)) citation(paper, found.citation);
    ++papers_;
    deliver(std::move(paper));
  }

  // "Title / goes on / A Author and B Author": the last line of names, what is before it.
  void split_last_block() {
    std::string& whole = blocks_.back().text;
    std::size_t cut = whole.rfind('\n');
    if (cut != std::string::npos && is_place(std::string_view(whole).substr(cut + 1))) {  // below the names
      whole.resize(cut);
      cut = whole.rfind('\n');
    }
    const std::string text = whole;
    if (cut == std::string::npos || !looks_like_names(std::string_view(text).substr(cut + 1))) return;
    const std::uint64_t line = blocks_.back().line;
    blocks_.back().text = text.substr(0, cut);
    blocks_.push_back({text.substr(cut + 1), line});
  }

  // "bioRxiv posted 22 January 2026"
  static void citation(Paper& paper, std::string_view before) {
    for (const std::string_view word : {" posted ", " published "}) {
      const std::size_t at = find_ignoring_case(before, word);
      if (at == std::string_view::npos) continue;
      std::string_view day = trim(before.substr(at + word.size()));
      while (day.ends_with(',') || day.ends_with(';')) day = trim(day.substr(0, day.size() - 1));
      paper.date = normalise_date(day);
      before = trim(before.substr(0, at));
      while (before.ends_with('-')) before = trim(before.substr(0, before.size() - 1));
      break;
    }
    if (paper.date.empty()) paper.date = normalise_date(before);
    const std::size_t digit = before.find_first_of("0123456789");
    std::string_view venue = trim(before.substr(0, digit));
    while (!venue.empty() && (venue.back() == ',' || venue.back() == ';' || venue.back() == '(' || is_blank(venue.back()))) venue.remove_suffix(1);
    if (venue.size() < 100) paper.venue = clean(venue, Markup::html);
  }

  std::deque<Block> blocks_;
  bool gap_ = true;
  std::uint64_t papers_ = 0;
};

// "Beads without strings - https://doi.org/10.1000/x.2": a title and its address in one line.
bool is_titled_address(std::string_view line) {
  const std::size_t end = ending_address(line);
  return end != std::string_view::npos && end >= 15 && find_ignoring_case(line.substr(0, end), "doi") == std::string_view::npos;
}

// Counts the long paragraphs that stand first below a DOI or an address: there, they are abstracts.
class AbstractCounter {
 public:
  void anchor() { close(), after_anchor_ = true; }
  void gap() { close(); }
  void text(std::string_view line) { block_ += block_.size() < 4096 ? std::string(line) + " " : std::string(); }
  std::size_t count() { return close(), abstracts_; }

 private:
  void close() {
    if (block_.empty()) return;
    abstracts_ += after_anchor_ && is_long(block_) ? 1U : 0U;
    after_anchor_ = false;
    block_.clear();
  }
  std::string block_;
  bool after_anchor_ = false;
  std::size_t abstracts_ = 0;
};

Recognition recognise(std::string_view head) {
  scan::Lines lines(head);
  std::string_view line;
  std::size_t dois = 0, first = 0, posted = 0, links = 0, other_grammar = 0, addressed = 0, titled = 0, nameless_items = 0, elsewhere = 0;
  bool published = false;  // an address alone may be of a task
  std::string block;
  AbstractCounter abstracts;
  while (lines.next(line)) {
    line = trim(scan::without_mark(line));
    if (line.empty()) {
      block.clear();
      abstracts.gap();
      continue;
    }
    const std::size_t at = doi_at(line);
    const bool names_doi = at != std::string_view::npos && line.size() < 300;
    const bool is_anchor = names_doi || is_link_line(line);
    if (is_anchor) abstracts.anchor();
    if (!is_anchor) abstracts.text(line);
    if (starts_ignoring_case(line, "http") || line.starts_with('<')) {
      const TitledBlock titled_here = titled_block(block);
      const bool has_names = !titled_here.title.empty();
      addressed += has_names ? 1 : 0;
      published = published || (has_names && (!titled_here.citation.empty() || leads_to_paper(scan::find_url(line))));
      elsewhere += leads_to_paper(scan::find_url(line)) ? 0 : 1;
      nameless_items += !has_names && bullet(block) > 0 ? 1 : 0;
      block.clear();
    } else if (block.size() < 4096) {
      block += std::string(line) + "\n";
    }
    if (names_doi) {
      ++dois;
      titled += is_titled_address(line) ? 1 : 0;
      if (first == 0) first = lines.number();
      if (find_ignoring_case(line.substr(0, at), " posted ") != std::string_view::npos) ++posted;
    } else if (line.starts_with('[') && find_ignoring_case(line, "[abstract]") != std::string_view::npos) {
      ++links;
    } else if (line.starts_with("PMID") || line.starts_with("TY  -") || line.starts_with('@') || line.starts_with('%') || line.starts_with('{') ||
               line.starts_with('|') || (line.starts_with('<') && !line.starts_with("<http"))) {
      ++other_grammar;
    }
  }
  if (other_grammar > 0) return {};
  if (titled * 2 > dois) return {};
  if (abstracts.count() * 2 > std::max(dois, addressed)) return {};  // titles and abstracts in turn, which would be lost here
  if (nameless_items > 0 && elsewhere == 0 && dois == 0) return {};  // read as a page, such a list loses none
  if (addressed >= 2 && dois == 0 && published) return {60, fmt::format("{} blocks are a title, names and an address", addressed)};
  if (dois == 0) return {};
  if (posted > 0) return {90, fmt::format("line {} says when a preprint was posted, and its DOI", first)};
  if (links > 0) return {80, fmt::format("line {} holds a DOI, and '[Abstract]' follows", first)};
  return {dois >= 3 ? 35 : 15, fmt::format("{} lines hold a DOI, the first is line {}", dois, first)};
}

}  // namespace

const Format kJournalAlertFormat{"journal-alert", "journal alert e-mail (bioRxiv, medRxiv, HighWire)", {}, recognise, make_reader<JournalAlertReader>};

}  // namespace digest::ingest
