// SPDX-License-Identifier: MIT
// EndNote's tagged export and its ancestor refer: "%T title", an empty line after each record.
#include <fmt/format.h>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

bool is_tag_line(std::string_view line) {
  constexpr std::string_view kSigns = "!@#$&*()+^<>[]?~/\\='.,:;|-";
  return line.size() >= 2 && line[0] == '%' && (is_alnum(line[1]) || kSigns.find(line[1]) != std::string_view::npos) &&
         (line.size() == 2 || line[2] == ' ' || line[2] == '\t');
}

class EndnoteReader final : public LineRecordReader {
 public:
  EndnoteReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  void line(std::string_view text, std::uint64_t number) override {
    text = scan::without_mark(scan::trim_right(text));
    if (text.empty()) {
      blank_ = true;
      return;
    }
    if (is_tag_line(text)) {
      const std::string_view tag = text.substr(1, 1);
      if (record_.open() && begins_record(tag)) close();
      if (!record_.open()) record_.begin(number);
      record_.add(tag, trim(text.substr(2)));
    } else if (record_.open()) {
      record_.append(blank_ ? "\n\n" : "\n", trim(text));
    }
    blank_ = false;
  }

  void end() override {
    if (record_.open()) close();
  }

  // %0 does. Without it, in refer, a second title or, after an empty line, a field that was there already does.
  bool begins_record(std::string_view tag) const {
    if (tag == "0") return record_.size() > 0;
    if (blank_ && !record_.first({"T"}).empty()) return record_.first({"0"}).empty() || !record_.first({tag}).empty();
    return tag == "T" && !record_.first({"T"}).empty() && record_.first({"0"}).empty();
  }

  void close() {
    report_cut(record_);
    Paper paper = new_paper(record_.line());
    paper.title = field_text(record_.first({"T", "!"}));
    if (paper.title.empty()) paper.title = field_text(record_.first({"B"}));
    paper.abstract = field_text(record_.joined("X", "\n\n"), Markup::html, Paragraphs::keep);
    paper.authors = author_names(record_.all("A"));
    paper.date = date();
    paper.venue = field_text(record_.first({"J", "B", "S"}));
    if (paper.venue == paper.title) paper.venue.clear();
    if (const std::string_view doi = find_doi(record_.first({"R"})); !doi.empty()) paper.ids["doi"] = doi;
    if (const std::string_view source = record_.first({"F", "L"}); !source.empty()) paper.ids["source"] = source.substr(0, source.find('\n'));
    pubmed_number(paper);
    for (const std::string_view value : record_.all("U")) add_url(paper, scan::find_url(value));
    deliver(std::move(paper));
    record_.clear();
  }

  std::string date() const {
    const std::string_view year = record_.first({"D", "8"});
    const std::string exact = normalise_date(record_.first({"8"}));
    std::string plain = scan::date_of_parts(year, {});
    return exact.size() > plain.size() && exact.starts_with(plain) ? exact : plain;
  }

  void pubmed_number(Paper& paper) const {
    const std::string_view database = record_.first({"W", "~"});
    const std::string_view number = record_.first({"M"});
    const bool medline = starts_ignoring_case(database, "NLM") || starts_ignoring_case(database, "PubMed") || starts_ignoring_case(database, "MEDLINE");
    if (medline && !number.empty() && digits_at(number, 0) == number.size()) paper.ids["pmid"] = number;
  }

  TaggedRecord record_;
  bool blank_ = false;
};

Recognition recognise(std::string_view head) {
  scan::Lines lines(head);
  std::string_view line;
  std::size_t first = 0, tags = 0;
  bool title = false;
  while (lines.next(line)) {
    line = scan::without_mark(line);
    if (!is_tag_line(line)) continue;
    ++tags;
    if (line[1] == '0' && first == 0) first = lines.number();
    title = title || line[1] == 'T';
  }
  if (first > 0 && tags >= 3) return {96, fmt::format("line {} begins with %0, and other EndNote tags follow", first)};
  if (title && tags >= 3) return {80, "lines begin with %T and other tags of refer"};
  return {};
}

}  // namespace

const Format kEndnoteFormat{"endnote", "EndNote or refer tagged file", {"enw", "refer"}, recognise, make_reader<EndnoteReader>};

}  // namespace digest::ingest
