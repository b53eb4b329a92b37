// SPDX-License-Identifier: MIT
// Tables as text: comma, semicolon or tab between values, a header that names the columns in one of many ways.
#include <fmt/format.h>

#include <array>
#include <optional>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/csv_record.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

enum class Column : std::size_t { title, abstract, snippet, authors, date, month, day, id, doi, pmid, arxiv, url, venue, category, count };
constexpr std::size_t kColumns = static_cast<std::size_t>(Column::count);
constexpr std::size_t kHeaderLines = 20;  // some databases write about their query first

struct Alias {
  std::string_view name;  // letters and digits of the header; ASCII in lower case
  Column column;
};

// In the order of preference: the first one that the header has is the column.
constexpr auto kAliases = std::to_array<Alias>({
    {"title", Column::title}, {"papertitle", Column::title}, {"primarytitle", Column::title}, {"articletitle", Column::title},
    {"documenttitle", Column::title}, {"ti", Column::title}, {"t1", Column::title}, {"publicationtitle1", Column::title},
    {"originaltitle", Column::title}, {"itemtitle", Column::title}, {"titles", Column::title}, {"dctitle", Column::title}, {"displayname", Column::title},
    {"标题", Column::title}, {"论文标题", Column::title}, {"题名", Column::title}, {"タイトル", Column::title}, {"제목", Column::title}, {"titel", Column::title}, {"titre", Column::title},
    {"título", Column::title}, {"titulo", Column::title}, {"titolo", Column::title}, {"paper", Column::title}, {"papername", Column::title}, {"name", Column::title},
    {"abstract", Column::abstract}, {"abstractnote", Column::abstract}, {"notesabstract", Column::abstract}, {"abstracttext", Column::abstract},
    {"paperabstract", Column::abstract}, {"ab", Column::abstract}, {"n2", Column::abstract}, {"summary", Column::abstract},
    {"description", Column::abstract}, {"summaries", Column::abstract}, {"abstracts", Column::abstract}, {"text", Column::abstract},
    {"摘要", Column::abstract}, {"要旨", Column::abstract}, {"초록", Column::abstract}, {"zusammenfassung", Column::abstract}, {"résumé", Column::abstract}, {"resumen", Column::abstract},
    {"resumo", Column::abstract}, {"tldr", Column::snippet}, {"tldrtext", Column::snippet}, {"aisummary", Column::snippet},
    {"snippet", Column::snippet},
    {"authorfullnames", Column::authors}, {"authors", Column::authors}, {"author", Column::authors}, {"firstauthors", Column::authors},
    {"authornames", Column::authors}, {"authorsnames", Column::authors}, {"creators", Column::authors}, {"creator", Column::authors},
    {"af", Column::authors}, {"au", Column::authors}, {"a1", Column::authors}, {"authorshipsauthordisplayname", Column::authors}, {"authorlist", Column::authors}, {"authorstring", Column::authors},
    {"作者", Column::authors}, {"著者", Column::authors}, {"저자", Column::authors}, {"autor", Column::authors}, {"autoren", Column::authors}, {"auteurs", Column::authors}, {"autores", Column::authors},
    {"firstauthor", Column::authors},
    {"date", Column::date}, {"publicationdate", Column::date}, {"datepublished", Column::date}, {"publisheddate", Column::date}, {"publishdate", Column::date},
    {"published", Column::date}, {"submitted", Column::date}, {"submitteddate", Column::date}, {"publicationyear", Column::date},
    {"year", Column::date}, {"pubyear", Column::date}, {"py", Column::date}, {"publicationyearmonth", Column::date},
    {"publishedyear", Column::date}, {"pubdate", Column::date}, {"coverdate", Column::date}, {"publishtime", Column::date}, {"issued", Column::date},
    {"日期", Column::date}, {"发布日期", Column::date}, {"jahr", Column::date}, {"année", Column::date}, {"año", Column::date}, {"createdate", Column::date}, {"created", Column::date}, {"updatedate", Column::date},
    {"month", Column::month}, {"pd", Column::month}, {"day", Column::day},
    {"ut", Column::id}, {"eid", Column::id}, {"id", Column::id}, {"key", Column::id}, {"paperid", Column::id}, {"recordid", Column::id}, {"citationkey", Column::id}, {"bibkey", Column::id},
    {"uid", Column::id}, {"docid", Column::id}, {"corduid", Column::id},
    {"doi", Column::doi}, {"di", Column::doi}, {"itemdoi", Column::doi}, {"digitalobjectidentifier", Column::doi}, {"doinumber", Column::doi}, {"pmid", Column::pmid}, {"pubmedid", Column::pmid}, {"medlinepmid", Column::pmid}, {"pm", Column::pmid},
    {"arxivid", Column::arxiv}, {"arxiv", Column::arxiv},
    {"url", Column::url}, {"link", Column::url}, {"abs", Column::url}, {"absurl", Column::url}, {"paperurl", Column::url},
    {"articleurl", Column::url}, {"urls", Column::url}, {"links", Column::url}, {"pdfurl", Column::url}, {"pdflink", Column::url},
    {"pdf", Column::url}, {"fulltexturl", Column::url}, {"site", Column::url}, {"mainpage", Column::url}, {"externalurl", Column::url}, {"documenturl", Column::url}, {"primarylocationlandingpageurl", Column::url},
    {"链接", Column::url}, {"entryid", Column::url}, {"arxivurl", Column::url},
    {"journal", Column::venue}, {"venue", Column::venue}, {"publicationtitle", Column::venue}, {"sourcetitle", Column::venue},
    {"journalbook", Column::venue}, {"booktitle", Column::venue}, {"conference", Column::venue}, {"so", Column::venue}, {"journaltitle", Column::venue}, {"pubtitle", Column::venue}, {"source", Column::venue}, {"journalname", Column::venue},
    {"categories", Column::category}, {"category", Column::category}, {"primarycategory", Column::category}, {"subjects", Column::category}, {"terms", Column::category},
});

std::string plain_name(std::string_view header) {
  std::string out;
  for (const char c : scan::without_mark(header)) {
    if (is_alnum(c) || static_cast<unsigned char>(c) >= 0x80) out += to_lower(c);
  }
  return out;
}

using Header = std::array<std::optional<std::size_t>, kColumns>;

// Which value is what; no title column: this line is no header.
Header read_header(const std::vector<std::string>& names) {
  Header header;
  std::vector<std::string> plain;
  for (const std::string& name : names) plain.push_back(name.size() < 64 ? plain_name(name) : std::string());
  for (const Alias& alias : kAliases) {
    auto& slot = header[static_cast<std::size_t>(alias.column)];
    for (std::size_t i = 0; i < plain.size() && !slot; ++i) {
      if (plain[i] == alias.name) slot = i;
    }
  }
  return header;
}

bool is_header(const Header& header, std::size_t columns) {
  const auto has = [&](Column column) { return header[static_cast<std::size_t>(column)].has_value(); };
  if (!has(Column::title) && !has(Column::abstract)) return false;
  std::size_t known = 0;
  for (const auto& slot : header) known += slot ? 1 : 0;
  return columns >= 2 && known >= 2;
}

char likely_delimiter(std::string_view line) {
  char best = ',';
  std::size_t most = 0;
  for (const char candidate : {'\t', ';', ',', '|'}) {
    CsvRecord record(candidate);
    record.add(line, CsvQuotes::within_a_line);
    const std::size_t columns = record.values().size();
    if (is_header(read_header(record.values()), columns) && columns > most) {
      best = candidate;
      most = columns;
    }
  }
  return most > 0 ? best : '\0';
}

// Excel's own first line: "sep=;".
bool is_separator_line(std::string_view line) { return starts_ignoring_case(line, "sep=") && line.size() <= 6; }

class CsvReader final : public LineRecordReader {
 public:
  CsvReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  void line(std::string_view text, std::uint64_t number) override {
    if (!record_) {
      look_for_header(scan::without_mark(text));
      return;
    }
    if (raw_.empty()) {
      if (scan::is_empty_line(text)) return;
      first_ = number;
    }
    if (raw_.size() + text.size() > kMaxRecordBytes) give_up_quote();
    take(text, CsvQuotes::may_span_lines);
  }

  void end() override {
    if (!raw_.empty()) give_up_quote();
    if (!record_ && seen_ > 0) report(0, Severity::warning, "no-header", "No line names the columns; a table needs a header with a title column.");
  }

  void look_for_header(std::string_view text) {
    if (scan::is_empty_line(text) || is_separator_line(text) || seen_ > kHeaderLines) return;
    ++seen_;
    const char delimiter = likely_delimiter(text);
    if (delimiter == '\0') return;
    record_.emplace(delimiter);
    record_->add(text, CsvQuotes::within_a_line);
    header_ = read_header(record_->values());
    columns_ = record_->values().size();
    record_->clear();
  }

  void take(std::string_view text, CsvQuotes quotes) {
    raw_ += text;
    raw_ += '\n';
    if (!record_->add(text, quotes)) return;
    if (quotes == CsvQuotes::may_span_lines && joins_records()) {
      give_up_quote();
      return;
    }
    emit();
    raw_.clear();
    record_->clear();
  }

  // Did a stray quote join several lines that are records of their own? The quotes are odd or the values miscounted,
  // and the first line alone has as many values as the header.
  [[nodiscard]] bool joins_records() const {
    const std::size_t first = raw_.find('\n');
    if (first + 1 == raw_.size() || (!record_->odd_quote() && record_->values().size() == columns_)) return false;
    CsvRecord alone = *record_;
    alone.clear();
    alone.add(std::string_view(raw_).substr(0, first), CsvQuotes::within_a_line);
    return alone.values().size() == columns_;
  }

  // A quote that is never closed swallowed what follows: every line of it is read as a record of its own.
  void give_up_quote() {
    const std::string swallowed = std::move(raw_);
    raw_.clear();
    record_->clear();
    report(first_, Severity::warning, "unterminated-quote", "A '\"' that opens in this record is never closed; the lines after it were read one by one.");
    scan::Lines lines(swallowed);
    std::string_view each;
    const std::uint64_t first = first_;
    while (lines.next(each)) {
      first_ = first + lines.number() - 1;
      if (!scan::is_empty_line(each)) take(each, CsvQuotes::within_a_line);
    }
  }

  [[nodiscard]] std::string_view value(Column column) const {
    const auto& slot = header_[static_cast<std::size_t>(column)];
    if (!slot || *slot >= record_->values().size()) return {};
    const std::string_view found = trim(record_->values()[*slot]);
    return scan::says_nothing(found) ? std::string_view{} : found;
  }

  void emit() {
    if (record_->values().size() != columns_ && !count_told_) {
      count_told_ = true;
      report(first_, Severity::note, "column-count",
             fmt::format("This record has {} values, the header {}; it was read from the left.", record_->values().size(), columns_));
    }
    Paper paper = new_paper(first_);
    paper.title = clean(value(Column::title), Markup::html);
    paper.abstract = clean(value(Column::abstract), Markup::html, Paragraphs::keep);
    if (paper.abstract.empty()) {
      paper.abstract = clean(value(Column::snippet), Markup::html, Paragraphs::keep);
      paper.abstract_is_partial = !paper.abstract.empty();
    }
    paper.authors = names(value(Column::authors));
    paper.date = normalise_date(value(Column::date), digest_date());
    if (paper.date.size() <= 4) {
      const auto [month, day] = scan::month_and_day(value(Column::month));
      std::string parts = scan::date_of_parts(value(Column::date), month, day.empty() ? value(Column::day) : day);
      if (!parts.empty()) paper.date = std::move(parts);
    }
    paper.venue = clean(value(Column::venue), Markup::html);
    paper.categories = list(value(Column::category));
    identifiers(paper);
    deliver(std::move(paper));
  }

  static std::vector<std::string> list(std::string_view text) {
    std::vector<std::string> out;
    if (is_python_list(text)) {
      out = python_list(text);
      for (std::string& one : out) one = clean(one, Markup::html);
      std::erase(out, "");
      return out;
    }
    const char between = text.find(';') != std::string_view::npos ? ';' : text.find(',') != std::string_view::npos ? ',' : ' ';
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = std::min(text.find(between, at), text.size());
      std::string one = clean(text.substr(at, end - at), Markup::html);
      if (!one.empty()) out.push_back(std::move(one));
      at = end + 1;
    }
    return out;
  }

  static std::vector<std::string> names(std::string_view text) {
    if (equals_ignoring_case(text, "[No author name available]")) return {};  // Scopus
    if (is_python_list(text)) return list(text);
    std::string plain = clean(text, Markup::html);
    if (plain.find(';') == std::string::npos) std::replace(plain.begin(), plain.end(), '|', ';');  // OpenAlex
    return split_authors(plain);
  }

  void identifiers(Paper& paper) const {
    if (const std::string_view doi = find_doi(value(Column::doi)); !doi.empty()) paper.ids["doi"] = doi;
    const std::string_view pmid = value(Column::pmid);
    if (!pmid.empty() && pmid.size() <= 9 && digits_at(pmid, 0) == pmid.size()) paper.ids["pmid"] = pmid;
    if (const std::string_view arxiv = scan::find_arxiv_id(value(Column::arxiv)); !arxiv.empty()) paper.ids["arxiv"] = arxiv;
    const std::string_view id = value(Column::id);
    if (!id.empty()) paper.ids["source"] = clean(id, Markup::plain);
    if (scan::is_arxiv_id(id)) paper.ids["arxiv"] = id;
    for (std::string_view rest = value(Column::url); !rest.empty();) {
      const std::string_view found = scan::find_url(rest.substr(0, rest.find_first_of(" ;\n")));
      add_url(paper, found);
      const std::size_t next = rest.find_first_of(" ;\n");
      rest = next == std::string_view::npos ? std::string_view{} : rest.substr(next + 1);
    }
  }

  std::optional<CsvRecord> record_;  // once the header is known
  Header header_;
  std::size_t columns_ = 0;
  std::size_t seen_ = 0;
  std::string raw_;
  std::uint64_t first_ = 0;
  bool count_told_ = false;
};

Recognition recognise(std::string_view head) {
  scan::Lines lines(head);
  std::string_view line;
  std::size_t seen = 0;
  while (lines.next(line) && seen <= kHeaderLines) {
    line = scan::without_mark(line);
    if (scan::is_empty_line(line) || is_separator_line(line)) continue;
    ++seen;
    if (line.starts_with('{') || line.starts_with("[{") || line.starts_with('<') || line.starts_with('@')) return {};
    const char delimiter = likely_delimiter(line);
    if (delimiter == '\0' || (delimiter == '|' && line.starts_with('|'))) continue;  // that is Markdown
    CsvRecord header(delimiter), second(delimiter);
    header.add(line, CsvQuotes::within_a_line);
    const std::size_t columns = header.values().size(), at = lines.number();
    for (int more = 0; more < 2000 && lines.next(line); ++more) {
      if (second.values().empty() && scan::is_empty_line(line)) continue;
      if (second.add(line, CsvQuotes::may_span_lines)) break;
    }
    const std::string what = fmt::format("line {} names {} columns, one of them a title or an abstract", at, columns);
    if (second.values().size() == columns) return {seen == 1 ? 92 : 70, what + ", and the next record has as many"};
    return {columns >= 4 && seen == 1 ? 75 : 45, what};
  }
  return {};
}

}  // namespace

const Format kCsvFormat{"csv", "table as text: comma, semicolon or tab between values", {"csv", "tsv", "tab"}, recognise, make_reader<CsvReader>};

}  // namespace digest::ingest
