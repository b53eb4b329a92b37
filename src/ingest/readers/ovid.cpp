// SPDX-License-Identifier: MIT
// Ovid's citations as text (MEDLINE, Embase, PsycINFO): "<12>", then the name of each field on a line of its own and its
// value, indented, on the lines below.
#include <fmt/format.h>

#include <array>
#include <utility>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

constexpr auto kNames = std::to_array<std::string_view>(
    {"Accession Number", "Author", "Authors", "Authors Full Name", "Author e-mail", "Title", "Original Title", "Chapter Title", "Source", "Abstract", "Institution", "Status",
     "Score", "Publication Type", "Document Type", "Language", "Author Keywords", "Keyword Heading", "Journal Subset", "ISSN", "NLM Journal Code", "NLM Journal Name",
     "DOI Number", "Digital Object Identifier", "Year of Publication", "Date of Publication", "Unique Identifier", "Record Owner", "Record Status", "References", "MeSH Subject Headings",
     "Database", "Version ID", "Other ID", "Embase Accession Number", "PMID", "PubMed ID", "Link to the Ovid Full Text or citation", "Publisher", "Comments", "Country of Publication",
     "Heading Word", "Conflict of Interest", "Copyright", "Book Title", "Entrez Date", "Create Date"});

// "<12>": the mark of a record.
bool is_record_mark(std::string_view line) {
  return line.size() > 2 && line.front() == '<' && line.back() == '>' && digits_at(line, 1) == line.size() - 2;
}

bool is_field_name(std::string_view line) {
  return std::any_of(kNames.begin(), kNames.end(), [line](std::string_view name) { return equals_ignoring_case(line, name); });
}

class OvidReader final : public LineRecordReader {
 public:
  OvidReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  void line(std::string_view text, std::uint64_t number) override {
    text = scan::without_mark(scan::trim_right(text));
    if (text.empty()) return;
    if (is_record_mark(text)) {
      close();
      record_.begin(number);
      return;
    }
    const bool indented = is_blank(text.front());
    if (!indented && (is_field_name(text) || (record_.open() && looks_like_name(text)))) {
      // Without marks, "Score" or "Accession Number" again is the next record.
      if (record_.open() && record_.size() > 0 && lower_case(text) == record_.fields().front().tag) close();
      if (!record_.open()) record_.begin(number);
      record_.add(lower_case(text), {});
    } else if (record_.open() && record_.size() > 0) {
      record_.append(" ", trim(text));
    }
  }

  void end() override { close(); }

  // Databases have fields that this list does not know: words with capitals, no full stop.
  static bool looks_like_name(std::string_view text) {
    return text.size() < 60 && is_upper(text.front()) && text.find_first_of(".,;:()0123456789") == std::string_view::npos;
  }

  void close() {
    if (!record_.open()) return;
    report_cut(record_);
    Paper paper = new_paper(record_.line());
    const std::string_view chapter = record_.first({"chapter title"});
    paper.title = title(chapter.empty() ? record_.first({"title", "original title", "book title"}) : chapter);
    std::string_view abstract = record_.first({"abstract"});
    if (abstract.starts_with(": ")) abstract.remove_prefix(2);
    paper.abstract = field_text(abstract, Markup::html, Paragraphs::keep);
    paper.authors = authors(record_.first({"authors full name", "author", "authors"}));
    const std::string_view source = record_.first({"source"});
    paper.date = scan::date_of_parts(record_.first({"year of publication"}), {});
    if (paper.date.empty()) paper.date = year_in(source);
    if (paper.date.empty()) paper.date = year_in(record_.first({"date of publication", "status"}));
    paper.venue = field_text(source.substr(0, source.find('.')));
    if (const std::string_view doi = find_doi(record_.first({"doi number", "digital object identifier"})); !doi.empty()) paper.ids["doi"] = doi;
    const std::string_view pmid = record_.first({"pmid", "pubmed id"});
    if (const std::size_t n = digits_at(pmid, 0); n > 0) paper.ids["pmid"] = pmid.substr(0, n);
    std::string_view number = record_.first({"accession number", "unique identifier"});
    if (number.ends_with('.')) number.remove_suffix(1);
    if (!number.empty()) paper.ids["source"] = number;
    add_url(paper, scan::find_url(record_.first({"link to the ovid full text or citation"})));
    if (record_.size() > 0) deliver(std::move(paper));
    record_.clear();
  }

  // "Title of the paper.[Article]" or "... [Review]"
  static std::string title(std::string_view raw) {
    if (raw.ends_with(']')) {
      const std::size_t open = raw.rfind('[');
      if (open != std::string_view::npos && open > 0 && raw.size() - open < 40) raw = scan::trim_right(raw.substr(0, open));
    }
    return field_text(raw);
  }

  // "Verbeek, Jan MD *;  Hermans, Erik MD +": degrees and marks of institutions are no part of a name.
  static std::vector<std::string> authors(std::string_view raw) {
    std::vector<std::string> names = author_names({raw});
    for (std::string& name : names) {
      while (!name.empty()) {
        const std::size_t blank = name.rfind(' ');
        const std::string_view last = std::string_view(name).substr(blank == std::string::npos ? 0 : blank + 1);
        const bool mark = last.find_first_not_of("*+0123456789()[]") == std::string_view::npos || last == "MD" || last == "PhD" || last == "MD," || last == "RN" || last == "[Ed]";
        if (blank == std::string::npos || !mark) break;
        name.resize(blank);
      }
      while (!name.empty() && (name.back() == '.' || name.back() == ',')) name.pop_back();
    }
    return names;
  }

  // The last of the numbers that can be a year: "28(2):103-106, April 2015."
  static std::string year_in(std::string_view text) {
    std::string year;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t n = digits_at(text, at);
      if (n == 4 && (text.substr(at, 2) == "19" || text.substr(at, 2) == "20")) year = text.substr(at, 4);
      at += std::max<std::size_t>(n, 1);
    }
    return year;
  }

  TaggedRecord record_;
};

Recognition recognise(std::string_view head) {
  scan::Lines lines(head);
  std::string_view line;
  std::size_t names = 0, first = 0;
  bool title = false, name_before = false, values = false;
  while (lines.next(line)) {
    line = scan::trim_right(scan::without_mark(line));
    if (is_record_mark(line) && first == 0) first = lines.number();
    values = values || (name_before && line.size() > 1 && is_blank(line.front()));
    name_before = is_field_name(line);
    if (!name_before) continue;
    ++names;
    title = title || (line == "Title" || line == "Source");
  }
  if (first > 0 && names >= 2 && values) return {95, fmt::format("line {} is the mark of a record of Ovid, and names of fields follow", first)};
  if (names >= 4 && title && values) return {90, fmt::format("{} lines are names of fields, as Ovid writes them", names)};
  return {};
}

}  // namespace

const Format kOvidFormat{"ovid", "Ovid citations as text (MEDLINE, Embase, PsycINFO)", {}, recognise, make_reader<OvidReader>};

}  // namespace digest::ingest
