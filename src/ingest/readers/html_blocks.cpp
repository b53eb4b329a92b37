// SPDX-License-Identifier: MIT
// Web pages of unknown layout: what their <meta> tags say, or their text block by block.
#include <algorithm>
#include <utility>

#include "ingest/readers.hpp"
#include "ingest/readers/html_page.hpp"
#include "ingest/readers/markdown_parts.hpp"
#include "ingest/readers/page_lines.hpp"

namespace digest::ingest {
namespace {

// Links that lead to one paper, worth a line of their own.
bool leads_to_one_paper(std::string_view url) {
  for (const std::string_view site : {"arxiv.org/abs/", "arxiv.org/pdf/", "doi.org/10.", "huggingface.co/papers/2", "huggingface.co/papers/1", "aclanthology.org/",
                                      "openreview.net/forum?id=", "pubmed.ncbi.nlm.nih.gov/", "alphaxiv.org/abs/", "papers.cool/arxiv/"}) {
    if (url.find(site) != std::string_view::npos) return true;
  }
  return false;
}

class BlockCollector {
 public:
  void visit(const GumboNode* node) {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) return text(node);
    if (node->type != GUMBO_NODE_ELEMENT || is_element(node, "head")) return;
    if (is_element(node, "br")) return line_break();
    if (is_element(node, "a")) link(attribute(node, "href"));
    const bool block = is_block(node);
    if (block) end_block();
    const GumboVector& inside = node->v.element.children;
    for (unsigned i = 0; i < inside.length; ++i) visit(static_cast<const GumboNode*>(inside.data[i]));
    if (block) end_block();
  }

  std::vector<HtmlBlock> take() {
    end_block();
    return std::move(blocks_);
  }

 private:
  void text(const GumboNode* node) {
    const std::string_view piece = node->v.text.text;
    if (trim(piece).empty()) {
      if (!block_.text.empty()) block_.text += ' ';
      return;
    }
    if (trim(block_.text).empty()) block_.line = node->v.text.start_pos.line;
    for (const char c : piece) block_.text += is_blank(c) ? ' ' : c;  // a line ends where <br> says so
    after_break_ = false;
  }

  void line_break() {
    if (after_break_) return end_block();
    if (!trim(block_.text).empty()) block_.text += '\n';
    after_break_ = true;
  }

  void link(std::string_view url) {
    if (block_.link.empty() && leads_to_one_paper(url) && url.size() < 2048) block_.link = url;
  }

  void end_block() {
    after_break_ = false;
    block_.text = clean_lines(block_.text);
    if (!block_.text.empty()) blocks_.push_back(std::move(block_));
    block_ = {};
  }

  static std::string clean_lines(std::string_view text) {
    std::string out;
    while (!text.empty()) {
      const std::string line = clean(take_line(text), Markup::plain);
      if (line.empty()) continue;
      if (!out.empty()) out += '\n';
      out += line;
    }
    return out;
  }

  std::vector<HtmlBlock> blocks_;
  HtmlBlock block_;
  bool after_break_ = false;
};

// Between the page-text reader and the sink: lines of the text we made become lines of the page.
class LineMap final : public PaperSink {
 public:
  explicit LineMap(PaperSink& sink) : sink_(sink) {}
  void add(std::uint64_t lines, std::uint64_t source) {
    for (; lines > 0; --lines) source_.push_back(source);
  }

  [[nodiscard]] bool got_anything() const { return got_anything_; }

  void paper(Paper&& paper) override {
    got_anything_ = true;
    for (Source& source : paper.sources) source.line = line(source.line);
    sink_.paper(std::move(paper));
  }
  void problem(Diagnostic&& problem) override {
    got_anything_ = got_anything_ || problem.skipped_record;
    problem.line = line(problem.line);
    sink_.problem(std::move(problem));
  }
  void stated_count(std::uint64_t papers) override { sink_.stated_count(papers); }

 private:
  [[nodiscard]] std::uint64_t line(std::uint64_t made) const { return made == 0 || source_.empty() ? made : source_[std::min<std::size_t>(made, source_.size()) - 1]; }

  PaperSink& sink_;
  bool got_anything_ = false;
  std::vector<std::uint64_t> source_;
};

// "Title<br>A One, B Two<br>We count ...": one block of the page, whose last line is the abstract. Where it begins; npos
// for a block of anything else.
std::size_t abstract_in(std::string_view block) {
  const std::size_t title = block.find('\n'), last = block.rfind('\n');
  if (title == last || title < 15 || is_long(block.substr(0, title)) || !looks_like_title(block.substr(0, title))) return std::string_view::npos;
  const std::string_view names = block.substr(title + 1, last - title - 1);
  return is_long(block.substr(last + 1)) && (is_author_list(names) || is_name(names)) ? last + 1 : std::string_view::npos;
}

}  // namespace

std::vector<HtmlBlock> html_blocks(const HtmlPage& page) {
  BlockCollector collector;
  collector.visit(page.root());
  return collector.take();
}

bool HtmlReader::read_blocks(const HtmlPage& page) {
  LineMap map(sink_);
  const auto reader = kPageFormat.make(context_, map);
  for (const HtmlBlock& block : html_blocks(page)) {
    std::string text = block.text + "\n\n";
    if (const std::size_t abstract = abstract_in(block.text); abstract != std::string_view::npos) text.insert(abstract, "\n");
    if (!block.link.empty()) text += block.link + "\n\n";
    map.add(static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')), block.line);
    reader->feed(text);
  }
  reader->finish();
  return map.got_anything();
}

// The tags that publishers and preprint servers write for Google Scholar: citation_title, citation_author, ...
bool HtmlReader::read_meta(const HtmlPage& page) {
  Paper paper = new_paper(1);
  std::string described;
  walk(page.root(), [&](const GumboNode* node) {
    if (!is_element(node, "meta")) return true;
    std::string_view name = attribute(node, "name");
    if (name.empty()) name = attribute(node, "property");
    const std::string_view value = trim(attribute(node, "content"));
    const auto is = [name](std::string_view wanted) { return equals_ignoring_case(name, wanted); };
    if (value.empty()) return true;
    if (is("citation_title")) paper.title = clean_title(value), paper.sources.front().line = line_of(node);
    else if (is("citation_author")) paper.authors.push_back(clean_title(value));
    else if (is("citation_authors") && paper.authors.empty()) paper.authors = split_authors(value);
    else if (is("citation_abstract") || is("dcterms.abstract")) paper.abstract = clean_abstract(value);
    else if (is("citation_doi")) paper.ids["doi"] = std::string(doi_shape(value));
    else if (is("citation_arxiv_id")) paper.ids["arxiv"] = std::string(value);
    else if (is("citation_pmid")) paper.ids["pmid"] = std::string(value);
    else if (is("citation_journal_title") || is("citation_conference_title")) paper.venue = clean_title(value);
    else if (is("citation_publication_date") || is("citation_date") || (is("citation_online_date") && paper.date.empty())) paper.date = date_of(value);
    else if (is("citation_abstract_html_url") || is("og:url")) add_url(paper, value);
    else if (is("dc.description") || is("og:description") || is("description")) described = described.size() < value.size() ? std::string(value) : described;
    return true;
  });
  if (paper.title.empty()) return false;
  if (const auto doi = paper.ids.find("doi"); doi != paper.ids.end() && doi->second.empty()) paper.ids.erase(doi);
  if (paper.abstract.empty()) {
    const GumboNode* abstract = find_first(page.root(), [](const GumboNode* node) { return has_class(node, "abstract") || has_class(node, "abstract-content") || attribute(node, "id") == "abstract" || attribute(node, "id") == "Abs1-content"; });
    std::string_view text;
    const std::string inside = text_of(abstract);
    text = trim(inside);
    if (starts_ignoring_case(text, "abstract")) text = trim(text.substr(8));
    if (!text.empty() && (text.front() == ':' || text.front() == '.')) text = trim(text.substr(1));
    paper.abstract = clean_abstract(text);
  }
  if (paper.abstract.empty() && !described.empty()) {
    paper.abstract = clean_abstract(described);
    paper.abstract_is_partial = true;
  }
  emit(std::move(paper));
  return true;
}

}  // namespace digest::ingest
