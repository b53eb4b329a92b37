// SPDX-License-Identifier: MIT
// Mails and pages that list papers by their titles, each a link, without abstracts: tables of contents of journals,
// alerts of publishers, lists of conferences.
#include <algorithm>
#include <optional>

#include "ingest/identifiers.hpp"
#include "ingest/readers/html_page.hpp"
#include "ingest/readers/markdown_parts.hpp"
#include "ingest/readers/page_lines.hpp"

namespace digest::ingest {
namespace {

// A sentence on a button has few words, and says what the reader is to do.
bool reads_like_title(std::string_view text) {
  if (text.size() < 25 || text.size() > 300 || std::count(text.begin(), text.end(), ' ') < 3) return false;
  if (is_lower(text.front()) || find_ignoring_case(text, "unsubscribe") != std::string_view::npos) return false;
  for (const std::string_view word : {"view ", "read ", "click ", "download ", "manage ", "update your", "sign up", "subscribe", "follow ", "forward ", "see all", "see more",
                                      "learn more", "submit ", "register ", "visit ", "browse ", "go to ", "privacy", "terms ", "contact ", "get ", "add ", "browser "}) {
    if (starts_ignoring_case(text, word)) return false;
  }
  return looks_like_title(text);
}

class TitleLinks {
 public:
  void visit(const GumboNode* root) {
    walk(root, [&](const GumboNode* node) {
      if (is_element(node, "a")) {
        link(node);
        return false;
      }
      const bool innermost = is_block(node) && find_first(node, [node](const GumboNode* inside) { return inside != node && (is_block(inside) || is_element(inside, "a")); }) == nullptr;
      if (innermost) block(clean(text_of(node), Markup::plain));
      return !innermost;
    });
  }

  struct Entry {
    std::string title, url, authors, doi;
    std::uint64_t line = 0;
  };
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] std::size_t to_papers() const { return to_papers_; }
  [[nodiscard]] std::size_t long_texts() const { return long_texts_; }

 private:
  void link(const GumboNode* node) {
    const std::string_view url = attribute(node, "href");
    if (!starts_ignoring_case(url, "http")) return;
    std::string text = clean(text_of(node), Markup::plain);
    if (!reads_like_title(text)) return;
    if (leads_to_paper(url)) ++to_papers_;
    entries_.push_back(Entry{std::move(text), std::string(url.substr(0, 2048)), {}, {}, line_of(node)});
  }

  void block(const std::string& text) {
    if (is_author_list(text)) {
      if (!entries_.empty() && entries_.back().authors.empty()) entries_.back().authors = text;
    } else if (const std::string id = text.size() < 200 ? doi(find_doi(text)) : std::string(); !id.empty()) {
      if (!entries_.empty() && entries_.back().doi.empty()) entries_.back().doi = id;
    } else if (is_long(text) && ends_like_a_sentence(text)) {
      ++long_texts_;
    }
  }

  std::vector<Entry> entries_;
  std::size_t to_papers_ = 0, long_texts_ = 0;
};

}  // namespace

// Where long texts are as many as titles, they are abstracts, and the page is one of titles and abstracts.
bool HtmlReader::read_links(const HtmlPage& page) {
  TitleLinks links;
  links.visit(page.root());
  const std::size_t found = links.entries().size();
  const bool all_are_papers = links.to_papers() == found || std::all_of(links.entries().begin(), links.entries().end(), [](const TitleLinks::Entry& entry) { return !entry.doi.empty(); });
  if (found < (all_are_papers ? 2U : 4U) || links.long_texts() * 2 >= found) return false;
  report(0, Severity::note, "no-abstract", "This page lists papers by their titles and has no abstracts; the papers are found by title only.");
  for (const TitleLinks::Entry& entry : links.entries()) {
    Paper paper = new_paper(entry.line);
    paper.title = entry.title;
    std::string authors = entry.authors;
    if (const std::size_t last = authors.find(" & "); last != std::string::npos) authors.replace(last, 3, " and ");
    paper.authors = split_authors(authors);
    if (!entry.doi.empty()) paper.ids["doi"] = entry.doi;
    add_url(paper, entry.url);
    emit(std::move(paper));
  }
  return true;
}

}  // namespace digest::ingest
