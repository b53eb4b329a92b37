// SPDX-License-Identifier: MIT
// Pages of arXiv.org saved from the browser: lists (/list/cs.CL/new), search results and abstract pages.
#include <algorithm>
#include <memory>
#include <optional>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/arxiv_parts.hpp"
#include "ingest/readers/html_page.hpp"

namespace digest::ingest {
namespace {

// ".../abs/2501.00002v1" or "/abs/hep-th/9901001": the id, else empty.
std::string id_in_link(std::string_view link) {
  const std::size_t at = link.find("/abs/");
  if (at == std::string_view::npos) return {};
  const std::string_view rest = link.substr(at + 5);
  return std::string(arxiv_id_shape(rest.substr(0, rest.find_first_of("?#"))));
}

std::vector<std::string> names_in(const GumboNode* node) {
  std::vector<std::string> names;
  walk(node, [&](const GumboNode* element) {
    if (is_element(element, "a")) names.push_back(clean(text_of(element), Markup::latex));
    return true;
  });
  names.erase(std::remove(names.begin(), names.end(), std::string()), names.end());
  return names.empty() ? split_authors(clean(without_arxiv_label(text_of(node)), Markup::latex)) : names;
}

class ArxivHtmlReader final : public HtmlReader {
 public:
  ArxivHtmlReader(ReaderContext context, PaperSink& sink) : HtmlReader(std::move(context), sink) {}

 private:
  std::size_t page(const HtmlPage& page, const std::vector<std::string>&) override {
    std::size_t found = 0;
    std::uint64_t stated = 0;
    walk(page.root(), [&](const GumboNode* node) {
      if (is_element(node, "h3") || is_element(node, "h2") || is_element(node, "h1")) {
        stated += heading(node);
      } else if (is_element(node, "dt")) {
        term(node);
      } else if (is_element(node, "dd") && find_class(node, "list-title") != nullptr) {
        definition(node);
        ++found;
        return false;
      } else if (has_class(node, "arxiv-result")) {
        result(node);
        ++found;
        return false;
      }
      return true;
    });
    if (stated > 0) sink_.stated_count(stated);
    if (found == 0) found = abstract_page(page);
    return found;
  }

  // A heading dates what follows, and may count it.
  std::uint64_t heading(const GumboNode* node) {
    const std::string text = clean(text_of(node), Markup::plain);
    const std::string date = date_of(day_of_arxiv_heading(text));
    if (date.size() == 10) date_ = date;
    return shown_arxiv_entries(text);
  }

  void term(const GumboNode* node) {
    id_.clear();
    line_ = line_of(node);
    const GumboNode* link = find_first(node, [](const GumboNode* a) { return is_element(a, "a") && !id_in_link(attribute(a, "href")).empty(); });
    if (link != nullptr) id_ = id_in_link(attribute(link, "href"));
  }

  void definition(const GumboNode* node) {
    Paper paper = new_paper(line_ == 0 ? line_of(node) : line_);
    if (!id_.empty()) paper.ids.emplace("arxiv", id_);
    paper.title = clean(without_arxiv_label(text_of(find_class(node, "list-title"))), Markup::latex);
    if (const GumboNode* authors = find_class(node, "list-authors")) paper.authors = names_in(authors);
    add_arxiv_subjects(paper, text_of(find_class(node, "list-subjects")));
    if (const GumboNode* journal = find_class(node, "list-journal-ref")) paper.venue = clean(without_arxiv_label(text_of(journal)), Markup::latex);
    const GumboNode* abstract = find_first(node, [](const GumboNode* p) { return is_element(p, "p") && !has_class(p, "list-title"); });
    paper.abstract = clean(without_arxiv_label(text_of(abstract)), Markup::latex, Paragraphs::keep);
    paper.date = date_;
    emit(std::move(paper));
    id_.clear();
    line_ = 0;
  }

  void result(const GumboNode* node) {
    Paper paper = new_paper(line_of(node));
    const GumboNode* link = find_first(node, [](const GumboNode* a) { return is_element(a, "a") && !id_in_link(attribute(a, "href")).empty(); });
    if (link != nullptr) paper.ids.emplace("arxiv", id_in_link(attribute(link, "href")));
    paper.title = clean(text_of(find_class(node, "title")), Markup::latex);
    if (const GumboNode* authors = find_class(node, "authors")) paper.authors = names_in(authors);
    const GumboNode* abstract = find_class(node, "abstract-full");
    std::string text = text_of(abstract != nullptr ? abstract : find_class(node, "abstract-short"));
    for (const std::string_view button : {"\xE2\x96\xB3 Less", "\xE2\x96\xBD More"}) {
      if (const std::size_t at = text.rfind(button); at != std::string::npos) text.resize(at);
    }
    paper.abstract = clean(text, Markup::latex, Paragraphs::keep);
    paper.abstract_is_partial = abstract == nullptr && !paper.abstract.empty();
    walk(node, [&](const GumboNode* element) {
      if (has_class(element, "tag")) {
        const std::string subject = clean(text_of(element), Markup::plain);
        if (!subject.empty() && is_lower(subject[0]) && subject.size() < 20 && subject.find(' ') == std::string::npos && subject != "doi") add_category(paper, subject);
      }
      if (is_element(element, "a") && attribute(element, "href").find("doi.org/") != std::string_view::npos) paper.ids.emplace("doi", doi(find_doi(text_of(element))));
      if (is_element(element, "p")) result_line(paper, clean(text_of(element), Markup::latex));
      return true;
    });
    emit(std::move(paper));
  }

  // "Submitted 2 March, 2022; v1 submitted 14 December, 2001; ...": the first version's day; "Journal ref: ...".
  void result_line(Paper& paper, const std::string& line) const {
    constexpr std::string_view kFirst = "v1 submitted ", kJournal = "journal ref:";
    if (starts_ignoring_case(line, kJournal)) paper.venue = trim(std::string_view(line).substr(kJournal.size()));
    if (!paper.date.empty() || !starts_ignoring_case(line, "submitted ")) return;
    const std::size_t first = line.find(kFirst);
    const std::string_view day = std::string_view(line).substr(first == std::string::npos ? 10 : first + kFirst.size());
    paper.date = date_of(day.substr(0, day.find(';')));
  }

  // A row of the table below an abstract, which has had many class names over the years.
  static void table_row(Paper& paper, const GumboNode* label) {
    const GumboVector& cells = label->parent->v.element.children;
    const GumboNode* value = nullptr;
    for (std::size_t i = label->index_within_parent + 1; i < cells.length && value == nullptr; ++i) {
      if (const auto* cell = static_cast<const GumboNode*>(cells.data[i]); is_element(cell, "td")) value = cell;
    }
    if (value == nullptr) return;
    const std::string name = clean(text_of(label), Markup::plain), text = clean(text_of(value), Markup::latex);
    if (name == "Subjects:" && paper.categories.empty()) add_arxiv_subjects(paper, text);
    if (name == "Journal reference:" || name == "Journal-ref:") paper.venue = text;
    if (name == "DOI:" || name == "Related DOI:") paper.ids.emplace("doi", doi(find_doi(text)));
  }

  // "[hep-th/9711200] The Large N Limit": pages without meta elements have their id there.
  static std::string id_in_title(std::string_view title) {
    if (!title.starts_with('[') || title.find(']') == std::string_view::npos) return {};
    return std::string(arxiv_id_shape(title.substr(1, title.find(']') - 1)));
  }

  std::size_t abstract_page(const HtmlPage& page) {
    const GumboNode* title = find_first(page.root(), [](const GumboNode* node) { return is_element(node, "h1") && has_class(node, "title"); });
    const GumboNode* abstract = find_first(page.root(), [](const GumboNode* node) { return is_element(node, "blockquote") && has_class(node, "abstract"); });
    if (title == nullptr || abstract == nullptr) return 0;
    Paper paper = new_paper(line_of(title));
    paper.title = clean(without_arxiv_label(text_of(title)), Markup::latex);
    paper.abstract = clean(without_arxiv_label(text_of(abstract)), Markup::latex, Paragraphs::keep);
    if (const GumboNode* authors = find_class(page.root(), "authors")) paper.authors = names_in(authors);
    add_arxiv_subjects(paper, text_of(find_class(page.root(), "subjects")));
    walk(page.root(), [&](const GumboNode* node) {
      if (is_element(node, "td") && has_class(node, "label")) table_row(paper, node);
      if (!is_element(node, "meta")) return true;
      const std::string_view name = attribute(node, "name");
      if (name == "citation_arxiv_id") paper.ids.emplace("arxiv", attribute(node, "content"));
      if (name == "citation_doi") paper.ids.emplace("doi", attribute(node, "content"));
      if (name == "citation_date") paper.date = date_of(attribute(node, "content"));
      return true;
    });
    if (paper.ids.count("arxiv") == 0) {
      const GumboNode* head = find_first(page.root(), [](const GumboNode* node) { return is_element(node, "title"); });
      if (const std::string id = id_in_title(clean(text_of(head), Markup::plain)); !id.empty()) paper.ids.emplace("arxiv", id);
    }
    if (paper.date.empty()) {
      std::string day = clean(text_of(find_class(page.root(), "dateline")), Markup::plain);
      if (const std::size_t at = day.find("ubmitted on "); at != std::string::npos) paper.date = date_of(std::string_view(day).substr(at + 12, 12));
    }
    emit(std::move(paper));
    return 1;
  }

  std::string id_, date_;
  std::uint64_t line_ = 0;
};

Recognition recognise(std::string_view head) {
  const auto has = [head](std::string_view text) { return head.find(text) != std::string_view::npos; };
  if (html_score(head) == 0 && !has("<dd>")) return {};
  if (has("list-title") && (has("/abs/") || has("arxiv.org"))) return {97, "a list of arXiv.org"};
  if (has("arxiv-result") && has("/abs/")) return {97, "search results of arXiv.org"};
  const bool before_mathjax = has("class=\"abstract\"") && has("class=\"descriptor\"") && has("/abs/");
  if (has("citation_arxiv_id") || (has("abstract mathjax") && has("arxiv.org")) || before_mathjax) return {97, "an abstract page of arXiv.org"};
  return {};
}

std::unique_ptr<Reader> make(ReaderContext context, PaperSink& sink) { return std::make_unique<ArxivHtmlReader>(std::move(context), sink); }

}  // namespace

const Format kArxivHtmlFormat{"arxiv-html", "saved page of arXiv.org: list, search results, abstract page", {"html", "htm"}, recognise, make};

}  // namespace digest::ingest
