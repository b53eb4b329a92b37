// SPDX-License-Identifier: MIT
// Lists of papers in plain text, as people write and send them: a block of lines is a paper, with its title first, and
// names, address or abstract below; or every line is one. Prose, minutes and lists of other things have the same shapes:
// what tells them apart is that nearly all blocks read as papers, by their addresses or by their words.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "ingest/readers.hpp"
#include "ingest/readers/block_lines.hpp"
#include "ingest/readers/block_paper.hpp"
#include "ingest/readers/page_lines.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

constexpr std::size_t kMostBytes = 64U << 10, kMostLines = 400;  // of a block
constexpr std::size_t kLongAbstract = 500;  // bytes: longer than what minutes say of a point

bool is_rule(std::string_view line) { return line.size() >= 3 && line.find_first_not_of("-=_*~#. ") == std::string_view::npos; }

// Puts lines together that belong to one entry.
class Block {
 public:
  // Does this line begin the next entry?
  [[nodiscard]] bool ends_before(std::string_view raw) const {
    if (lines_.empty()) return false;
    const std::size_t indent = indent_of(raw);
    const std::string_view line = trim(raw);
    if (gap_ && indent <= indent_ && !(entry_mark(line) == 0 && goes_on_below(lines(), line))) return true;
    const std::size_t mark = entry_mark(line);
    if (mark > 0 && indent <= indent_ && (marked_ ? continues_list(line) : lines_.size() == 1 && lines_[0].ends_with(':'))) return true;
    return !marked_ && !titled_address(line).url.empty() && begins_with_title(titled_address(line).title) && is_short_entry(lines());
  }

  // How many lines of the block are an entry of their own, if this line is the address of the paper that the lines after
  // them name: in lists without empty lines. All of them if the line is no such address.
  [[nodiscard]] std::size_t entry_before(std::string_view raw) const {
    if (marked_ || !has_address_ || !address_line(raw).leads_to_paper) return lines_.size();
    for (std::size_t title = lines_.size(); title-- > 2 && lines_.size() - title <= 3;) {
      const std::string_view last = lines_[title - 1];
      if (!ends_like_a_sentence(last) && !address_line(last).leads_to_paper) continue;
      std::vector<std::string_view> next(lines_.begin() + static_cast<std::ptrdiff_t>(title), lines_.end());
      next.push_back(trim(raw));
      if (is_short_entry(next)) return title;
    }
    return lines_.size();
  }

  // Takes the first lines out of the block; what is left begins in the line that follows them.
  std::vector<std::string> take(std::size_t count) {
    const auto end = lines_.begin() + static_cast<std::ptrdiff_t>(count);
    std::vector<std::string> taken(std::make_move_iterator(lines_.begin()), std::make_move_iterator(end));
    lines_.erase(lines_.begin(), end);
    number_ += count;
    bytes_ = 0, has_address_ = false;
    for (const std::string& line : lines_) bytes_ += line.size() + 1;
    return taken;
  }

  void add(std::string_view raw, std::uint64_t number) {
    const std::string_view line = trim(raw);
    if (lines_.empty()) {
      number_ = number;
      indent_ = indent_of(raw);
      marked_ = entry_mark(line) > 0;
      mark_ = entry_number(line);
    }
    if (bytes_ + line.size() > kMostBytes || lines_.size() >= kMostLines) return;
    bytes_ += line.size() + 1;
    has_address_ = has_address_ || (!lines_.empty() && address_line(line).leads_to_paper);
    lines_.emplace_back(line);
    gap_ = false;
  }

  void blank() { gap_ = !lines_.empty(); }
  void clear() { lines_.clear(), bytes_ = 0, gap_ = has_address_ = false; }
  [[nodiscard]] bool empty() const { return lines_.empty(); }
  [[nodiscard]] std::uint64_t number() const { return number_; }
  [[nodiscard]] std::size_t size() const { return lines_.size(); }
  [[nodiscard]] std::vector<std::string_view> lines() const { return {lines_.begin(), lines_.end()}; }

 private:
  static std::size_t indent_of(std::string_view line) {
    std::size_t indent = 0;
    for (std::size_t i = 0; i < line.size() && is_blank(line[i]); ++i) indent += line[i] == '\t' ? 4 : 1;
    return indent;
  }

  // "- " after "- ", "4. " after "3. ".
  [[nodiscard]] bool continues_list(std::string_view line) const {
    const int number = entry_number(line);
    return mark_ == 0 ? number == 0 && line.front() == lines_[0].front() : number == mark_ + 1;
  }

  std::vector<std::string> lines_;
  std::size_t bytes_ = 0, indent_ = 0;
  std::uint64_t number_ = 0;
  int mark_ = 0;
  bool marked_ = false, gap_ = false, has_address_ = false;
};

// What a text holds, counted.
struct Counts {
  std::size_t addressed = 0, worded = 0;  // entries with an address; with names and an abstract that speaks of research
  std::size_t named = 0;                  // with names and an abstract of other words
  std::size_t titled = 0;                 // with an abstract alone
  std::size_t others = 0;                 // blocks that are none, headings not counted
  std::size_t apart = 0;                  // of those, long ones below a title, as pages have them
  std::size_t whole = 0;                  // entries with an address, names and an abstract
  bool labelled = false;                  // there are records of fields
  std::size_t told = 0;                   // entries with an address and an abstract
};

class BlockListReader final : public LineRecordReader {
 public:
  BlockListReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}
  [[nodiscard]] const Counts& counts() const { return counts_; }

 private:
  void line(std::string_view raw, std::uint64_t number) override {
    raw = scan::without_mark(raw);
    if (scan::is_empty_line(raw)) return block_.blank();
    if (is_rule(trim(raw))) return close();
    const PageLine::Kind kind = page_line(raw.substr(0, 400)).kind;
    const bool is_address = kind == PageLine::Kind::noise && !address_line(raw).urls.empty();  // "2401.01234"
    if ((kind == PageLine::Kind::noise && !is_address) || kind == PageLine::Kind::footer || kind == PageLine::Kind::people || kind == PageLine::Kind::submitter) return;  // "PDF", "Read more"
    if (block_.ends_before(raw)) close();
    if (const std::size_t own = block_.entry_before(raw); own < block_.size()) {
      const std::uint64_t first = block_.number();
      const std::vector<std::string> lines = block_.take(own);
      read({lines.begin(), lines.end()}, first);
    }
    block_.add(raw, number);
  }

  void end() override { close(); }

  void close() {
    if (!block_.empty()) read(block_.lines(), block_.number());
    block_.clear();
  }

  void read(const std::vector<std::string_view>& lines, std::uint64_t number) {
    const auto found = block_paper(lines);
    if (found && count(*found)) {
      after_heading_ = false;
      emit(*found, number);
    } else {
      leave_out(lines, number);
    }
  }

  bool count(const BlockPaper& paper) {
    counts_.labelled = counts_.labelled || paper.has_title_label;
    const bool has_abstract = !paper.abstract.empty();
    const bool names = !paper.authors.empty();
    if (paper.has_address) {
      ++counts_.addressed;
      counts_.told += has_abstract ? 1 : 0;
      counts_.whole += names && has_abstract ? 1 : 0;
    } else if (names && has_abstract && (paper.is_research || (!paper.one_name && paper.abstract.size() >= kLongAbstract))) {
      ++counts_.worded;
    } else if (names && paper.has_venue && !paper.one_name) {
      ++counts_.worded;
    } else if (has_abstract && paper.is_research && is_long(paper.abstract)) {
      ++counts_.titled;
    } else if (has_abstract && names && !paper.one_name) {
      ++counts_.named;
    } else {
      return names && !paper.one_name && counts_.worded + counts_.addressed > 0;
    }
    return true;
  }

  void emit(const BlockPaper& found, std::uint64_t number) {
    Paper paper = new_paper(number);
    const bool is_tex = found.title.find_first_of("\\{") != std::string::npos;
    paper.title = clean(found.title, is_tex ? Markup::html_and_latex : Markup::html);
    paper.abstract = clean(found.abstract, Markup::html_and_latex, Paragraphs::keep);
    paper.authors = split_authors(clean(found.authors, Markup::html));
    paper.venue = clean(found.venue, Markup::plain);
    paper.date = found.date;
    for (const std::string& url : found.urls) add_url(paper, url);
    deliver(std::move(paper));
  }

  void leave_out(const std::vector<std::string_view>& lines, std::uint64_t number) {
    const std::string_view first = lines.front();
    const bool is_heading = lines.size() == 1 && !is_long(first);
    counts_.others += is_heading ? 0 : 1;
    std::size_t bytes = 0;
    for (const std::string_view each : lines) bytes += each.size() + 1;
    counts_.apart += after_heading_ && (is_long(first) || bytes > 240) ? 1 : 0;
    after_heading_ = is_heading && may_be_title(first);
    report(number, Severity::note, is_heading ? "heading" : "no-paper", fmt::format("\"{}\" begins no paper; it was left out.", clean(beginning(first, 60), Markup::plain)));
  }

  Block block_;
  Counts counts_;
  bool after_heading_ = false;
};

struct Nothing final : PaperSink {
  void paper(Paper&&) override {}
  void problem(Diagnostic&&) override {}
  void stated_count(std::uint64_t) override {}
};

// The reader itself says what it would find in the beginning of the text.
Recognition recognise(std::string_view head) {
  const std::string_view first = trim(head.substr(0, 1024));
  if (first.empty() || std::string_view("<{@%\\").find(first.front()) != std::string_view::npos) return {};
  Nothing nothing;
  BlockListReader reader({}, nothing);
  reader.feed(head);
  reader.finish();
  const Counts& found = reader.counts();
  const std::size_t sure = found.addressed + found.worded;
  const std::size_t others = found.others + (found.named > sure ? found.named : 0);
  const std::size_t listed = sure + (found.named > sure ? 0 : found.named), all = listed + found.titled;
  const bool by_address = found.addressed >= 2 && found.addressed >= others;
  const bool by_words = sure >= 1 && listed >= 2 && others * 3 <= listed;
  const bool by_shape = all >= 3 && others * 5 <= all;
  const bool alone = found.addressed == 1 && found.whole == 1 && others == 0;
  if (found.apart > 0 || (!by_address && !by_words && !by_shape && !alone)) return {};
  int score = (found.addressed >= 2 ? 24 : 21) + static_cast<int>(std::min<std::size_t>(all, 8));
  if (found.addressed >= 2 && others * 3 <= found.addressed && !found.labelled) score = found.told >= 2 ? 62 : 40;  // alerts without abstracts have these shapes, too
  return {score, fmt::format("{} of {} blocks of lines are papers: {} with an address, {} with names and abstract only", all, all + others, found.addressed, listed - found.addressed)};
}

}  // namespace

const Format kBlockListFormat{"blocks", "list of papers in plain text: title, names, address and abstract on the lines of a block", {"txt"}, recognise, make_reader<BlockListReader>};

}  // namespace digest::ingest
