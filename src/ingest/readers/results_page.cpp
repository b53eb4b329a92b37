// SPDX-License-Identifier: MIT
// Result pages of Google Scholar and of PubMed copied from a browser as text. Each result has one line that nothing else
// has: "A One, B Two - Venue, 2019 - site.org", or the one with the PMID. What stands around it is told by its place.
#include <fmt/format.h>

#include <deque>
#include <optional>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/page_lines.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/scholar_parts.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

// At most so many bytes, whole letters.
std::string_view beginning(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

// The last line of a result of Google Scholar: "Save Cite Cited by 17 Related articles All 3 versions".
bool ends_scholar_result(std::string_view line) {
  return line.size() < 160 && (line.starts_with("Save Cite") || line.starts_with("\xE2\x98\x86 Save") || line.starts_with("Cited by ") || line.starts_with("Related articles"));
}

bool ends_in_year(std::string_view text) {
  return text.size() > 4 && digits_at(text, text.size() - 4) == 4 && (text.substr(text.size() - 4, 2) == "19" || text.substr(text.size() - 4, 2) == "20") && !is_digit(text[text.size() - 5]);
}

// "M Example, P Other - J. Beads, 2025 - beads.org", "M Example - 1999": initials, names, and a year before the last part.
bool is_scholar_byline(std::string_view line) {
  const std::size_t first = line.size() > 400 ? std::string_view::npos : line.find(" - ");
  if (first == std::string_view::npos) return false;
  const std::string_view initials = line.substr(0, line.find(' '));
  const bool are_initials = initials.size() <= 6 && (std::all_of(initials.begin(), initials.end(), is_upper) || static_cast<unsigned char>(initials.front()) >= 0xC3);
  const std::size_t last = line.rfind(" - ");
  return are_initials && initials.size() < first && ends_in_year(last == first ? line : line.substr(0, last));
}

// "[PDF] arxiv.org": where a full text lies, a line of its own beside the title.
bool is_full_text_line(std::string_view line) {
  for (const std::string_view mark : {"[PDF] ", "[HTML] ", "[DOC] ", "Full View", "Find@"}) {
    if (line.starts_with(mark) && (line.find(' ', mark.size()) == std::string_view::npos)) return true;
  }
  return false;
}

std::string_view without_mark(std::string_view title) {
  while (title.starts_with('[') && title.find("] ") < 12) title = trim(title.substr(title.find("] ") + 2));
  return title;
}

class ScholarPageReader final : public LineRecordReader {
 public:
  ScholarPageReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  void line(std::string_view text, std::uint64_t number) override {
    const std::string plain = clean(text, Markup::plain);  // the site's own blanks do not break
    text = plain;
    if (text.empty()) return;
    if (ends_scholar_result(text)) {
      close();
    } else if (is_scholar_byline(text) && !title_.empty() && !paper_) {
      paper_ = new_paper(title_line_);
      paper_->title = clean(without_mark(title_), Markup::latex);
      read_scholar_byline(text, *paper_);
      if (const std::string_view id = scan::find_arxiv_id(text); !id.empty()) paper_->ids["arxiv"] = arxiv_id(id);
    } else if (paper_ && !is_full_text_line(text)) {
      if (paper_->abstract.size() < 2000) paper_->abstract += (paper_->abstract.empty() ? "" : " ") + std::string(text);
    } else if (!is_full_text_line(text)) {
      title_ = beginning(text, 1000);
      title_line_ = number;
    }
  }

  void end() override { close(); }

  void close() {
    title_.clear();
    if (!paper_) return;
    paper_->abstract_is_partial = !paper_->abstract.empty();
    deliver(std::move(*paper_));
    paper_.reset();
  }

  std::optional<Paper> paper_;
  std::string title_;
  std::uint64_t title_line_ = 0;
};

Recognition recognise_scholar(std::string_view head) {
  if (trim(head.substr(0, 1024)).starts_with('<')) return {};
  scan::Lines lines(head);
  std::string_view line;
  std::size_t bylines = 0, ends = 0;
  while (lines.next(line)) {
    const std::string plain = line.size() < 500 ? clean(line, Markup::plain) : std::string();
    bylines += is_scholar_byline(plain) ? 1U : 0U;
    ends += ends_scholar_result(plain) ? 1U : 0U;
  }
  if (bylines == 0 || ends == 0) return {};
  return {86, fmt::format("{} lines name authors, year and site, as Google Scholar does, and 'Cited by' or 'Related articles' follow", bylines)};
}

// --- PubMed

// "PMID: 34265844 Free PMC article. Review.": the number; empty for other lines.
std::string_view pmid_line(std::string_view line) {
  if (!line.starts_with("PMID: ")) return {};
  const std::size_t digits = digits_at(line, 6);
  return digits >= 1 && digits <= 9 ? line.substr(6, digits) : std::string_view();
}

bool is_pubmed_button(std::string_view line) {
  for (const std::string_view word : {"Cite", "Share", "Item in Clipboard", "Cite Share", "Similar articles", "See all similar articles", "Favorites", "Full text links"}) {
    if (line == word) return true;
  }
  return digits_at(line, 0) == line.size();
}

class PubmedPageReader final : public LineRecordReader {
 public:
  PubmedPageReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  struct Line {
    std::string text;
    std::uint64_t number = 0;
  };

  void line(std::string_view text, std::uint64_t number) override {
    text = trim(scan::without_mark(text));
    if (text.empty()) return;
    if (const std::string_view pmid = pmid_line(text); !pmid.empty()) {
      result(pmid);
    } else if (is_pubmed_button(text)) {
      close();
    } else if (paper_ && before_.empty() && paper_->abstract.empty() && text.size() >= 60) {
      paper_->abstract = clean(text, Markup::plain);
      paper_->abstract_is_partial = true;
    } else {
      before_.push_back({std::string(beginning(text, 4000)), number});
      if (before_.size() > 12) before_.pop_front();
    }
  }

  void end() override {
    close();
  }

  void close() {
    before_.clear();
    if (!paper_) return;
    deliver(std::move(*paper_));
    paper_.reset();
  }

  // The lines since the last button: title, authors, where it appeared. The citation is the one with ";" or "doi:".
  void result(std::string_view pmid) {
    const std::deque<Line> lines = std::exchange(before_, {});
    close();
    if (lines.empty()) return;
    Paper paper = new_paper(lines.front().number);
    paper.ids["pmid"] = pmid;
    add_url(paper, fmt::format("https://pubmed.ncbi.nlm.nih.gov/{}/", pmid));
    paper.title = clean(lines.front().text, Markup::plain);
    const std::size_t citation = lines.size() - 1;
    if (citation >= 1) cite(paper, lines[citation].text);
    if (citation >= 2) paper.authors = split_authors(clean(lines[1].text, Markup::plain));
    paper_ = std::move(paper);
  }

  // "J Beads. 2025 Mar;1(1):1-9. doi: 10.1000/beads.1. Epub 2025 Mar 4."
  static void cite(Paper& paper, std::string_view text) {
    if (const std::string id = doi(find_doi(text)); !id.empty()) paper.ids["doi"] = id;
    const std::size_t dot = text.find(". ");
    if (dot == std::string_view::npos) return;
    paper.venue = text.substr(0, dot);
    const std::string_view rest = text.substr(dot + 2);
    paper.date = normalise_date(rest.substr(0, rest.find_first_of(";:.")));
  }

  std::deque<Line> before_;
  std::optional<Paper> paper_;
};

Recognition recognise_pubmed(std::string_view head) {
  if (trim(head.substr(0, 1024)).starts_with('<')) return {};
  scan::Lines lines(head);
  std::string_view line;
  std::size_t numbers = 0, buttons = 0;
  while (lines.next(line)) {
    line = trim(line);
    numbers += pmid_line(line).empty() ? 0U : 1U;
    buttons += line == "Cite" || line == "Share" || line == "Cite Share" ? 1U : 0U;
  }
  if (numbers == 0 || buttons < numbers) return {};
  return {90, fmt::format("{} lines are PMIDs, between the buttons of PubMed's result page", numbers)};
}

}  // namespace

const Format kScholarPageFormat{"scholar-page", "result page of Google Scholar copied as text", {"txt"}, recognise_scholar, make_reader<ScholarPageReader>};
const Format kPubmedPageFormat{"pubmed-page", "result page of PubMed copied as text", {"txt"}, recognise_pubmed, make_reader<PubmedPageReader>};

}  // namespace digest::ingest
