// SPDX-License-Identifier: MIT
// Pages of arXiv.org copied from a browser as text: lists (new, recent), search results and abstract pages. What begins
// a paper is the line with its number and the links to its forms, or the one that says when it was submitted.
#include <fmt/format.h>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/arxiv_page_parts.hpp"
#include "ingest/readers/arxiv_parts.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

using namespace arxiv_page;

class ArxivPageReader final : public LineRecordReader {
 public:
  ArxivPageReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
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
    Paper paper = new_paper(entry.line);
    const std::string_view cited = scan::find_arxiv_id(parts.cite);
    const std::string id = arxiv_id(cited.empty() ? std::string_view(entry.id) : cited);
    if (!id.empty()) paper.ids["arxiv"] = id;
    paper.title = clean(parts.title, Markup::latex);
    paper.authors = split_authors(clean(parts.authors, Markup::latex));
    without_more(parts.abstract, paper);
    paper.abstract = clean(parts.abstract, Markup::latex, Paragraphs::keep);
    paper.venue = clean(parts.journal, Markup::latex);
    const std::string found = doi(find_doi(parts.doi.empty() ? entry.subjects : parts.doi));
    if (!found.empty() && find_ignoring_case(found, "10.48550/arxiv") != 0) paper.ids["doi"] = found;
    add_arxiv_subjects(paper, parts.subjects);
    add_codes(paper, entry.subjects);
    paper.date = parts.submitted.empty() ? entry.date : day_of_submission(parts.submitted);
    add_own_page(paper);
    deliver(std::move(paper));
  }

  // "Submitted 4 March, 2025; originally announced March 2025."
  static std::string day_of_submission(std::string_view text) { return normalise_date(text.substr(0, text.find(';')).substr(10)); }

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
