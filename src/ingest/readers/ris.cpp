// SPDX-License-Identifier: MIT
// RIS: "XX  - value" from TY to ER. Dialects: one blank before the hyphen, none after it, values that go on over
// unindented and empty lines, missing ER, lines of a database's own between records.
#include <fmt/format.h>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

struct RisLine {
  std::string_view tag;  // empty: the line carries none
  std::string_view value;
  std::size_t blanks = 0;  // between tag and hyphen
};

RisLine tag_line(std::string_view line) {
  if (line.size() < 4 || !is_upper(line[0]) || !(is_upper(line[1]) || is_digit(line[1]))) return {};
  std::size_t at = 2;
  while (at < line.size() && line[at] == ' ' && at < 5) ++at;
  if (at == 2 || at >= line.size() || line[at] != '-') return {};
  const std::size_t blanks = at - 2;
  const std::string_view value = line.substr(at + 1);
  if (!value.empty() && value.front() != ' ' && blanks < 2) return {};  // "IL -6": a wrapped line, not a tag
  return {line.substr(0, 2), trim(value), blanks};
}

class RisReader final : public LineRecordReader {
 public:
  RisReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  void line(std::string_view text, std::uint64_t number) override {
    text = scan::without_mark(scan::trim_right(text));
    RisLine found = tag_line(text.starts_with(' ') && !record_.open() ? scan::trim_left(text) : text);
    // Where TY has two blanks before its hyphen, "AU - MD9/SAMD9L" inside a value has one and is text.
    if (record_.open() && found.blanks < blanks_ && found.tag != "TY" && found.tag != "ER") found = {};
    if (found.tag == "TY") {
      start(found, number);
    } else if (found.tag == "ER") {
      if (record_.open()) close();
    } else if (!found.tag.empty()) {
      if (!record_.open()) start_without_type(found, number);
      record_.add(found.tag, found.value);
      blank_ = false;
    } else if (scan::is_empty_line(text)) {
      blank_ = true;
    } else if (record_.open()) {
      record_.append(blank_ ? "\n\n" : "\n", trim(text));
      blank_ = false;
    }
  }

  void end() override {
    if (record_.open()) close();
  }

  void start(const RisLine& found, std::uint64_t number) {
    if (record_.open()) {
      report(record_.line(), Severity::note, "unterminated-entry",
             fmt::format("This record has no ER line before the next one begins in line {}; it was read up to there.", number));
      close();
    }
    record_.begin(number);
    blanks_ = found.blanks;
    blank_ = false;
    record_.add(found.tag, found.value);
  }

  void start_without_type(const RisLine& found, std::uint64_t number) {
    record_.begin(number);
    blanks_ = found.blanks;
    report(number, Severity::note, "no-type", "This record does not begin with a TY line; it was read all the same.");
  }

  void close() {
    report_cut(record_);
    Paper paper = new_paper(record_.line());
    paper.title = field_text(record_.first({"TI", "T1", "CT", "BT", "TT", "ST"}));
    if (paper.title.empty() && is_whole_work(record_.first({"TY"}))) paper.title = field_text(record_.first({"T2", "JO"}));
    paper.abstract = field_text(record_.joined("AB", "\n\n"), Markup::html, Paragraphs::keep);
    if (paper.abstract.empty()) paper.abstract = field_text(record_.joined("N2", "\n\n"), Markup::html, Paragraphs::keep);
    paper.authors = author_names(record_.all("AU"));
    if (paper.authors.empty()) paper.authors = author_names(record_.all("A1"));
    paper.date = date();
    paper.venue = field_text(record_.first({"T2", "JO", "JF", "JA", "J2", "J1", "C3"}));
    if (paper.venue == paper.title) paper.venue.clear();
    identifiers(paper);
    const std::uint64_t line = record_.line();
    const std::string year(record_.first({"PY", "Y1"}));
    const bool bad_year = paper.date.empty() && !year.empty();
    deliver(std::move(paper));
    if (bad_year) report(line, Severity::note, "bad-date", fmt::format("'{}' holds no year; the paper has no date.", clean(year, Markup::plain)));
    record_.clear();
  }

  static bool is_whole_work(std::string_view type) {
    return type == "BOOK" || type == "CONF" || type == "EDBOOK" || type == "SER";
  }

  // The most exact of PY, Y1 and DA, as "2019/05/03/", "2019///", "2014-08-29" or "Jun".
  std::string date() const {
    std::string best;
    const std::string_view year = record_.first({"PY", "Y1"});
    for (const std::string_view tag : {"PY", "Y1", "DA"}) {
      for (const std::string_view value : record_.all(tag)) {
        std::string read = one_date(value, year);
        if (read.size() > best.size() && (best.empty() || read.starts_with(best.substr(0, 4)))) best = std::move(read);
      }
    }
    return best;
  }

  static std::string one_date(std::string_view value, std::string_view year) {
    const std::size_t slash = value.find('/');
    if (slash == 4) {
      const std::string_view rest = value.substr(5);
      const std::size_t next = std::min(rest.find('/'), rest.size());
      const std::string_view day = next < rest.size() ? rest.substr(next + 1) : std::string_view{};
      return scan::date_of_parts(value.substr(0, 4), rest.substr(0, next), day.substr(0, day.find('/')));
    }
    std::string read = normalise_date(value);
    if (read.empty()) read = scan::date_of_parts(value, {});
    if (read.empty() && scan::month_number(value) > 0) {  // "DA  - Jun", "DA  - 3 Jun" beside the year
      read = scan::date_of_parts(year, value);
    }
    return read;
  }

  void identifiers(Paper& paper) const {
    for (const std::string_view value : record_.all("KW")) add_keywords(paper, value);
    if (const std::string_view doi = find_doi(record_.first({"DO"})); !doi.empty()) paper.ids["doi"] = doi;
    if (const std::string_view source = record_.first({"ID"}); !source.empty()) paper.ids["source"] = source.substr(0, source.find('\n'));
    const std::string_view database = record_.first({"DB", "DP"});
    const std::string_view number = record_.first({"AN"});
    if (digits_at(number, 0) == number.size() && !number.empty() && number.size() <= 8 &&
        (equals_ignoring_case(database, "NLM") || starts_ignoring_case(database, "PubMed") || starts_ignoring_case(database, "MEDLINE"))) {
      paper.ids["pmid"] = number;
    }
    for (const std::string_view tag : {"UR", "L2", "L1", "LK", "DO"}) {
      const bool has_page = !paper.urls.empty() && tag != std::string_view("UR");
      for (const std::string_view value : record_.all(tag)) {
        if (!has_page || !scan::find_arxiv_id(value).empty()) add_all_urls(paper, value);  // copies elsewhere, or another name of it
      }
    }
    if (const std::string_view id = scan::find_arxiv_id(record_.first({"M1", "M3", "JO", "T2"})); !id.empty() && record_.first({"M1", "M3", "JO", "T2"}) != id) {
      paper.ids["arxiv"] = id;
    }
  }

  static void add_all_urls(Paper& paper, std::string_view value) {
    for (std::size_t at = 0; at < value.size();) {
      std::size_t end = std::min(value.find_first_of(" ;\n\t", at), value.size());
      add_url(paper, scan::find_url(value.substr(at, end - at)));
      at = end + 1;
    }
  }

  TaggedRecord record_;
  std::size_t blanks_ = 2;
  bool blank_ = false;
};

Recognition recognise(std::string_view head) {
  scan::Lines lines(head);
  std::string_view line;
  std::size_t first = 0, tags = 0, end = 0;
  while (lines.next(line)) {
    const RisLine found = tag_line(scan::trim_left(scan::without_mark(line)));
    if (found.tag == "TY" && first == 0) first = lines.number();
    if (found.tag == "ER" && found.value.empty() && end == 0) end = lines.number();
    if (!found.tag.empty()) ++tags;
    if (found.tag == "ER" && first > 0) return {98, fmt::format("line {} is a TY line, line {} its ER", first, lines.number())};
  }
  if (first > 0 && tags >= 3) return {92, fmt::format("line {} is a TY line, and other tags follow", first)};
  if (tags >= 3 && end > 0 && head.find("PMID-") == std::string_view::npos) return {80, fmt::format("line {} is the ER of a record, though no TY begins it", end)};
  if (tags >= 4 && head.find("PMID-") == std::string_view::npos) return {60, fmt::format("{} lines have tags of two letters and a hyphen", tags)};
  return {};
}

}  // namespace

const Format kRisFormat{"ris", "RIS reference file", {"ris"}, recognise, make_reader<RisReader>};

}  // namespace digest::ingest
