// SPDX-License-Identifier: MIT
// MEDLINE as PubMed exports it (.nbib): "TAG - value", values that go on after six blanks, an empty line between
// records. Continuation is decided first: a value's next line may look like a tag.
#include <fmt/format.h>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

// Two to four capitals (or digits after them), padded to four, a hyphen, a blank; sloppy writers forget the padding.
TagLine tag_line(std::string_view line) {
  std::size_t length = 0;
  while (length < line.size() && length < 5 && (is_upper(line[length]) || (length > 0 && is_digit(line[length])))) ++length;
  if (length < 2 || length > 4) return {};
  std::size_t at = length;
  while (at < line.size() && at < 4 && line[at] == ' ') ++at;
  if (at >= line.size() || line[at] != '-') return {};
  const std::string_view rest = line.substr(at + 1);
  if (at < 4 && !rest.empty() && rest.front() != ' ') return {};
  return {line.substr(0, length), trim(rest)};
}

class NbibReader final : public LineRecordReader {
 public:
  NbibReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  void line(std::string_view text, std::uint64_t number) override {
    text = scan::without_mark(scan::trim_right(text));
    if (text.empty()) {
      after_blank_ = true;
      return;
    }
    const bool indented = text.front() == ' ' || text.front() == '\t';
    const TagLine found = indented ? TagLine{} : tag_line(text);
    if (!found.tag.empty()) {
      if (record_.open() && begins_record(found.tag)) close();
      if (!record_.open()) open(number);
      if (after_blank_) ++blocks_;
      record_.add(found.tag, found.value);
    } else if (record_.open() && (!after_blank_ || indented)) {
      record_.append("\n", trim(text));
    } else {
      stray(number);
      return;
    }
    after_blank_ = false;
  }

  void end() override {
    if (record_.open()) close();
  }

  void open(std::uint64_t number) {
    record_.begin(number);
    blocks_ = 0;
    after_blank_ = true;
  }

  // PMID does; so does any tag after an empty line, unless the file has an empty line after every field.
  bool begins_record(std::string_view tag) const {
    if (tag == "PMID") return true;
    return after_blank_ && blocks_ < record_.size();
  }

  void stray(std::uint64_t number) {
    if (stray_told_) return;
    stray_told_ = true;
    report(number, Severity::note, "stray-text", "This line belongs to no record; it and others like it were left out.");
  }

  void close() {
    report_cut(record_);
    Paper paper = new_paper(record_.line());
    paper.title = field_text(record_.joined("TI", "\n"));
    if (paper.title.empty()) paper.title = field_text(record_.first({"BTI", "CTI", "TT", "VTI"}));
    paper.abstract = field_text(record_.joined("AB", "\n\n"), Markup::html, Paragraphs::keep);
    paper.authors = author_names(record_.all("FAU"));
    if (paper.authors.empty()) paper.authors = author_names(record_.all("AU"));
    for (std::string& group : author_names(record_.all("CN"))) paper.authors.push_back(std::move(group));
    paper.date = date(record_.first({"DP"}));
    if (paper.date.empty()) paper.date = date(record_.first({"DEP", "EDAT", "CRDT"}));
    paper.venue = field_text(record_.first({"JT", "TA", "BTI"}));
    if (paper.venue == paper.title) paper.venue.clear();
    identifiers(paper);
    deliver(std::move(paper));
    record_.clear();
  }

  // "1996 Jul 9", "2013 06 10", "2020 Jan-Feb", "20160419", "2016/05/12 06:00"
  static std::string date(std::string_view text) {
    if (digits_at(text, 0) == 8) return scan::date_of_parts(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
    if (digits_at(text, 0) != 4) return normalise_date(text);
    constexpr std::string_view kBetween = " /-\n";
    const auto take = [&](std::string_view& rest) {
      rest.remove_prefix(std::min(rest.find_first_not_of(kBetween), rest.size()));
      const std::string_view word = rest.substr(0, rest.find_first_of(kBetween));
      rest.remove_prefix(word.size());
      return word;
    };
    std::string_view rest = text;
    const std::string_view year = take(rest), month = take(rest);
    const bool range = rest.starts_with('-') && month.size() > 2;  // "Jan-Feb"
    return scan::date_of_parts(year, month, range ? std::string_view{} : take(rest));
  }

  void identifiers(Paper& paper) const {
    const std::string_view pmid = record_.first({"PMID"});
    if (const std::size_t n = digits_at(pmid, 0); n > 0) {
      paper.ids["pmid"] = pmid.substr(0, n);
      add_url(paper, fmt::format("https://pubmed.ncbi.nlm.nih.gov/{}/", pmid.substr(0, n)));
    }
    for (const std::string_view tag : {"LID", "AID", "SO"}) {
      for (const std::string_view value : record_.all(tag)) {
        const bool is_doi = find_ignoring_case(value, "[doi]") != std::string_view::npos || find_ignoring_case(value, "doi:") != std::string_view::npos;
        const std::string_view doi = is_doi ? find_doi(value) : std::string_view{};
        if (!doi.empty()) {
          paper.ids["doi"] = doi;
          return;
        }
      }
    }
  }

  TaggedRecord record_;
  std::size_t blocks_ = 0;  // runs of fields between empty lines
  bool after_blank_ = true;
  bool stray_told_ = false;
};

Recognition recognise(std::string_view head) {
  scan::Lines lines(head);
  std::string_view line;
  std::size_t first = 0, tags = 0;
  while (lines.next(line)) {
    line = scan::without_mark(line);
    const TagLine found = tag_line(line);
    if (found.tag == "PMID" && first == 0 && digits_at(found.value, 0) > 0) first = lines.number();
    if (!found.tag.empty() && line.size() > 4 && line[4] == '-') ++tags;
    if (first > 0 && tags >= 3) return {97, fmt::format("line {} is 'PMID-' and a number, and other MEDLINE tags follow", first)};
  }
  if (tags >= 4) return {65, fmt::format("{} lines have tags padded to four and a hyphen, as in MEDLINE", tags)};
  return {};
}

}  // namespace

const Format kNbibFormat{"nbib", "PubMed MEDLINE export (.nbib)", {"nbib", "medline"}, recognise, make_reader<NbibReader>};

}  // namespace digest::ingest
