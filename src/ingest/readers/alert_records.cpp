// SPDX-License-Identifier: MIT
// Alert mails whose records are labelled lines: Web of Science ("*Record 1 of 3.", "Title:", "Source:", values beside their
// label or below it) and IEEE Xplore (a title, "Author(s):", "Publication Year:", an address).
#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

enum class Kind { none, title, authors, full_names, source, year, abstract, doi, link, other };

struct Name {
  std::string_view name;
  Kind kind;
};

constexpr auto kNames = std::to_array<Name>({
    {"title", Kind::title}, {"author", Kind::authors}, {"authors", Kind::authors}, {"author(s)", Kind::authors}, {"author full names", Kind::full_names},
    {"source", Kind::source}, {"publication title", Kind::source}, {"published in", Kind::source}, {"publication year", Kind::year}, {"abstract", Kind::abstract},
    {"doi", Kind::doi}, {"view full record", Kind::link}, {"full record", Kind::link}, {"link", Kind::link}, {"url", Kind::link},
    {"language", Kind::other}, {"document type", Kind::other}, {"author keywords", Kind::other}, {"keywords", Kind::other}, {"keywords plus", Kind::other}, {"index terms", Kind::other},
    {"addresses", Kind::other}, {"reprint address", Kind::other}, {"e-mail address", Kind::other}, {"research institution addresses", Kind::other}, {"cited references", Kind::other},
    {"discipline", Kind::other}, {"cc editions/collections", Kind::other}, {"issn", Kind::other}, {"eissn", Kind::other}, {"isbn", Kind::other}, {"ids number", Kind::other},
    {"times cited", Kind::other}, {"cited reference count", Kind::other}, {"order full text", Kind::other}, {"conference title", Kind::source}, {"publisher", Kind::other},
    {"source url", Kind::link}, {"accession number", Kind::other}, {"page(s)", Kind::other}, {"volume", Kind::other}, {"issue", Kind::other},
});

struct LabelLine {
  Kind kind = Kind::none;
  std::string_view value;
};

// "Author(s): A One; B Two", "*View Full Record: http://...", "Title:"
LabelLine label_line(std::string_view line) {
  if (line.starts_with('*')) line.remove_prefix(1);
  const std::size_t colon = line.substr(0, 40).find(':');
  if (colon == std::string_view::npos) return {};
  for (const Name& each : kNames) {
    if (equals_ignoring_case(trim(line.substr(0, colon)), each.name)) return {each.kind, trim(line.substr(colon + 1))};
  }
  return {};
}

// "*Record 2 of 5.", "Record 2 of 5"
bool is_record_line(std::string_view line) {
  if (line.starts_with('*')) line.remove_prefix(1);
  if (!starts_ignoring_case(line, "record ") || line.size() > 40) return false;
  const std::size_t digits = digits_at(line, 7);
  return digits > 0 && line.substr(7 + digits).starts_with(" of ") && digits_at(line, 11 + digits) > 0;
}

bool is_rule(std::string_view line) { return line.size() >= 5 && line.find_first_not_of("-=_*") == std::string_view::npos; }

// "12. Title": the number of the list.
std::string_view without_number(std::string_view title) {
  const std::size_t digits = digits_at(title, 0);
  return digits > 0 && digits <= 3 && title.substr(digits).starts_with(". ") ? trim(title.substr(digits + 2)) : title;
}

class AlertRecordsReader final : public LineRecordReader {
 public:
  AlertRecordsReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  void line(std::string_view text, std::uint64_t number) override {
    text = trim(scan::without_mark(text));
    if (text.empty()) return gap();
    if (is_record_line(text)) return begin(number);
    if (is_rule(text)) return close();
    if (const LabelLine found = label_line(text); found.kind != Kind::none) return labelled(found, number);
    const std::string_view url = scan::find_url(text);
    if (!url.empty() && url.size() + 2 >= text.size()) {
      if (above_.empty() && titled()) add_url(*paper_, url);
      above_url_ = above_.empty() ? std::string_view() : url;  // of the title above it, if "Author(s):" follows
      return;
    }
    plain(text, number);
  }

  void end() override { close(); }

  // A value that stands below its label may have an empty line before it.
  void gap() {
    if (field_ != Kind::none && field_ != Kind::abstract && !value().empty()) field_ = Kind::none;
    if (field_ == Kind::abstract && !abstract_.empty()) abstract_ += '\n';
    after_year_ = false;
    forget();
  }

  void forget() {
    if (!above_url_.empty() && titled()) add_url(*paper_, above_url_);
    above_.clear(), above_url_.clear();
  }

  void begin(std::uint64_t number) {
    close();
    paper_ = new_paper(number);
  }

  [[nodiscard]] bool titled() const { return paper_ && !title_.empty(); }

  void labelled(const LabelLine& found, std::uint64_t number) {
    if (found.kind == Kind::authors && !above_.empty() && field_ != Kind::title) {  // the title has no label
      const std::string title = above_, url = std::exchange(above_url_, {});
      begin(above_line_);
      title_ = title;
      add_url(*paper_, url);
    } else if (found.kind == Kind::title && (!paper_ || titled())) {
      begin(number);
    }
    forget();
    if (!paper_) return;
    field_ = found.kind;
    after_year_ = found.kind == Kind::year;
    if (found.kind == Kind::link) add_url(*paper_, scan::find_url(found.value));
    if (found.kind == Kind::title && title_.empty()) paper_->sources.front().line = number;
    if (!found.value.empty()) append(found.value);
    if (!found.value.empty() && (found.kind == Kind::year || found.kind == Kind::doi || found.kind == Kind::link)) field_ = Kind::none;
  }

  void plain(std::string_view text, std::uint64_t number) {
    if (field_ != Kind::none) return append(text);
    if (after_year_ && source_.empty()) {  // "IEEE Access"
      source_ = text.substr(0, kMaxFieldBytes);
      return;
    }
    if (above_.empty()) above_line_ = number;
    if (above_.size() + text.size() < kMostTitle) above_ += (above_.empty() ? "" : " ") + std::string(text);
  }

  std::string& value() {
    switch (field_) {
      case Kind::title: return title_;
      case Kind::authors: return authors_;
      case Kind::full_names: return full_names_;
      case Kind::source: return source_;
      case Kind::year: return year_;
      case Kind::abstract: return abstract_;
      case Kind::doi: return doi_;
      default: return unused_;
    }
  }

  void append(std::string_view text) {
    std::string& field = value();
    if (&field == &unused_) return void(unused_ = "x");
    if (field.size() + text.size() < kMaxFieldBytes) field += (field.empty() ? "" : field_ == Kind::abstract ? "\n" : " ") + std::string(text);
  }

  void close() {
    if (titled()) {
      paper_->title = clean(without_number(title_), Markup::html);
      paper_->authors = split_authors(clean(full_names_.empty() ? authors_ : full_names_, Markup::html));
      paper_->abstract = clean(abstract_, Markup::html, Paragraphs::keep);
      if (const std::string id = doi(find_doi(doi_)); !id.empty()) paper_->ids["doi"] = id;
      source_and_date();
      deliver(std::move(*paper_));
    }
    paper_.reset();
    field_ = Kind::none;
    after_year_ = false;
    for (std::string* text : {&title_, &authors_, &full_names_, &source_, &year_, &abstract_, &doi_, &unused_, &above_, &above_url_}) text->clear();
  }

  // "*JOURNAL OF BEADS*, 12 (3):1-9; MAR 2025"; "2025, Page(s): 1 - 9"
  void source_and_date() {
    std::string_view venue = source_;
    if (const std::size_t last = venue.rfind(';'); last != std::string_view::npos) {
      paper_->date = normalise_date(trim(venue.substr(last + 1)));
      venue = venue.substr(0, last);
      if (const std::size_t comma = venue.rfind(", "); comma != std::string_view::npos && digits_at(venue, comma + 2) > 0) venue = venue.substr(0, comma);
    }
    if (venue.starts_with('*')) venue.remove_prefix(1);
    while (venue.ends_with('*') || venue.ends_with(',')) venue.remove_suffix(1);
    if (venue.size() < 300) paper_->venue = clean(venue, Markup::html);
    if (paper_->date.empty()) paper_->date = normalise_date(std::string_view(year_).substr(0, digits_at(year_, 0)));
  }

  static constexpr std::size_t kMostTitle = 2000;  // bytes

  std::optional<Paper> paper_;
  Kind field_ = Kind::none;   // whose value goes on
  bool after_year_ = false;   // the line before told the year
  std::string title_, authors_, full_names_, source_, year_, abstract_, doi_, unused_;
  std::string above_, above_url_;  // the lines since the last gap: a title, if "Author(s):" follows
  std::uint64_t above_line_ = 0;
};

Recognition recognise(std::string_view head) {
  scan::Lines lines(head);
  std::string_view line;
  std::size_t records = 0, titles = 0, authors = 0, sources = 0, pairs = 0, since_authors = 9;
  bool full_record = false;
  while (lines.next(line)) {
    line = trim(scan::without_mark(line));
    records += is_record_line(line) ? 1 : 0;
    const LabelLine found = label_line(line);
    titles += found.kind == Kind::title ? 1 : 0;
    sources += found.kind == Kind::source ? 1 : 0;
    full_record = full_record || (found.kind == Kind::link && find_ignoring_case(line, "full record") != std::string_view::npos);
    ++since_authors;
    if (starts_ignoring_case(line, "author(s):")) since_authors = 0;
    authors += found.kind == Kind::authors ? 1 : 0;
    pairs += found.kind == Kind::year && since_authors <= 2 ? 1 : 0;
  }
  if (records > 0 && titles > 0 && authors > 0) return {91, fmt::format("{} lines such as 'Record 1 of 3', with 'Title:' and 'Authors:' below", records)};
  if (pairs > 0) return {89, fmt::format("{} times 'Author(s):' with 'Publication Year:' below, as IEEE Xplore writes", pairs)};
  if (full_record && titles > 0 && authors > 0 && sources > 0) return {88, fmt::format("{} records of 'Title:', 'Authors:' and 'View Full Record'", titles)};
  return {};
}

}  // namespace

const Format kAlertRecordsFormat{"alert-records", "alert e-mail of labelled records (Web of Science, IEEE Xplore)", {}, recognise, make_reader<AlertRecordsReader>};

}  // namespace digest::ingest
