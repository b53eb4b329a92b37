// SPDX-License-Identifier: MIT
// Mails and pages that list papers by their titles, each a link, without abstracts: tables of contents of journals,
// alerts of publishers, lists of conferences.
#include <algorithm>
#include <utility>

#include "ingest/identifiers.hpp"
#include "ingest/readers/html_page.hpp"
#include "ingest/readers/markdown_parts.hpp"
#include "ingest/readers/page_lines.hpp"
#include "ingest/readers/tab_title.hpp"

namespace digest::ingest {
namespace {

// A sentence on a button has few words, and says what the reader is to do.
bool is_button(std::string_view text) {
  for (const std::string_view word : {"view ", "read ", "click ", "download ", "manage ", "update your", "sign up", "subscribe", "follow ", "forward ", "see all", "see more",
                                      "learn more", "submit ", "register ", "visit ", "browse ", "go to ", "privacy", "terms ", "contact ", "get ", "add ", "browser "}) {
    if (starts_ignoring_case(text, word)) return true;
  }
  return find_ignoring_case(text, "unsubscribe") != std::string_view::npos;
}

bool reads_like_title(std::string_view text) {
  if (text.size() < 25 || text.size() > 300 || std::count(text.begin(), text.end(), ' ') < 3) return false;
  return !is_lower(text.front()) && looks_like_title(text);
}

// What an issue holds besides papers, and buttons below a paper.
bool is_no_paper(std::string_view text) {
  for (const std::string_view button : {"full text", "abstract", "pdf", "html"}) {
    if (starts_ignoring_case(text, button) && text.size() < button.size() + 12) return true;  // "PDF (2 MB)"; "PDF parsing at scale" is a title
  }
  for (const std::string_view word : {"supporting info", "supplementary info", "supplementary material", "supplemental", "open access", "free access", "cited by", "table of contents", "issue information", "editorial board",
                                      "front matter", "back matter", "front cover", "back cover", "inside front", "inside back", "cover image", "cover picture", "masthead", "in this issue", "graphical abstract", "research article"}) {
    if (starts_ignoring_case(text, word) && text.size() < word.size() + 25) return true;
  }
  return false;
}

// The address of one paper says that its link is a title, though it is a short one.
bool is_short_title(std::string_view text, std::string_view url) {
  bool of_one_paper = !find_doi(url).empty();
  for (const std::string_view place : {"/pii/", "/document/", "/abs/", "/articles/"}) of_one_paper = of_one_paper || url.find(place) != std::string_view::npos;
  return of_one_paper && text.size() >= 10 && text.size() <= 300 && text.find(' ') != std::string_view::npos && !is_lower(text.front());
}

bool is_small_print(std::string_view text) {
  for (const std::string_view word : {"you have been sent", "you have received", "you are receiving", "you received", "this email", "this e-mail", "this message", "copyright", "\xC2\xA9", "preferences", "unsubscribe"}) {
    if (find_ignoring_case(text, word) != std::string_view::npos) return true;
  }
  return false;
}

// "By A One, B Two*, +3 authors, C Three \xC2\xB7 4 March 2024": the names, if the line is names.
std::string names_in(std::string_view line, bool first_line) {
  for (const std::string_view label : {"authors:", "author(s):", "author:", "by "}) {
    if (starts_ignoring_case(line, label)) line = trim(line.substr(label.size())), first_line = true;
  }
  std::string dotted(line.substr(0, line.size() < 4096 ? line.size() : 0));  // "A One \xC2\xB7 B Two" of ResearchGate
  for (std::size_t at = dotted.find(" \xC2\xB7 "); at != std::string::npos; at = dotted.find(" \xC2\xB7 ", at)) dotted.replace(at, 4, ", ");
  if (dotted.size() != line.size() && is_author_list(dotted)) return dotted;
  line = trim(line.substr(0, line.find(" \xC2\xB7 ")));
  if (const std::size_t in = line.ends_with(')') ? line.find(" in ") : std::string_view::npos; in != std::string_view::npos) line = trim(line.substr(0, in));  // "Doe J, Roe R in Beads (2023)"
  std::string names;
  for (std::string_view rest = line; !rest.empty();) {
    const std::size_t end = rest.find(", ");
    if (const std::string_view name = rest.substr(0, end); !name.starts_with('+')) names += (names.empty() ? "" : ", ") + std::string(name);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 2);
  }
  names.erase(std::remove(names.begin(), names.end(), '*'), names.end());
  if (names.ends_with('.') && !names.ends_with("et al.") && names.size() > 1 && !is_upper(names[names.size() - 2])) names.pop_back();
  if (is_author_list(names)) return names;
  constexpr std::string_view kNoNames = " open access research article original download full text abstract review letter free pdf html short report communication online view editor volume issue published latest highlights nature science chemistry physics biology journal reviews letters university institute ";
  for (std::string_view rest = names; first_line && !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (kNoNames.find(" " + lower_case(rest.substr(0, end)) + " ") != std::string_view::npos) return {};
    rest = trim(rest.substr(end));
  }
  return first_line && is_name(names) ? names : std::string();
}

// "Pages: 323-340 | First Published: 11 October 2023", "bioRxiv posted 5 March 2024": what is said of the day.
std::string_view day_in(std::string_view line) {
  for (const std::string_view word : {"ublished online:", "ublished online", "ublished on ", "ublished:", "ublished ", "vailable online", "posted ", " \xC2\xB7 "}) {
    const std::size_t at = find_ignoring_case(line, word);
    if (at == std::string_view::npos) continue;
    std::string_view day = trim(line.substr(at + word.size()));
    for (const std::string_view end : {" | ", "; ", " \xC2\xB7 ", " doi"}) day = day.substr(0, day.find(end));
    return day.size() <= 30 ? day : std::string_view();
  }
  return {};
}

// "...?doi=10.1000%2Fx.1&utm_source=email": the DOI that an alert's own address carries.
std::string doi_in_query(std::string_view url) {
  std::size_t at = find_ignoring_case(url, "doi=");
  if (at == std::string_view::npos || at == 0 || (url[at - 1] != '?' && url[at - 1] != '&')) return {};
  std::string value(url.substr(at + 4, std::min<std::size_t>(url.find('&', at), at + 300) - at - 4));
  for (at = find_ignoring_case(value, "%2f"); at != std::string::npos; at = find_ignoring_case(value, "%2f")) value.replace(at, 3, "/");
  return doi(find_doi(value));
}

class TitleLinks {
 public:
  explicit TitleLinks(bool bookmarks) : bookmarks_(bookmarks) {}

  void visit(const GumboNode* root) {
    walk_text(root, {[](const GumboNode* node) { return is_title(node); }, [this](const GumboNode* node) { link(node); }, [this](const std::string& text) { block(text); }});
  }

  struct Entry {
    std::string title, url, authors, doi, day;
    std::uint64_t line = 0;
    bool is_paper = false, has_text = false, has_lines = false;
  };
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] std::size_t long_texts() const { return long_texts_; }

 private:
  static std::string text(const GumboNode* node) { return std::string(without_site(clean(text_of(node), Markup::plain))); }

  static bool is_title(const GumboNode* node) {
    const std::string_view url = attribute(node, "href");
    if (!starts_ignoring_case(url, "http")) return false;
    const std::string title = text(node);
    return !is_button(title) && !is_no_paper(title) && (reads_like_title(title) || is_short_title(title, url));
  }

  void link(const GumboNode* node) {
    const std::string_view url = attribute(node, "href");
    std::string title = text(node);
    std::string id = doi(find_doi(url.substr(0, url.find_first_of("?#"))));
    if (id.empty()) id = doi_in_query(url);
    if (bookmarks_ && id.empty() && !leads_to_paper(url)) return;
    if (!entries_.empty() && entries_.back().title == title && (id.empty() || entries_.back().doi.empty() || id == entries_.back().doi)) return;  // a picture and its text, both a link
    entries_.push_back(Entry{std::move(title), std::string(url.substr(0, 2048)), {}, id, {}, line_of(node), leads_to_paper(url) || !id.empty()});
  }

  void block(std::string_view lines) {
    if (bookmarks_) return;  // the next one, of another page
    const std::string whole = clean(lines, Markup::plain);
    while (!lines.empty() && !entries_.empty()) line(clean(take_line(lines), Markup::plain));
    if (entries_.empty() || entries_.back().has_text || !is_long(whole) || !ends_like_a_sentence(whole) || is_small_print(whole)) return;
    entries_.back().has_text = true;
    ++long_texts_;
  }

  void line(const std::string& text) {
    Entry& entry = entries_.back();
    if (text.empty() || text.size() > 64U << 10) return;
    const bool first = !std::exchange(entry.has_lines, true);
    if (entry.day.empty() && text.size() < 300) entry.day = day_in(text);
    if (std::string names = entry.authors.empty() ? names_in(text, first) : std::string(); !names.empty()) {
      entry.authors = std::move(names);
    } else if (entry.doi.empty() && text.size() < 200) {
      entry.doi = doi(find_doi(text));
    }
  }

  bool bookmarks_;  // of all kinds of pages: only those of papers count
  std::vector<Entry> entries_;
  std::size_t long_texts_ = 0;
};

}  // namespace

// Where long texts are as many as titles, they are abstracts, and the page is one of titles and abstracts.
bool HtmlReader::read_links(const HtmlPage& page) {
  TitleLinks links(bookmarks_);
  links.visit(page.root());
  const std::size_t found = links.entries().size();
  const auto papers = static_cast<std::size_t>(std::count_if(links.entries().begin(), links.entries().end(), [](const TitleLinks::Entry& entry) { return entry.is_paper || !entry.doi.empty(); }));
  if (found < (papers * 3 >= found * 2 ? 2U : 4U) || links.long_texts() * 2 >= found) return false;
  report(0, Severity::note, "no-abstract", "This page lists papers by their titles and has no abstracts; the papers are found by title only.");
  for (const TitleLinks::Entry& entry : links.entries()) {
    Paper paper = new_paper(entry.line);
    paper.title = entry.title;
    std::string authors = entry.authors;
    if (const std::size_t last = authors.find(" & "); last != std::string::npos) authors.replace(last, 3, " and ");
    paper.authors = split_authors(authors);
    if (!entry.doi.empty()) paper.ids["doi"] = entry.doi;
    paper.date = date_of(entry.day);
    add_url(paper, entry.doi.empty() || (entry.is_paper && doi_in_query(entry.url).empty()) ? entry.url : "https://doi.org/" + entry.doi);  // an alert's own links lead through a counter
    emit(std::move(paper));
  }
  return true;
}

}  // namespace digest::ingest
