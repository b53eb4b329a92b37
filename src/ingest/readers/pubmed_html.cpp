// SPDX-License-Identifier: MIT
// PubMed in HTML: mails of saved searches and result pages. A link to a paper's page is its title; authors, citation,
// "PMID: n" and the abstract follow as blocks of text.
#include <memory>
#include <optional>

#include "ingest/readers.hpp"
#include "ingest/readers/html_page.hpp"

namespace digest::ingest {
namespace {

// The PMID that a link leads to, also through a redirect that names it; empty if none.
std::string_view pmid_in_link(std::string_view link) {
  for (const std::string_view site : {"pubmed.ncbi.nlm.nih.gov/", "ncbi.nlm.nih.gov/pubmed/", "pubmed.ncbi.nlm.nih.gov%2F"}) {
    const std::size_t at = link.find(site);
    if (at == std::string_view::npos) continue;
    const std::size_t begin = at + site.size();
    const std::size_t count = digits_at(link, begin);
    if (count >= 1 && count <= 9) return link.substr(begin, count);
  }
  if (!link.empty() && link.front() == '/' && digits_at(link, 1) >= 5 && digits_at(link, 1) <= 9) return link.substr(1, digits_at(link, 1));
  return {};
}

bool is_citation(std::string_view text) {
  return text.find("doi:") != std::string_view::npos || text.find("PMID:") != std::string_view::npos || (text.size() < 250 && text.find(';') != std::string_view::npos && text.find(". 2") != std::string_view::npos);
}

bool is_noise(std::string_view text) {
  for (const std::string_view word : {"abstract", "similar articles", "free article", "free pmc article", "review", "cite", "share", "full text links", "see all", "view in pubmed"}) {
    if (text.size() <= word.size() + 2 && starts_ignoring_case(text, word)) return true;
  }
  return text.size() < 4;
}

class PubmedHtmlReader final : public HtmlReader {
 public:
  PubmedHtmlReader(ReaderContext context, PaperSink& sink) : HtmlReader(std::move(context), sink) {}

 private:
  std::size_t page(const HtmlPage& page, const std::vector<std::string>&) override {
    if (find_class(page.root(), "docsum-title") != nullptr) return 0;  // results of the site itself: read_layout()
    walk_text(page.root(), {[](const GumboNode* node) { return !pmid_in_link(attribute(node, "href")).empty() && clean(text_of(node), Markup::plain).size() >= 15; },
                            [this](const GumboNode* node) { begin(node, pmid_in_link(attribute(node, "href")), clean(text_of(node), Markup::plain)); },
                            [this](const std::string& text) { lines(text); }});
    end();
    return found_;
  }

  void begin(const GumboNode* node, std::string_view pmid, std::string title) {
    if (paper_ && paper_->ids["pmid"] == pmid) return;
    end();
    paper_ = new_paper(line_of(node));
    paper_->ids["pmid"] = std::string(pmid);
    paper_->title = std::move(title);
    add_url(*paper_, "https://pubmed.ncbi.nlm.nih.gov/" + std::string(pmid) + "/");
  }

  // Mails part their lines by blocks or by line breaks; in an abstract, breaks part its sections.
  void lines(std::string_view text) {
    std::string abstract;
    while (paper_ && !text.empty()) {
      const std::string line = clean(take_line(text), Markup::plain);
      if (line.empty()) continue;
      const bool is_section = !abstract.empty() || (line.size() > 80 && !paper_->authors.empty() && !is_citation(line));
      if (is_section && !is_noise(line) && !line.starts_with("PMID:")) abstract += (abstract.empty() ? "" : " ") + line;
      else if (abstract.empty()) block(line);
    }
    if (!abstract.empty()) block(abstract);
  }

  void block(const std::string& text) {
    if (is_noise(text)) return;
    if (is_citation(text)) return citation(text);
    const bool names = paper_->authors.empty() && paper_->abstract.empty() && text.size() < 3000 && text.find(". ") == std::string::npos;
    if (names) {
      std::string_view list = text;
      if (list.back() == '.') list.remove_suffix(1);
      paper_->authors = split_authors(list);
    } else if (text.size() > 80) {
      if (!paper_->abstract.empty()) paper_->abstract += "\n\n";
      paper_->abstract += text;
    }
  }

  // "J Beads. 2025 Jan 5;1(1):1-9. doi: 10.1000/x.1. PMID: 1"
  void citation(std::string_view text) {
    if (const std::size_t at = text.find("doi: "); at != std::string_view::npos) {
      std::string_view id = text.substr(at + 5, text.find_first_of(" ", at + 5) == std::string_view::npos ? std::string_view::npos : text.find(' ', at + 5) - at - 5);
      while (!id.empty() && (id.back() == '.' || id.back() == ';')) id.remove_suffix(1);
      if (!doi_shape(id).empty()) paper_->ids.emplace("doi", id);
    }
    const std::size_t dot = text.find(". ");
    if (dot == std::string_view::npos || !paper_->venue.empty()) return;
    paper_->venue = text.substr(0, dot);
    paper_->date = date_of(text.substr(dot + 2, text.find_first_of(";:.", dot + 2) == std::string_view::npos ? std::string_view::npos : text.find_first_of(";:.", dot + 2) - dot - 2));
  }

  void end() {
    if (!paper_) return;
    ++found_;
    emit(std::move(*paper_));
    paper_.reset();
  }

  std::optional<Paper> paper_;
  std::size_t found_ = 0;
};

Recognition recognise(std::string_view head) {
  if (html_score(head) == 0) return {};
  const auto has = [head](std::string_view text) { return head.find(text) != std::string_view::npos; };
  const bool links = has("pubmed.ncbi.nlm.nih.gov/") || has("ncbi.nlm.nih.gov/pubmed/");
  if (links && (has("PMID") || has("docsum-title")) && !has("citation_title")) return {85, "links to PubMed and PMIDs"};
  return {};
}

std::unique_ptr<Reader> make(ReaderContext context, PaperSink& sink) { return std::make_unique<PubmedHtmlReader>(std::move(context), sink); }

}  // namespace

const Format kPubmedHtmlFormat{"pubmed-html", "PubMed mail or result page in HTML", {"html", "htm"}, recognise, make};

}  // namespace digest::ingest
