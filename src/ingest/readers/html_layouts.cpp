// SPDX-License-Identifier: MIT
// Lists of papers of sites whose layout is known: result pages and tables of contents, each an element with a class of
// its own for titles, authors and abstracts. One row a site; what is common to them is read in one place.
#include <algorithm>
#include <array>
#include <optional>

#include "ingest/identifiers.hpp"
#include "ingest/readers/html_page.hpp"
#include "ingest/readers/scholar_parts.hpp"

namespace digest::ingest {
namespace {

// An element by its tag, a class (or another attribute that holds the value), the tag around it and a class it has not;
// empty: any. Tags that only format (<b>, <i>, <strong>) are gone from the page.
struct Mark {
  std::string_view tag = {}, attribute = {}, value = {}, around = {}, without = {};
};

struct Layout {
  std::string_view base = {};  // for links that name no site
  Mark entry = {};             // around one paper, where names stand before the title; empty: a title begins a paper
  Mark title = {}, author = {}, authors = {}, byline = {}, abstract = {}, citation = {}, date = {};
  bool abstract_is_cut = false;
  bool names_follow = false;  // bare, behind the title
};

constexpr Mark of_class(std::string_view tag, std::string_view name) { return {.tag = tag, .attribute = "class", .value = name}; }
constexpr Mark with(std::string_view tag, std::string_view attribute, std::string_view value) { return {.tag = tag, .attribute = attribute, .value = value}; }
constexpr Mark inside(std::string_view around, Mark mark) { return mark.around = around, mark; }

constexpr auto kLayouts = std::to_array<Layout>({
    // ACL Anthology
    {.base = "https://aclanthology.org",
     .title = {.tag = "a", .attribute = "class", .value = "align-middle", .without = "badge"},
     .author = with("a", "href", "/people/"),
     .abstract = of_class("div", "abstract-collapse")},
    // Google Scholar, results
    {.base = "https://scholar.google.com",
     .title = of_class("h3", "gs_rt"),
     .byline = of_class("div", "gs_a"),
     .abstract = of_class("div", "gs_rs"),
     .abstract_is_cut = true},
    // PubMed, results
    {.base = "https://pubmed.ncbi.nlm.nih.gov",
     .title = of_class("a", "docsum-title"),
     .authors = of_class("span", "full-authors"),
     .abstract = of_class("div", "full-view-snippet"),
     .citation = of_class("span", "full-journal-citation"),
     .abstract_is_cut = true},
    // Proceedings of Machine Learning Research
    {.base = "https://proceedings.mlr.press", .entry = of_class("div", "paper"), .title = of_class("p", "title"), .authors = of_class("span", "authors")},
    // CVF Open Access
    {.base = "https://openaccess.thecvf.com", .title = of_class("dt", "ptitle"), .author = inside("form", {.tag = "a"})},
    // NeurIPS proceedings, their older and their newer look
    {.base = "https://proceedings.neurips.cc", .title = with("a", "title", "paper title"), .names_follow = true},
    {.base = "https://proceedings.neurips.cc", .title = with("a", "title", "paper title"), .authors = of_class("span", "paper-authors")},
    // papers.cool
    {.base = "https://papers.cool",
     .title = of_class("a", "title-link"),
     .author = of_class("a", "author"),
     .abstract = of_class("p", "summary"),
     .date = of_class("p", "date")},
    // DBLP
    {.base = "https://dblp.org", .entry = of_class("li", "entry"), .title = of_class("span", "title"), .author = with("span", "itemprop", "author")},
    // OpenReview, lists
    {.base = "https://openreview.net", .title = inside("h4", with("a", "href", "/forum?id=")), .author = with("a", "href", "/profile?id=")},
    // Nature and its sisters
    {.base = "https://www.nature.com",
     .title = of_class({}, "c-card__title"),
     .author = with("span", "itemprop", "name"),
     .abstract = of_class({}, "c-card__summary"),
     .date = {.tag = "time"},
     .abstract_is_cut = true},
    // HighWire: bioRxiv, medRxiv, journals
    {.base = "https://www.biorxiv.org",
     .title = of_class("span", "highwire-cite-title"),
     .author = of_class("span", "highwire-citation-author"),
     .abstract = of_class("div", "highwire-cite-snippet"),
     .citation = of_class("span", "highwire-cite-metadata-doi"),
     .abstract_is_cut = true},
    // ACM Digital Library
    {.base = "https://dl.acm.org",
     .title = of_class({}, "issue-item__title"),
     .author = with("a", "href", "/profile/"),
     .abstract = of_class("div", "issue-item__abstract"),
     .abstract_is_cut = true},
    // Google Scholar, a person's papers
    {.base = "https://scholar.google.com", .title = of_class("a", "gsc_a_at"), .authors = of_class("div", "gs_gray"), .date = of_class("span", "gsc_a_h")},
    // SpringerLink
    {.base = "https://link.springer.com",
     .title = of_class({}, "app-card-open__heading"),
     .authors = with({}, "data-test", "authors"),
     .abstract = of_class("div", "app-card-open__description"),
     .date = with("span", "data-test", "published"),
     .abstract_is_cut = true},
    // ScienceDirect, results
    {.base = "https://www.sciencedirect.com", .title = of_class("a", "result-list-title-link"), .author = of_class("span", "author"), .date = of_class("span", "srctitle-date-fields")},
    // Wiley Online Library, results
    {.base = "https://onlinelibrary.wiley.com", .title = of_class("a", "publication_title"), .author = of_class({}, "publication_contrib_author"), .date = of_class("span", "meta__epubDate")},
    // MDPI
    {.base = "https://www.mdpi.com", .title = of_class("a", "title-link"), .authors = of_class("div", "authors"), .abstract = of_class("div", "abstract-full")},
    // Semantic Scholar, results
    {.base = "https://www.semanticscholar.org",
     .title = of_class({}, "cl-paper-title"),
     .authors = of_class({}, "cl-paper-authors"),
     .abstract = of_class({}, "cl-paper-abstract"),
     .abstract_is_cut = true},
});

bool fits(const GumboNode* node, const Mark& mark) {
  if (mark.tag.empty() && mark.attribute.empty()) return false;
  if (node->type != GUMBO_NODE_ELEMENT || (!mark.tag.empty() && !is_element(node, mark.tag))) return false;
  if (!mark.around.empty() && !is_element(node->parent, mark.around)) return false;
  if (!mark.without.empty() && has_class(node, mark.without)) return false;
  if (mark.attribute.empty()) return true;
  if (mark.attribute == "class") return has_class(node, mark.value);
  return attribute(node, mark.attribute.data()).find(mark.value) != std::string_view::npos;
}

bool names_something(const Mark& mark) { return !mark.tag.empty() || !mark.attribute.empty(); }

// Which row describes the page best: how many titles and names it finds. A page of none has no row.
const Layout* layout_of(const HtmlPage& page) {
  std::array<std::size_t, kLayouts.size()> titles{}, names{};
  walk(page.root(), [&](const GumboNode* node) {
    for (std::size_t i = 0; i < kLayouts.size(); ++i) {
      titles[i] += fits(node, kLayouts[i].title) ? 1U : 0U;
      const bool is_name = titles[i] + names[i] > 0 && (fits(node, kLayouts[i].author) || fits(node, kLayouts[i].authors) || fits(node, kLayouts[i].byline));
      names[i] += is_name ? 1U : 0U;
    }
    return true;
  });
  std::size_t best = kLayouts.size();
  for (std::size_t i = 0; i < kLayouts.size(); ++i) {
    if (titles[i] == 0 || (names[i] == 0 && titles[i] < 2)) continue;
    if (best == kLayouts.size() || titles[i] + std::min(titles[i], names[i]) > titles[best] + std::min(titles[best], names[best])) best = i;
  }
  return best == kLayouts.size() ? nullptr : &kLayouts[best];
}

std::string whole_url(std::string_view base, std::string_view link) {
  if (starts_ignoring_case(link, "http")) return std::string(link);
  return link.starts_with('/') ? std::string(base) + std::string(link) : std::string();
}

// "[PDF][HTML] Title" of Google Scholar; "Title [PDF 12] [Copy]" has its buttons outside of the title.
std::string_view without_marks(std::string_view title) {
  while (title.starts_with('[') && title.find(']') < 12) title = trim(title.substr(title.find(']') + 1));
  return title;
}

// One pass over the page: what stands behind a title, up to the next, belongs to it.
class LayoutPapers {
 public:
  explicit LayoutPapers(const Layout& layout) : layout_(layout) {}

  struct Found {
    std::string title, authors, byline, abstract, citation, date, url;
    std::vector<std::string> names;
    std::uint64_t line = 0;
  };

  bool visit(const GumboNode* node) {
    const bool by_entry = names_something(layout_.entry);
    if (by_entry && fits(node, layout_.entry)) begin(node);
    if (fits(node, layout_.title)) {
      if (!by_entry) begin(node);
      if (open_) title(node);
      return false;
    }
    if (!open_) return true;
    if (open_->url.empty() && is_element(node, "a") && open_->title.size() > 0) open_->url = whole_url(layout_.base, attribute(node, "href"));
    if (fits(node, layout_.author)) return open_->names.push_back(plain(node)), false;
    return !(take(node, layout_.authors, open_->authors) || take(node, layout_.byline, open_->byline) || take(node, layout_.abstract, open_->abstract) ||
             take(node, layout_.citation, open_->citation) || take(node, layout_.date, open_->date));
  }

  std::vector<Found> take_all() {
    if (open_) found_.push_back(std::move(*open_));
    open_.reset();
    return std::move(found_);
  }

 private:
  static std::string plain(const GumboNode* node) { return clean(text_of(node), Markup::plain); }

  static constexpr std::size_t kMostNames = 16U << 10;  // bytes

  // The text behind an element, up to the next block, or to a title's link; names are no longer than this.
  static std::string after(const GumboNode* node) {
    std::string text;
    if (node->parent == nullptr || node->parent->type != GUMBO_NODE_ELEMENT) return text;
    const GumboVector& siblings = node->parent->v.element.children;
    for (std::size_t i = node->index_within_parent + 1; i < siblings.length; ++i) {
      const auto* next = static_cast<const GumboNode*>(siblings.data[i]);
      if (is_block(next) || text.size() > kMostNames || is_element(next, "a")) break;
      text += text_of(next);
    }
    return clean(text, Markup::plain);
  }

  void begin(const GumboNode* node) {
    if (open_) found_.push_back(std::move(*open_));
    open_ = Found{};
    open_->line = line_of(node);
  }

  void title(const GumboNode* node) {
    const GumboNode* link = is_element(node, "a") ? node : find_first(node, [](const GumboNode* a) { return is_element(a, "a"); });
    open_->title = without_marks(clean(text_of(link != nullptr && link != node && plain(link).size() > 8 ? link : node), Markup::latex));
    if (layout_.names_follow) open_->authors = after(node);
    if (link != nullptr) open_->url = whole_url(layout_.base, attribute(link, "href"));
  }

  bool take(const GumboNode* node, const Mark& mark, std::string& field) const {
    if (!field.empty() || !fits(node, mark)) return false;
    field = clean(text_of(node), Markup::latex, Paragraphs::keep);
    return true;
  }

  const Layout& layout_;
  std::optional<Found> open_;
  std::vector<Found> found_;
};

// "J Beads. 2025 Jan 5;1(1):1-9. doi: 10.1000/x.1.": the DOI, and what stands before the first full stop and behind it.
struct Citation {
  std::string doi;
  std::string_view venue, date;
};

Citation read_citation(std::string_view text) {
  Citation found{doi(find_doi(text)), {}, {}};
  const std::size_t dot = text.find(". ");
  if (dot == std::string_view::npos) return found;
  found.venue = text.substr(0, dot);
  found.date = text.substr(dot + 2);
  found.date = found.date.substr(0, found.date.find_first_of(";:."));
  return found;
}

// "Publish: 2025-03-01 17:59:59 UTC": from the first digit on.
std::string_view from_digit(std::string_view text) { return text.substr(std::min(text.find_first_of("0123456789"), text.size())); }

}  // namespace

bool HtmlReader::read_layout(const HtmlPage& page) {
  const Layout* layout = layout_of(page);
  if (layout == nullptr) return false;
  LayoutPapers papers(*layout);
  walk(page.root(), [&](const GumboNode* node) { return papers.visit(node); });
  bool got_any = false;
  for (LayoutPapers::Found& found : papers.take_all()) {
    if (found.title.empty() || found.url.ends_with(".0/")) continue;  // the front matter of proceedings
    Paper paper = new_paper(found.line);
    paper.title = std::move(found.title);
    add_url(paper, found.url);
    const Citation citation = read_citation(found.citation);
    paper.venue = citation.venue;
    paper.date = date_of(found.date.empty() ? citation.date : std::string_view(found.date));
    if (std::string date = date_of(from_digit(found.date)); date.size() > paper.date.size()) paper.date = std::move(date);
    if (!citation.doi.empty()) paper.ids["doi"] = citation.doi;
    if (!found.byline.empty()) read_scholar_byline(found.byline, paper);
    std::replace(found.authors.begin(), found.authors.end(), '|', ',');
    const std::string_view authors = found.authors;
    if (!authors.empty()) paper.authors = split_authors(starts_ignoring_case(authors, "by ") ? authors.substr(3) : authors);
    if (!found.names.empty()) paper.authors = std::move(found.names);
    paper.abstract = std::move(found.abstract);
    paper.abstract_is_partial = layout->abstract_is_cut && !paper.abstract.empty();
    got_any = true;
    emit(std::move(paper));
  }
  return got_any;
}

}  // namespace digest::ingest
