// SPDX-License-Identifier: MIT
// Lists of open tabs, as extensions of browsers export them: one a line, the address, then what the browser called the
// page: "https://arxiv.org/abs/2201.02177 | [2201.02177] Grokking". Only pages of papers count.
#include <fmt/format.h>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/block_lines.hpp"
#include "ingest/readers/markdown_parts.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tab_title.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

struct Tab {
  std::string_view url, title;  // both empty: the line is no tab
  [[nodiscard]] bool is_paper() const { return (leads_to_paper(url) || !find_doi(url).empty()) && begins_with_title(without_site(title)); }
};

Tab tab_of(std::string_view line) {
  line = trim(scan::without_mark(line));
  if (!starts_ignoring_case(line, "http://") && !starts_ignoring_case(line, "https://")) return {};
  const std::size_t end = line.find_first_of(" \t");
  if (end == std::string_view::npos) return {};
  std::string_view title = trim(line.substr(end));
  if (!line.substr(end).starts_with('\t') && !title.starts_with("| ") && !title.starts_with("- ")) return {};
  if (title.starts_with("| ") || title.starts_with("- ")) title = trim(title.substr(2));
  return {line.substr(0, end), title};
}

class TabListReader final : public LineRecordReader {
 public:
  TabListReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  void line(std::string_view text, std::uint64_t number) override {
    const Tab tab = tab_of(text);
    if (tab.title.empty() || !tab.is_paper()) return;
    Paper paper = new_paper(number);
    paper.title = clean(without_site(tab.title), Markup::latex);
    add_url(paper, tab.url);
    deliver(std::move(paper));
    ++papers_;
  }
  void end() override {
    if (papers_ > 0) report(0, Severity::note, "no-abstract", "Tabs have no abstracts; the papers are found by title only.");
  }

  std::uint64_t papers_ = 0;
};

Recognition recognise(std::string_view head) {
  scan::Lines lines(head);
  std::size_t papers = 0, tabs = 0, others = 0;
  for (std::string_view line; lines.next(line);) {
    if (scan::is_empty_line(line)) continue;
    const Tab tab = tab_of(line);
    if (tab.title.empty()) {
      if (++others > 50) return {};
      continue;
    }
    ++tabs;
    papers += tab.is_paper() ? 1U : 0U;
  }
  if (papers == 0 || tabs < 2 || others * 4 > tabs) return {};
  return {60, fmt::format("{} lines are an address and a title, {} of them of papers", tabs, papers)};
}

}  // namespace

const Format kTabListFormat{"tabs", "list of tabs exported from a browser: address and title, one a line", {"txt"}, recognise, make_reader<TabListReader>};

}  // namespace digest::ingest
