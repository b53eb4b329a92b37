// SPDX-License-Identifier: MIT
#include "ingest/readers/block_paper.hpp"

#include <algorithm>

#include "ingest/cleaning.hpp"
#include "ingest/identifiers.hpp"
#include "ingest/readers/block_lines.hpp"
#include "ingest/readers/markdown_parts.hpp"
#include "ingest/readers/page_lines.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t kMostTitleLines = 3;
constexpr std::size_t kLeastAbstract = 40;  // bytes: a sentence

// "Title. Mary Example, Paul Other", "Title - Mary Example and Paul Other", "Title by Mary Example": the names go to the paper.
void take_names_behind(std::string_view& title, BlockPaper& paper) {
  if (title.starts_with('"') || title.starts_with("\xE2\x80\x9C")) {  // "Title", Mary Example, Paul Other
    const std::size_t open = title.front() == '"' ? 1 : 3;
    const std::size_t close = title.find(open == 1 ? std::string_view("\"") : std::string_view("\xE2\x80\x9D"), open);
    const std::size_t rest = close == std::string_view::npos ? close : title.find_first_not_of(" ,.;-", close + open);
    if (rest == std::string_view::npos) return;
    paper.authors = names_line(title.substr(rest));
    if (paper.authors.empty() && may_be_one_name(title.substr(rest))) paper.authors = title.substr(rest);
    if (paper.authors.empty()) return;
    title = title.substr(open, close - open);
    if (title.ends_with(',')) title.remove_suffix(1);
    return;
  }
  for (const std::string_view sign : {". ", "? ", "! ", " - ", " | ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " by ", ", by ", " / "}) {
    const std::size_t at = title.rfind(sign);
    if (at == std::string_view::npos || at < 10) continue;
    // The names may have full stops themselves: "Title. M. Example, P. Other"
    std::size_t first = at;
    for (std::size_t before = title.rfind(sign, at - 1); before != std::string_view::npos && before >= 10; before = title.rfind(sign, before - 1)) {
      if (names_line(title.substr(before + sign.size())).empty()) break;
      first = before;
    }
    std::string_view rest = title.substr(first + sign.size());
    while (rest.ends_with('.') && !rest.ends_with("al.")) rest.remove_suffix(1);
    std::string names = names_line(rest);
    if (names.empty() && sign.size() == 2 && may_be_one_name(rest)) names = rest;  // "Title. Mary Example"
    if (names.empty()) continue;
    paper.authors = std::move(names);
    title = title.substr(0, first + (sign == "? " || sign == "! " ? 1 : 0));
    return;
  }
}

// "Title (Example et al., 2024)", "Title (Mary Example, 2024)", "Title [NeurIPS 2024]": who and when.
void take_remark_behind(std::string_view& title, BlockPaper& paper) {
  const bool round = title.ends_with(')');
  const std::size_t open = round || title.ends_with(']') ? title.rfind(round ? " (" : " [") : std::string_view::npos;
  if (open == std::string_view::npos || open < 10) return;
  std::string_view remark = title.substr(open + 2, title.size() - open - 3);
  std::string year;
  const std::size_t digits = remark.size() < 4 ? 0 : digits_at(remark, remark.size() - 4);
  if (digits == 4 && (remark.substr(remark.size() - 4, 2) == "19" || remark.substr(remark.size() - 4, 2) == "20")) {
    year = remark.substr(remark.size() - 4);
    remark = trim(remark.substr(0, remark.size() - 4));
    if (remark.ends_with(',')) remark.remove_suffix(1);
  }
  const std::string names = names_line(remark);
  const bool cites = remark.ends_with(" et al.") || remark.ends_with(" et al");
  if (year.empty() && names.empty() && !cites) return;
  if (!names.empty()) paper.authors = names;
  paper.date = year;
  title = trim(title.substr(0, open));
}

// "**Title**"
std::string_view without_bold(std::string_view title) {
  const bool bold = title.size() > 5 && title.starts_with("**") && title.ends_with("**");
  return bold ? title.substr(2, title.size() - 4) : title;
}

// "Background: Beads are old": an abstract that begins with the name of its first section.
bool is_section(std::string_view line) {
  for (const std::string_view name : {"background", "motivation", "method", "result", "conclusion"}) {
    if (starts_ignoring_case(line, name)) return true;
  }
  return false;
}

// What stands above the abstract, read line by line.
class Head {
 public:
  Head(const Lines& lines, BlockPaper& paper) : lines_(lines), paper_(paper) {}

  // Gives the first line behind the head; nothing if there is no title.
  std::optional<std::size_t> read() {
    std::size_t at = 0;
    while (at < lines_.size() && (take_address(lines_[at]) || take_field(lines_[at]))) ++at;
    if (at < lines_.size()) at += above_title(at);
    if (at == lines_.size()) return std::nullopt;
    at = read_title(at);
    if (at == 0) return std::nullopt;
    while (at < lines_.size()) {
      const std::size_t next = detail(at);
      if (next == at) break;
      at = next;
    }
    return at;
  }

 private:
  // Names above the title, or who sent it and when ("Mary Example, 10:12"): how many lines.
  std::size_t above_title(std::size_t at) {
    if (at + 1 >= lines_.size() || lines_[at].size() > 1000 || entry_mark(lines_[at]) > 0 || !may_be_title(lines_[at + 1]) || is_detail(lines_[at + 1])) return 0;
    std::string names = names_line(lines_[at]);
    const std::size_t colon = lines_[at].find(':');
    const bool has_time = lines_[at].size() < 60 && colon != std::string_view::npos && colon > 0 && is_digit(lines_[at][colon - 1]) && digits_at(lines_[at], colon + 1) == 2;
    if (names.empty() && !has_time) return 0;
    if (!names.empty()) paper_.authors = std::move(names);
    return 1;
  }

  // The title and what stands on its line; where the next line is, 0 if it is none.
  std::size_t read_title(std::size_t at) {
    std::string_view first = without_bold(lines_[at].substr(entry_mark(lines_[at])));
    if (const Labelled found = labelled_line(first); found.label == Label::title) first = found.value, paper_.has_title_label = true;
    const TitledAddress behind = titled_address(first);
    if (!behind.url.empty()) {
      add_url(behind.url);
      first = behind.title;
    }
    const bool ends_here = !behind.url.empty();
    const std::size_t end = ends_here ? at + 1 : title_end(at);
    first = without_bold(first);
    if (end == at + 1) {
      take_remark_behind(first, paper_);
      if (paper_.authors.empty() && (ends_here || entry_mark(lines_[at]) > 0 || lines_.size() > at + 1)) take_names_behind(first, paper_);
      if (paper_.date.empty()) take_remark_behind(first, paper_);
    }
    paper_.title = first;
    for (std::size_t i = at + 1; i < end; ++i) paper_.title.append("\n").append(lines_[i]);
    std::string shown = paper_.title;
    std::replace(shown.begin(), shown.end(), '\n', ' ');
    return may_be_title(shown) ? end : 0;
  }

  // A title of several lines ends where names, an address or a label follow; else it is one line.
  std::size_t title_end(std::size_t at) {
    for (std::size_t i = at + 1; i < std::min(lines_.size(), at + 1 + kMostTitleLines); ++i) {
      if (is_detail(lines_[i])) return i > at + 1 && is_lone_name(lines_[i - 1], lines_[i - 2]) ? i - 1 : i;
      if (lines_[i].size() > 200 || ends_like_a_sentence(lines_[i - 1])) break;
    }
    return at + 1;
  }

  // One name between title and address: a line that was not full does not go on below.
  static bool is_lone_name(std::string_view line, std::string_view before) {
    constexpr std::size_t kFullLine = 60;
    return may_be_one_name(line) && before.size() < kFullLine && line.size() < 40;
  }

  static bool is_detail(std::string_view line) {
    return line.size() < 4000 && (!names_line(line).empty() || !address_line(line).urls.empty() || labelled_line(line.substr(0, 200)).label != Label::none);
  }

  // A line below the title that is not its abstract; where the next line is, `at` itself if it is none.
  std::size_t detail(std::size_t at) {
    const std::string_view line = lines_[at];
    if (take_address(line)) return at + 1;
    if (take_field(line)) return at + 1;
    if (const std::size_t next = names(at); next != at) return next;
    const bool later = at + 1 < lines_.size() || !paper_.authors.empty();
    if (later && line.size() < 1000 && is_venue_line(line)) {
      if (paper_.venue.empty()) paper_.venue = line;
      paper_.has_venue = paper_.has_venue || names_a_venue(line);
      if (find_ignoring_case(line, "doi") != std::string_view::npos) {  // "J Beads. 2024;1:1-9. doi:10.1000/x"
        if (const std::string id = doi(find_doi(line)); !id.empty()) add_url("https://doi.org/" + id);
      }
      return at + 1;
    }
    return at;
  }

  std::size_t names(std::size_t at) {
    if (!paper_.authors.empty()) return at;
    std::string text(lines_[at]);
    std::size_t end = at + 1;
    while (end < lines_.size() && end < at + 40 && (text.ends_with(',') || text.ends_with(" and"))) text.append(" ").append(lines_[end++]);
    paper_.authors = names_line(text);
    if (paper_.authors.empty() && end > at + 1) paper_.authors = names_line(lines_[at]), end = at + 1;
    if (paper_.authors.empty() && may_be_one_name(lines_[at])) {
      paper_.authors = trim(lines_[at]);
      paper_.one_name = true;
    }
    return paper_.authors.empty() ? at : end;
  }

  bool take_address(std::string_view line) {
    AddressLine found = address_line(line);
    if (found.urls.empty()) return false;
    for (const std::string& url : found.urls) add_url(url);
    if (paper_.date.empty()) paper_.date = std::move(found.date);
    return true;
  }

  bool take_field(std::string_view line) {
    const Labelled found = labelled_line(line.substr(0, 4000));
    switch (found.label) {
      case Label::authors: if (paper_.authors.empty()) paper_.authors = found.value; return !found.value.empty();
      case Label::link: case Label::doi: return take_address(found.value) || (found.value.size() < 200 && titled_address(line).url.empty());
      case Label::date: paper_.date = normalise_date(found.value); return true;
      case Label::venue: paper_.venue = found.value; return true;
      case Label::category: return true;
      case Label::other: return !paper_.title.empty() && line.size() < 160 && !is_section(line);
      default: return false;
    }
  }

  void add_url(const std::string& url) {
    if (paper_.urls.size() < 20) paper_.urls.push_back(url);
    paper_.has_address = paper_.has_address || leads_to_paper(url);
  }

  const Lines& lines_;
  BlockPaper& paper_;
};

// Below the abstract, or instead of it: addresses, and where the paper appeared.
std::size_t take_foot(const Lines& lines, std::size_t begin, BlockPaper& paper) {
  std::size_t end = lines.size();
  for (; end > begin; --end) {
    std::string_view line = lines[end - 1];
    const Labelled found = labelled_line(line.substr(0, 200));
    const bool is_link = found.label == Label::link || found.label == Label::doi;
    if (is_link || found.label == Label::other) line = found.value;
    const AddressLine address = address_line(line);
    if (address.urls.empty()) break;
    for (const std::string& url : address.urls) {
      if (paper.urls.size() < 20) paper.urls.push_back(url);
    }
    paper.has_address = paper.has_address || address.leads_to_paper;
  }
  return end;
}

void read_abstract(const Lines& lines, std::size_t begin, std::size_t end, BlockPaper& paper) {
  if (begin < end && lines[begin] == paper.title) ++begin;  // the preview of a link shows it again
  std::string text;
  bool is_labelled = begin < end && label_named(lines[begin].substr(0, 40)) == Label::abstract;
  if (is_labelled) ++begin;
  for (std::size_t i = begin; i < end; ++i) {
    std::string_view line = lines[i];
    const Label label = i == begin ? labelled_line(line.substr(0, 40)).label : Label::none;
    const std::size_t colon = line.find(':');
    if ((label == Label::abstract || label == Label::summary) && colon != std::string_view::npos) {
      line = trim(line.substr(colon + 1));
      is_labelled = true;
    }
    if (!text.empty()) text += '\n';
    text += line;
  }
  const bool is_sentence = ends_like_a_sentence(text) || text.ends_with('?') || text.ends_with("\xE2\x80\xA6") || text.ends_with("\xE3\x80\x82");
  const std::size_t least = is_labelled ? 1 : is_sentence ? kLeastAbstract : 2 * kLeastAbstract;
  if (text.size() >= least && (is_labelled || text.find(' ') != std::string::npos)) paper.abstract = std::move(text);
}

}  // namespace

std::optional<BlockPaper> block_paper(const Lines& lines) {
  BlockPaper paper;
  const auto begin = Head(lines, paper).read();
  if (!begin) return std::nullopt;
  const std::size_t end = take_foot(lines, *begin, paper);
  read_abstract(lines, *begin, end, paper);
  paper.is_research = speaks_of_research(paper.title + "\n" + paper.abstract);
  return paper;
}

bool goes_on_below(const Lines& lines, std::string_view next) {
  constexpr std::size_t kMostLines = 6;
  if (lines.empty() || lines.size() > kMostLines) return false;
  const auto found = block_paper(lines);
  if (!found || !found->abstract.empty()) return false;
  if (address_line(next).leads_to_paper) return !found->has_address;
  const Label label = labelled_line(next.substr(0, 200)).label;
  if (label == Label::abstract || label == Label::authors || label == Label::link) return true;
  return found->has_address && (is_long(next) || (next.size() > 60 && !may_be_title(next)));
}

bool is_short_entry(const Lines& lines) {
  constexpr std::size_t kMostLines = 6;
  if (lines.empty() || lines.size() > kMostLines) return false;
  const auto found = block_paper(lines);
  return found && found->has_address && found->abstract.empty();
}

}  // namespace digest::ingest
