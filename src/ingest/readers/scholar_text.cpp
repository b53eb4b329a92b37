// SPDX-License-Identifier: MIT
// Google Scholar alerts as plain text: title, byline and snippet in a block of lines, then the address they lead to.
#include <fmt/format.h>

#include <vector>

#include "ingest/readers.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/scholar_parts.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

bool is_address(std::string_view line) {
  return line.find("scholar_url?") != std::string_view::npos && find_ignoring_case(line.substr(0, 12), "http") != std::string_view::npos;
}

// "A One, B Two… - Venue, 2019": the line that parts title and snippet.
bool is_byline(std::string_view line) {
  const std::size_t dash = line.find(" - ");
  if (dash == std::string_view::npos) return false;
  return (line.size() >= 4 && digits_at(line, line.size() - 4) == 4) || line.substr(0, dash).ends_with("\xE2\x80\xA6") || line.substr(0, dash).find(", ") != std::string_view::npos;
}

// "[PDF] Title", "\"Title\""
std::string_view without_marks(std::string_view title) {
  for (const std::string_view mark : {"[PDF] ", "[HTML] ", "[BOOK] ", "[CITATION] ", "[DOC] "}) {
    if (title.starts_with(mark)) title.remove_prefix(mark.size());
  }
  if (title.size() > 2 && title.front() == '"' && title.back() == '"' && title.find('"', 1) == title.size() - 1) title = title.substr(1, title.size() - 2);
  return trim(title);
}

class ScholarTextReader final : public LineRecordReader {
 public:
  ScholarTextReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  void line(std::string_view text, std::uint64_t number) override {
    text = trim(scan::without_mark(text));
    if (is_address(text)) {
      close(text);
    } else if (text.empty()) {
      lines_.clear();
    } else if (lines_.size() < 40) {
      if (lines_.empty()) line_ = number;
      lines_.emplace_back(text.substr(0, 2000));
    }
  }

  void end() override {}

  void close(std::string_view address) {
    if (lines_.empty()) return;
    std::size_t byline = 1;
    while (byline < lines_.size() && !is_byline(lines_[byline])) ++byline;
    if (byline == lines_.size()) byline = std::min<std::size_t>(1, lines_.size());
    Paper paper = new_paper(line_);
    std::string title, snippet;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (i < byline) title += (i > 0 ? " " : "") + lines_[i];
      if (i > byline) snippet += (snippet.empty() ? "" : " ") + lines_[i];
    }
    paper.title = clean(without_marks(title), Markup::latex);
    if (byline < lines_.size()) read_scholar_byline(lines_[byline], paper);
    paper.abstract = clean(snippet, Markup::plain);
    paper.abstract_is_partial = !paper.abstract.empty();
    add_url(paper, scholar_target(scan::find_url(address)));
    deliver(std::move(paper));
    lines_.clear();
  }

  std::vector<std::string> lines_;
  std::uint64_t line_ = 0;
};

Recognition recognise(std::string_view head) {
  if (head.find("<a ") != std::string_view::npos || head.find("<html") != std::string_view::npos) return {};
  scan::Lines lines(head);
  std::string_view line;
  std::size_t addresses = 0;
  while (lines.next(line)) addresses += is_address(trim(line)) ? 1 : 0;
  if (addresses == 0) return {};
  return {addresses > 1 ? 92 : 80, fmt::format("{} lines are addresses of Google Scholar's alerts", addresses)};
}

}  // namespace

const Format kScholarTextFormat{"scholar-text", "Google Scholar alert (plain text)", {}, recognise, make_reader<ScholarTextReader>};

}  // namespace digest::ingest
