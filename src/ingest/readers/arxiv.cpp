// SPDX-License-Identifier: MIT
// arXiv's announcement mails, listing files and .abs files: one grammar, in which "\\" at the start of a line is
// structure. A replaced entry, and every entry of a month's listing, has no abstract.
#include <fmt/format.h>

#include <optional>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

constexpr std::string_view kBar = "\\\\";

bool is_rule(std::string_view line) { return line.size() >= 60 && line.find_first_not_of('-') == std::string_view::npos; }

// Cross-lists follow, replacements follow, the end.
bool is_section(std::string_view line) {
  return line.starts_with("%-%-%-") || line.starts_with("%%--%%--") || line.starts_with("%%%---%%%---");
}

// The identifier of "arXiv:2501.00002 (*cross-listing*)", "Paper: hep-th/9901001", "Paper (*cross-listing*): ...".
std::string_view head_id(std::string_view line) {
  std::string_view rest;
  if (starts_ignoring_case(line, "arXiv:")) {
    rest = line.substr(6);
  } else if (starts_ignoring_case(line, "Paper:") || starts_ignoring_case(line, "Paper (")) {
    rest = line.substr(std::min(line.find(':'), line.size() - 1) + 1);
  }
  rest = scan::trim_left(rest);
  rest = rest.substr(0, rest.find_first_of(" \t"));
  return scan::is_arxiv_id(rest) ? rest : std::string_view{};
}

// "(Dept. of Physics, Some University)" after a name: where the authors work is not who they are.
std::string without_brackets(std::string_view text) {
  std::string out;
  int depth = 0;
  for (const char c : text) {
    if (c == '(') ++depth;
    if (depth == 0) out += c;
    if (c == ')' && depth > 0) --depth;
  }
  return depth == 0 ? out : std::string(text);
}

std::optional<std::uint64_t> number_before(std::string_view text, std::string_view word) {
  const std::size_t at = find_ignoring_case(text, word);
  if (at == std::string_view::npos) return std::nullopt;
  std::size_t first = at;
  while (first > 0 && is_digit(text[first - 1])) --first;
  if (first == at || at - first > 6) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text.substr(first, at - first)) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  return value;
}

class ArxivReader final : public LineRecordReader {
 public:
  using LineRecordReader::LineRecordReader;
  ArxivReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  enum class State { outside, fields, abstract };

  void line(std::string_view text, std::uint64_t number) override {
    text = unquoted(scan::without_mark(scan::trim_right(text)));
    if (is_rule(text) || is_section(text)) {
      close();
      if (is_section(text)) first_section_ = false;
      listing_ = true;
      return;
    }
    if (text.starts_with(kBar)) {
      bar(text.substr(kBar.size()), number);
      return;
    }
    switch (state_) {
      case State::outside: between(text, number); break;
      case State::fields: field(text, number); break;
      case State::abstract: prose(text, number); break;
    }
  }

  void end() override {
    if (state_ == State::fields && record_.size() > 0) {
      report(record_.line(), Severity::warning, "truncated-input", "The input ends inside this entry; what was there of it was kept.");
    }
    close();
    if (stated_new_ && *stated_new_ != new_) {
      report(0, Severity::warning, "count-mismatch",
             fmt::format("The mail announces {} new papers, {} were read before the cross-lists.", *stated_new_, new_));
    }
    if (listing_ && entries_ == 0) sink_.stated_count(0);
  }

  // A forwarded mail has "> " before every line. It is decided at an entry's first bar.
  std::string_view unquoted(std::string_view text) {
    std::string_view bare = text;
    while (bare.starts_with('>')) {
      bare.remove_prefix(1);
      if (bare.starts_with(' ')) bare.remove_prefix(1);
    }
    if (bare.size() == text.size()) return text;
    if (bare == kBar || is_rule(bare)) quoted_ = true;
    return quoted_ ? bare : text;
  }

  void bar(std::string_view rest, std::uint64_t number) {
    rest = scan::trim_left(rest);
    switch (state_) {
      case State::outside:
        if (!rest.starts_with('(')) open(number);
        break;
      case State::fields:
        note_link(rest);
        if (rest.starts_with('(')) {
          close();
        } else {
          state_ = State::abstract;
        }
        break;
      case State::abstract:
        note_link(rest);
        close();
        break;
    }
  }

  void note_link(std::string_view rest) {
    if (const std::string_view url = scan::find_url(rest); !url.empty()) record_.add("link", url);
  }

  void open(std::uint64_t number) {
    record_.begin(number);
    abstract_.clear();
    state_ = State::fields;
    continues_ = false;
  }

  void between(std::string_view text, std::uint64_t number) {
    if (!head_id(text).empty()) {  // an entry whose opening bar was lost
      open(number);
      field(text, number);
    } else if (entries_ == 0 && starts_ignoring_case(text, "Subject:") && find_ignoring_case(text, "received") != std::string_view::npos) {
      stated_new_ = number_before(text, " new");
    }
  }

  void field(std::string_view text, std::uint64_t number) {
    if (scan::is_empty_line(text)) {
      continues_ = false;
      return;
    }
    if (text.starts_with(' ') || text.starts_with('\t')) {
      if (continues_) record_.append("\n", trim(text));
      return;
    }
    if (const std::string_view id = head_id(text); !id.empty()) {
      if (record_.size() > 0) {
        close();
        open(number);
      }
      record_.add("id", id);
      continues_ = false;
      return;
    }
    const std::string_view name = field_name(text);
    if (!name.empty()) {
      record_.add(name, trim(text.substr(text.find(':') + 1)));
      continues_ = true;
    } else if (continues_) {  // a mail program took the indent away
      record_.append("\n", text);
    }
  }

  static std::string_view field_name(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return {};
    const std::string_view name = trim(text.substr(0, colon));
    for (const std::string_view known : {"title", "author", "authors", "categories", "comments", "comment", "journal-ref", "doi",
                                         "report-no", "acm-class", "msc-class", "proxy", "license", "date", "from", "subj-class",
                                         "notes", "translated"}) {
      if (equals_ignoring_case(name, known)) return known;
    }
    return starts_ignoring_case(name, "date (") || starts_ignoring_case(name, "replaced with") ? "other" : std::string_view{};
  }

  void prose(std::string_view text, std::uint64_t number) {
    if (abstract_.empty() && !head_id(text).empty()) {  // the bar before was the first of the next entry
      close();
      open(number);
      field(text, number);
      return;
    }
    if (abstract_.size() + text.size() > kMaxFieldBytes) return;
    if (!abstract_.empty() && text.starts_with("  ")) abstract_ += '\n';  // a new paragraph is indented
    abstract_ += text;
    abstract_ += '\n';
  }

  void close() {
    if (state_ == State::outside) return;
    const bool empty = record_.size() == 0;  // "\\ /* Fri, 3 Mar 2023 */ \\" stands for a day
    state_ = State::outside;
    if (!empty) emit();
    record_.clear();
    abstract_.clear();
  }

  void emit() {
    ++entries_;
    if (first_section_) ++new_;
    report_cut(record_);
    Paper paper = new_paper(record_.line());
    paper.title = clean(record_.first({"title"}), Markup::latex);
    paper.abstract = field_text(abstract_, Markup::latex, Paragraphs::keep);
    std::string_view authors = record_.first({"authors", "author"});
    paper.authors = split_authors(without_brackets(clean(authors, Markup::latex)));
    const std::string_view id = record_.first({"id"});
    if (!id.empty()) {
      paper.ids["arxiv"] = id;
      add_url(paper, record_.first({"link"}).empty() ? fmt::format("https://arxiv.org/abs/{}", id) : std::string(record_.first({"link"})));
    }
    std::string_view date = record_.first({"date"});
    paper.date = normalise_date(trim(date.substr(0, date.find('('))));
    if (paper.date.empty()) paper.date = scan::arxiv_month(id);
    if (const std::string_view doi = find_doi(record_.first({"doi"})); !doi.empty()) paper.ids["doi"] = doi;
    paper.venue = clean(record_.first({"journal-ref"}), Markup::latex);
    add_categories(paper, record_.first({"categories"}));
    deliver(std::move(paper));
  }

  static void add_categories(Paper& paper, std::string_view text) {
    for (std::size_t at = text.find_first_not_of(" \t\n,;"); at != std::string_view::npos;) {
      const std::size_t end = std::min(text.find_first_of(" \t\n,;", at), text.size());
      paper.categories.emplace_back(text.substr(at, end - at));
      at = text.find_first_not_of(" \t\n,;", end);
    }
  }

  State state_ = State::outside;
  TaggedRecord record_;
  std::string abstract_;
  bool continues_ = false;
  bool quoted_ = false;
  bool listing_ = false;         // rules were seen: not a single .abs
  bool first_section_ = true;    // before the cross-lists
  std::uint64_t entries_ = 0;
  std::uint64_t new_ = 0;
  std::optional<std::uint64_t> stated_new_;
};

Recognition recognise(std::string_view head) {
  scan::Lines lines(head);
  std::string_view line;
  std::size_t bar = 0, rules = 0;
  bool announces = false;
  while (lines.next(line)) {
    line = scan::without_mark(scan::trim_right(line));
    while (line.starts_with("> ")) line.remove_prefix(2);
    if (line.starts_with('>')) line.remove_prefix(1);
    if (bar > 0 && bar + 1 == lines.number() && !head_id(line).empty()) {
      return {99, fmt::format("line {} is '\\\\' and the next names an arXiv paper", bar)};
    }
    if (line == kBar) bar = lines.number();
    if (is_rule(line) || is_section(line)) ++rules;
    announces = announces || trim(line).starts_with("received from") || line.starts_with("Papers received as of");
  }
  if (rules >= 3 && announces) return {90, "dashed rules and 'received from', as in arXiv's mails"};
  return {};
}

}  // namespace

const Format kArxivFormat{"arxiv", "arXiv e-mail announcement, listing or .abs file", {"abs"}, recognise, make_reader<ArxivReader>};

}  // namespace digest::ingest
