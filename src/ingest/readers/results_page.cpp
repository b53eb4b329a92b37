// SPDX-License-Identifier: MIT
// Result pages of Google Scholar and of PubMed copied from a browser as text. Each result has one line that nothing else
// has: "A One, B Two - Venue, 2019 - site.org", or the one with the PMID. What stands around it is told by its place.
#include <fmt/format.h>

#include <deque>
#include <optional>
#include <vector>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/page_lines.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/scholar_parts.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

struct Line {
  std::string text;
  std::uint64_t number = 0;
};

constexpr std::size_t kMostLines = 12;  // of a result

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

// The same with the site behind the year, as result pages have it: enough where nothing ends the results.
bool is_full_byline(std::string_view line) {
  const std::size_t last = is_scholar_byline(line) ? line.rfind(" - ") : std::string_view::npos;
  return last != std::string_view::npos && line.find(" - ") != last && line.find(' ', last + 3) == std::string_view::npos && line.find('.', last) != std::string_view::npos;
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
    } else if (paper_ && is_full_byline(text) && !snippet_.empty()) {  // the line before was the next title
      const Line title = std::move(snippet_.back());
      snippet_.pop_back();
      close();
      begin(title.text, title.number, text);
    } else if (is_scholar_byline(text) && !title_.empty() && !paper_) {
      begin(title_, title_line_, text);
    } else if (paper_ && !is_full_text_line(text)) {
      snippet_.push_back({std::string(beginning(text, 1000)), number});
      if (snippet_.size() > kMostLines) snippet_.erase(snippet_.begin() + kMostLines - 1, snippet_.end() - 1);
    } else if (!is_full_text_line(text)) {
      title_ = beginning(text, 1000);
      title_line_ = number;
    }
  }

  void end() override { close(); }

  void begin(std::string_view title, std::uint64_t number, std::string_view byline) {
    paper_ = new_paper(number);
    paper_->title = clean(without_mark(title), Markup::latex);
    read_scholar_byline(byline, *paper_);
    if (const std::string_view id = scan::find_arxiv_id(byline); !id.empty()) paper_->ids["arxiv"] = arxiv_id(id);
  }

  void close() {
    title_.clear();
    const std::vector<Line> snippet = std::exchange(snippet_, {});
    if (!paper_) return;
    for (const Line& line : snippet) {
      if (paper_->abstract.size() < 2000) paper_->abstract += (paper_->abstract.empty() ? "" : " ") + line.text;
    }
    paper_->abstract_is_partial = !paper_->abstract.empty();
    deliver(std::move(*paper_));
    paper_.reset();
  }

  std::optional<Paper> paper_;
  std::vector<Line> snippet_;
  std::string title_;
  std::uint64_t title_line_ = 0;
};

Recognition recognise_scholar(std::string_view head) {
  if (trim(head.substr(0, 1024)).starts_with('<')) return {};
  scan::Lines lines(head);
  std::string_view line;
  std::size_t bylines = 0, full = 0, ends = 0;
  while (lines.next(line)) {
    const std::string plain = line.size() < 500 ? clean(line, Markup::plain) : std::string();
    bylines += is_scholar_byline(plain) ? 1U : 0U;
    full += is_full_byline(plain) ? 1U : 0U;
    ends += ends_scholar_result(plain) ? 1U : 0U;
  }
  if (ends == 0 && full >= 2) return {60, fmt::format("{} lines name authors, year and site, as Google Scholar does", full)};
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

// "Example M, Other P 3rd, van der Third JC.": family names, and initials behind them.
bool is_pubmed_names(std::string_view line) {
  if (line.ends_with('.')) line.remove_suffix(1);
  if (line.empty()) return false;
  while (!line.empty()) {
    const std::size_t comma = std::min(line.find(','), line.size());
    std::string_view name = trim(line.substr(0, comma));
    line.remove_prefix(std::min(line.size(), comma + 1));
    if (name == "et al") continue;
    for (const std::string_view suffix : {" Jr", " Sr", " 2nd", " 3rd"}) {
      if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
    }
    const std::size_t blank = name.rfind(' ');
    if (blank == std::string_view::npos || name.size() - blank > 5 || !is_name(name) || !std::all_of(name.begin() + static_cast<std::ptrdiff_t>(blank) + 1, name.end(),
                                                                                                           [](char c) { return is_upper(c) || static_cast<unsigned char>(c) >= 0x80; })) return false;
  }
  return true;
}

class PubmedPageReader final : public LineRecordReader {
 public:
  PubmedPageReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  void line(std::string_view text, std::uint64_t number) override {
    text = trim(scan::without_mark(text));
    if (text.empty()) return;
    if (const std::string_view pmid = pmid_line(text); !pmid.empty()) {
      result(pmid);
    } else if (is_pubmed_button(text)) {
      if (paper_ && !paper_->abstract.empty()) {  // the snippet went on
        for (const Line& more : before_) paper_->abstract += " " + clean(more.text, Markup::plain);
      }
      close();
    } else if (paper_ && before_.empty() && paper_->abstract.empty() && text.size() >= 60) {
      paper_->abstract = clean(text, Markup::plain);
      paper_->abstract_is_partial = true;
    } else {
      before_.push_back({std::string(beginning(text, 4000)), number});
      if (before_.size() > kMostLines) before_.pop_front();
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
    std::size_t names = 1;  // titles and citations may wrap, and the names stand between them
    while (names < lines.size() && !is_pubmed_names(lines[names].text)) ++names;
    if (names == lines.size()) names = lines.size() > 2 ? 1 : 0;
    std::size_t end = std::max<std::size_t>(names, 1);
    paper.title = clean(joined(lines, 0, end), Markup::plain);
    if (names > 0) {
      while (++end < lines.size() && is_pubmed_names(lines[end].text)) {}
      paper.authors = split_authors(clean(joined(lines, names, end), Markup::plain));
    }
    cite(paper, joined(lines, end, lines.size()));
    paper_ = std::move(paper);
  }

  static std::string joined(const std::deque<Line>& lines, std::size_t begin, std::size_t end) {
    std::string out;
    for (std::size_t i = begin; i < end; ++i) out += (out.empty() ? "" : " ") + lines[i].text;
    return out;
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
