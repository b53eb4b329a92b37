// SPDX-License-Identifier: MIT
// Web of Science (ISI) export: two-letter tags, values that go on after three blanks, PT to ER. Sibling databases
// write the same with " - " after the tag.
#include <fmt/format.h>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

TagLine tag_line(std::string_view line) {
  if (line.size() < 2 || !is_upper(line[0]) || !(is_upper(line[1]) || is_digit(line[1]))) return {};
  if (line.size() > 2 && line[2] != ' ' && line[2] != '\t') return {};
  std::string_view value = trim(line.substr(2));
  if (value == "-" || value.starts_with("- ")) value = trim(value.substr(1));
  return {line.substr(0, 2), value};
}

class WosReader final : public LineRecordReader {
 public:
  WosReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  void line(std::string_view text, std::uint64_t number) override {
    text = scan::without_mark(scan::trim_right(text));
    if (text.empty()) return;
    const bool indented = text.front() == ' ' || text.front() == '\t';
    const TagLine found = indented ? TagLine{} : tag_line(text);
    if (found.tag.empty()) {
      if (record_.open()) record_.append("\n", trim(text));
    } else if (found.tag == "ER" || found.tag == "EF") {
      if (found.value.empty()) {
        if (record_.open()) close();
      } else if (record_.open()) {
        record_.append("\n", text);
      }
    } else if (found.tag == "PT") {
      start(number, found.value);
    } else if (found.tag == "FN" || found.tag == "VR") {
      if (record_.open()) close();
    } else {
      if (!record_.open()) record_.begin(number);
      record_.add(found.tag, found.value);
    }
  }

  void end() override {
    if (record_.open()) close();
  }

  void start(std::uint64_t number, std::string_view type) {
    if (record_.open() && record_.first({"PT"}).empty() && record_.first({"TI"}).empty()) {
      record_.add("PT", type);  // a writer that puts its own tags before PT
      return;
    }
    if (record_.open()) {
      report(record_.line(), Severity::note, "unterminated-entry",
             fmt::format("This record has no ER line before the next one begins in line {}; it was read up to there.", number));
      close();
    }
    record_.begin(number);
    record_.add("PT", type);
  }

  void close() {
    report_cut(record_);
    Paper paper = new_paper(record_.line());
    paper.title = field_text(record_.first({"TI", "FT"}));
    paper.abstract = field_text(record_.joined("AB", "\n\n"));
    paper.authors = names("AF");
    if (paper.authors.empty()) paper.authors = names("AU");
    if (paper.authors.empty()) paper.authors = names("CA");
    const auto [month, day] = scan::month_and_day(record_.first({"PD"}));
    paper.date = scan::date_of_parts(record_.first({"PY"}), month, day);
    paper.venue = field_text(record_.first({"SO", "JF", "CT"}));
    if (const std::string_view doi = find_doi(record_.first({"DI", "DO"})); !doi.empty()) paper.ids["doi"] = doi;
    const std::string_view pmid = record_.first({"PM"});
    if (!pmid.empty() && digits_at(pmid, 0) == pmid.size()) paper.ids["pmid"] = pmid;
    if (const std::string_view id = record_.first({"UT"}); !id.empty()) paper.ids["source"] = id.substr(0, id.find('\n'));
    for (const std::string_view value : record_.all("UR")) add_url(paper, scan::find_url(value));
    paper.categories = author_names(record_.all("WC"));
    const bool nothing = record_.size() == 0;
    if (!nothing) deliver(std::move(paper));
    record_.clear();
  }

  // One name a line, or several between semicolons.
  std::vector<std::string> names(std::string_view tag) const {
    std::string all = record_.joined(tag, ";");
    for (char& c : all) {
      if (c == '\n') c = ';';
    }
    return author_names({all});
  }

  TaggedRecord record_;
};

Recognition recognise(std::string_view head) {
  scan::Lines lines(head);
  std::string_view line;
  std::size_t file = 0, record = 0, tags = 0, padded = 0;
  bool ends = false, title = false;
  while (lines.next(line)) {
    line = scan::trim_right(scan::without_mark(line));
    const TagLine found = tag_line(line);
    if (found.tag.empty()) continue;
    ++tags;
    if (line.substr(2).starts_with("  -")) ++padded;  // MEDLINE and RIS
    if (found.tag == "FN" && file == 0) file = lines.number();
    if (found.tag == "PT" && record == 0) record = lines.number();
    title = title || found.tag == "TI";
    ends = ends || (found.tag == "ER" && found.value.empty());
  }
  const std::string_view start = head.substr(0, 4096);
  if (start.find("TY  -") != std::string_view::npos || start.find("PMID-") != std::string_view::npos) return {};  // RIS, MEDLINE
  if (padded * 2 > tags) return {};
  if (file > 0 && record > 0) return {97, fmt::format("line {} is an FN line, line {} the first PT", file, record)};
  if (record > 0 && title && (ends || tags >= 5)) return {90, fmt::format("line {} is a PT line, and TI and other tags follow", record)};
  if (file > 0 && title) return {85, fmt::format("line {} is an FN line, and TI follows", file)};
  return {};
}

}  // namespace

const Format kWosFormat{"wos", "Web of Science (ISI) export", {"isi", "ciw", "wos"}, recognise, make_reader<WosReader>};

}  // namespace digest::ingest
