// SPDX-License-Identifier: MIT
// Feeds: the arXiv API's Atom (with its error feeds), arXiv's RSS 2.0 and Atom announcements, RSS 1.0 (RDF) and any
// other RSS or Atom feed whose items are papers. Sources: info.arxiv.org/help/rss_specifications.html, RFC 4287.
#include <algorithm>
#include <memory>

#include "ingest/readers.hpp"
#include "ingest/readers/feed_text.hpp"
#include "ingest/readers/markdown_parts.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/xml_reader.hpp"

namespace digest::ingest {
namespace {

enum Field : int {
  kTitle, kLink, kId, kSummary, kContent, kDate, kUpdated, kAuthor, kAuthors, kCategory, kDoi, kIdentifier, kJournal,
  kTotal, kPerPage, kStart
};

const XmlGrammar& grammar() {
  static const XmlGrammar feed{
      {"item", "entry"},
      {{"title", kTitle}, {"link", kLink}, {"origLink", kLink}, {"id", kId}, {"guid", kId},
       {"description", kSummary}, {"summary", kSummary}, {"abstract", kSummary}, {"content:encoded", kContent}, {"content", kContent},
       {"published", kDate}, {"pubDate", kDate}, {"pubdate", kDate}, {"date", kDate}, {"publicationDate", kDate}, {"issued", kDate}, {"updated", kUpdated},
       {"author/name", kAuthor}, {"author", kAuthors}, {"creator", kAuthors}, {"category", kCategory}, {"subject", kCategory},
       {"doi", kDoi}, {"DOI", kDoi}, {"identifier", kIdentifier},
       {"journal_ref", kJournal}, {"journal_reference", kJournal}, {"publicationName", kJournal}},
      {{"/totalResults", kTotal}, {"totalResults", kTotal}, {"itemsPerPage", kPerPage}, {"startIndex", kStart}}};
  return feed;
}

std::uint64_t number(std::string_view text) {
  std::uint64_t value = 0;
  for (const char c : trim(text)) {
    if (!is_digit(c) || value > 1'000'000'000) return 0;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

// "cs.CV", "hep-th", "q-bio.NC"; not "I.2.7" or "68T07", which other classifications say.
bool is_arxiv_subject(std::string_view text) {
  if (text.empty() || text.size() > 20 || !is_lower(text.front())) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || c == '-' || c == '.'; });
}

// "arXiv:2505.00734v1 Announce Type: new \nAbstract: Production of ..." -> the abstract itself
std::string_view without_announcement(std::string_view text) {
  text = trim(text);
  if (starts_ignoring_case(text, "arxiv:") && text.substr(0, 120).find("Announce Type") != std::string_view::npos) {
    const std::size_t label = text.substr(0, 200).find("Abstract:");
    const std::size_t line = text.find('\n');
    text = label != std::string_view::npos ? text.substr(label) : line == std::string_view::npos ? std::string_view() : text.substr(line + 1);
  }
  for (const std::string_view label : {"Abstract:", "ABSTRACT:"}) {
    if (text.substr(0, label.size()) == label) text = text.substr(label.size());
  }
  return trim(text);
}

// RSS 1.0, before 2024: "Title. (arXiv:1111.11111v1 [astro-ph.GA] UPDATED)" -> title, id, subject
struct OldTitle {
  std::string_view title, id, subject;
};
OldTitle old_title(std::string_view text) {
  text = trim(text);
  const std::size_t at = text.rfind("(arXiv:");
  if (at == std::string_view::npos || text.back() != ')') return {text, {}, {}};
  std::string_view inner = text.substr(at + 7, text.size() - at - 8);
  const std::size_t space = inner.find(' ');
  const std::string_view id = arxiv_id_shape(inner.substr(0, space));
  if (id.empty()) return {text, {}, {}};
  OldTitle parts{trim(text.substr(0, at)), id, {}};
  if (parts.title.ends_with('.') && !parts.title.ends_with("..")) parts.title.remove_suffix(1);  // the feed's own
  const std::size_t open = inner.find('[');
  const std::size_t close = inner.find(']');
  if (open < close && close != std::string_view::npos) parts.subject = inner.substr(open + 1, close - open - 1);
  return parts;
}

// What publishers put around an abstract in content:encoded. PubMed: citation, "ABSTRACT", the abstract, "PMID:...";
// Nature: "Published online: ..." in a paragraph of its own, then a summary.
std::string_view without_citation(std::string_view content) {
  if (const std::size_t label = content.find("ABSTRACT</b>"); label != std::string_view::npos) {
    content = content.substr(label + 12);
    return content.substr(0, content.rfind("PMID:"));
  }
  const std::size_t end = content.find("</p>");
  const bool citation = end != std::string_view::npos && content.substr(0, end).find("ublished online") != std::string_view::npos;
  return citation ? content.substr(end + 4) : content;
}

class FeedReader final : public XmlReader {
 public:
  FeedReader(ReaderContext context, PaperSink& sink) : XmlReader(std::move(context), sink, grammar()) {}

 private:
  void record_begins(std::string_view, const XmlAttributes& attributes) override {
    paper_ = new_paper(record_line());
    title_.clear();
    summary_.clear();
    content_.clear();
    id_.clear();
    updated_.clear();
    add_url(paper_, attributes["about"]);
  }

  void field(int field, const XmlAttributes& attributes, std::string_view text) override {
    text = trim(text);
    switch (field) {
      case kTitle: if (title_.empty()) title_ = text; break;
      case kLink: link(attributes, text); break;
      case kId: if (id_.empty()) id_ = text; break;
      case kSummary: if (summary_.empty()) summary_ = text; break;
      case kContent: if (content_.empty()) content_ = text; break;
      case kDate: if (paper_.date.empty()) paper_.date = date_of(text); break;
      case kUpdated: updated_ = text; break;
      case kAuthor: if (!text.empty()) paper_.authors.push_back(clean_title(text)); break;
      case kAuthors: authors(text); break;
      case kCategory: category(attributes["term"].empty() ? text : attributes["term"]); break;
      case kDoi: if (const auto doi = doi_shape(text); !doi.empty()) paper_.ids.emplace("doi", doi); break;
      case kIdentifier: identifier(text); break;
      case kJournal: paper_.venue = clean_title(text); break;
      default: break;
    }
  }

  void link(const XmlAttributes& attributes, std::string_view text) {
    const std::string_view rel = attributes["rel"];
    if (rel == "self" || rel == "replies" || rel == "edit" || rel == "enclosure") return;
    if (rel == "related" && attributes["type"] == "application/pdf" && !leads_to_paper(attributes["href"])) return;  // beside the page
    add_url(paper_, attributes["href"].empty() ? text : attributes["href"]);
  }

  void authors(std::string_view text) {
    for (std::string& name : split_authors(clean_title(without_affiliation(text)))) {
      if (std::find(paper_.authors.begin(), paper_.authors.end(), name) == paper_.authors.end()) paper_.authors.push_back(std::move(name));
    }
  }

  void category(std::string_view text) {
    add_category(paper_, text);
  }

  void identifier(std::string_view text) {
    if (const auto doi = doi_shape(text); !doi.empty()) paper_.ids.emplace("doi", doi);
    if (const auto id = arxiv_id_shape(text); !id.empty()) paper_.ids.emplace("arxiv", id);
    if (starts_ignoring_case(text, "pmid:") && digits_at(text, 5) == text.size() - 5) paper_.ids.emplace("pmid", text.substr(5));
  }

  // arXiv answers a bad query with a feed of one entry that is called "Error".
  [[nodiscard]] bool is_error() const {
    return title_ == "Error" && (id_.find("/api/errors") != std::string::npos || id_.find("arxiv.org/api") != std::string::npos);
  }

  void record_ends() override {
    if (is_error()) {
      return report(record_line(), Severity::error, "api-error-feed", "This is no paper but an error message of the arXiv API: " + clean_title(summary_));
    }
    identify();
    const OldTitle parts = old_title(title_);
    paper_.title = clean_title(parts.title);
    if (!parts.id.empty()) paper_.ids.emplace("arxiv", parts.id);
    if (!parts.subject.empty()) add_category(paper_, parts.subject);
    if (paper_.title.starts_with("[ASAP] ")) paper_.title.erase(0, 7);
    const std::string_view summary = text_of(summary_);
    if (const std::size_t cut = authors_before(summary); cut > 0) {
      authors(summary.substr(0, cut));
      set_abstract(summary.substr(cut + 5));
    } else {
      const std::string_view inner = without_citation(content_);
      const std::string_view whole = inner.size() < content_.size() ? inner : text_of(content_);
      const bool labelled = content_.find("ABSTRACT</b>") != std::string::npos;  // then the description is a part of it
      set_abstract(summary.empty() || labelled ? without_announcement(whole) : summary);
      if (inner.size() < content_.size() && !labelled && summary.empty()) paper_.abstract_is_partial = !paper_.abstract.empty();
    }
    if (paper_.date.empty()) paper_.date = date_of(updated_);
    if (const auto id = paper_.ids.find("arxiv"); id != paper_.ids.end() && paper_.date.empty()) paper_.date = scan::arxiv_month(id->second);
    emit(std::move(paper_));
  }

  // A description without what is said there of the paper, or of its announcement.
  std::string_view text_of(std::string_view description) {
    description = without_announcement(description);
    return read_feed_text(description, paper_, [this](std::string_view day) { return date_of(day); });
  }

  // Where an id is a link, it is the paper's page; elsewhere it names the paper.
  void identify() {
    if (const auto id = arxiv_id_shape(id_); !id.empty()) {
      paper_.ids.emplace("arxiv", id);
    } else if (const auto doi = doi_shape(id_); !doi.empty()) {
      paper_.ids.emplace("doi", doi);
    }
    // A mirror's link leads to the mirror, its id to the paper.
    if (std::none_of(paper_.urls.begin(), paper_.urls.end(), leads_to_paper) && (paper_.urls.empty() || leads_to_paper(id_))) add_url(paper_, id_);
    const bool arxiv = paper_.ids.count("arxiv") > 0 || (!paper_.urls.empty() && paper_.urls.front().find("arxiv.org/") != std::string::npos);
    if (!arxiv) return;
    auto& subjects = paper_.categories;
    subjects.erase(std::remove_if(subjects.begin(), subjects.end(), [](const std::string& name) { return !is_arxiv_subject(name); }), subjects.end());
  }

  // Mirrors of Hugging Face's daily papers write "A, B, C — abstract".
  [[nodiscard]] std::size_t authors_before(std::string_view text) const {
    const bool mirror = std::any_of(paper_.urls.begin(), paper_.urls.end(), [](const std::string& url) { return url.find("huggingface.co/papers/") != std::string::npos; });
    const std::size_t dash = mirror && paper_.authors.empty() ? text.substr(0, 2000).find(" \xE2\x80\x94 ") : std::string_view::npos;
    return dash == std::string_view::npos || text.substr(0, dash).find(". ") != std::string_view::npos ? 0 : dash;
  }

  void set_abstract(std::string_view text) {
    paper_.abstract = clean_abstract(text);
    const std::string_view shown = paper_.abstract;
    const auto ends = [shown](std::string_view end) { return shown.size() >= end.size() && shown.substr(shown.size() - end.size()) == end; };
    paper_.abstract_is_partial = ends("...") || ends("\xE2\x80\xA6") || ends("[...]") || ends("[\xE2\x80\xA6]");
  }

  void outside(int field, const XmlAttributes&, std::string_view text) override {
    if (field == kTotal) total_ = number(text), has_total_ = true;
    if (field == kPerPage) per_page_ = number(text);
    if (field == kStart) start_ = number(text);
  }

  // The total is that of the query; this page holds a part of it.
  void document_ends() override {
    if (!has_total_ || per_page_ == 0) return;
    const std::uint64_t here = std::min(per_page_, total_ - std::min(total_, start_));
    if (here > 0) sink_.stated_count(here);
  }

  Paper paper_;
  std::string title_, summary_, content_, id_, updated_;
  std::uint64_t total_ = 0, per_page_ = 0, start_ = 0;
  bool has_total_ = false;
};

bool has(std::string_view head, std::string_view text) { return head.find(text) != std::string_view::npos; }

Recognition recognise_arxiv(std::string_view head) {
  if (xml_root_name(head) != "feed") return {};
  if (has(head, "arxiv.org/api/")) return {100, "an Atom feed of the arXiv API"};
  return {};
}

Recognition recognise_feed(std::string_view head) {
  const std::string_view root = xml_root_name(head);
  if (root == "rss") return {98, "the root element is <rss>"};
  if (root == "RDF" && (has(head, "purl.org/rss/1.0/\"") || has(head, "purl.org/rss/1.0/'"))) return {98, "an RSS 1.0 feed"};
  if (root == "feed" || root == "entry") return {95, "an Atom feed"};
  if (root == "channel") return {60, "the root element is <channel>"};
  return {};
}

std::unique_ptr<Reader> make(ReaderContext context, PaperSink& sink) { return std::make_unique<FeedReader>(std::move(context), sink); }

}  // namespace

const Format kArxivAtomFormat{"arxiv-atom", "Atom feed of the arXiv API", {"xml", "atom"}, recognise_arxiv, make};

const Format kRssFormat{"rss", "RSS or Atom feed: arXiv announcements, journals, preprint servers", {"rss", "xml", "rdf", "atom"}, recognise_feed, make};

}  // namespace digest::ingest
