// SPDX-License-Identifier: MIT
// BibTeX and BibLaTeX. An entry is collected to its closing delimiter, or to the next line that begins an entry: one
// that is broken is read as far as it goes and reported, and never hides the others.
#include <fmt/format.h>

#include <utility>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/bibtex_entry.hpp"
#include "ingest/readers/bibtex_journals.hpp"
#include "ingest/readers/record_reader.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

constexpr std::size_t kMaxMacros = 10'000;
constexpr std::size_t kMaxMacroBytes = std::size_t{4} << 20;  // of all of them
constexpr std::size_t kMaxCommentBytes = std::size_t{1} << 20;

// "@article{key," : length of "@article{", 0 if the line begins no entry. A name alone ("@article") may have its
// delimiter on the next line.
struct Head {
  std::size_t length = 0;
  char delimiter = '\0';
  std::string_view type;
};

Head entry_head(std::string_view line) {
  if (line.empty() || line.front() != '@') return {};
  std::size_t at = 1;
  while (at < line.size() && is_blank(line[at])) ++at;
  const std::size_t first = at;
  while (at < line.size() && (is_letter(line[at]) || is_digit(line[at]) || line[at] == '-' || line[at] == '_')) ++at;
  if (at == first || !is_letter(line[first])) return {};
  const std::string_view type = line.substr(first, at - first);
  while (at < line.size() && is_blank(line[at])) ++at;
  if (at >= line.size() || (line[at] != '{' && line[at] != '(')) return {};
  return {at + 1, line[at], type};
}

bool is_known_type(std::string_view type) {
  for (const std::string_view known :
       {"article", "inproceedings", "conference", "misc", "book", "inbook", "incollection", "techreport", "phdthesis", "mastersthesis",
        "thesis", "report", "online", "unpublished", "proceedings", "manual", "booklet", "software", "dataset", "collection", "electronic",
        "patent", "www", "comment", "string", "preamble", "preprint", "mvbook", "incollection", "reference", "inreference", "periodical"}) {
    if (equals_ignoring_case(type, known)) return true;
  }
  return false;
}

// Could this line, inside a value, be the next entry? "@article{key," or a known type.
bool begins_next_entry(std::string_view line) {
  const Head head = entry_head(line);
  if (head.length == 0) return false;
  const std::string_view rest = scan::trim_right(line.substr(head.length));
  return is_known_type(head.type) || (rest.ends_with(',') && rest.find_first_of(" {}=\"") == std::string_view::npos);
}

class BibtexReader final : public LineRecordReader {
 public:
  BibtexReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  enum class State { outside, entry, comment };

  void line(std::string_view text, std::uint64_t number) override {
    if (state_ == State::outside) text = scan::without_mark(text);
    if (state_ == State::entry && begins_next_entry(indent_free(text))) {
      finish_entry(BibtexEnd::missing, number);
      state_ = State::outside;
    }
    take(text, number);
  }

  void end() override {
    if (state_ == State::comment) replay();
    if (state_ == State::entry) finish_entry(BibtexEnd::missing, 0);
  }

  // Between the fields of an entry an indented "@article{" is the next one too; inside a value only an unindented.
  [[nodiscard]] std::string_view indent_free(std::string_view text) const { return depth_ <= 1 ? scan::trim_left(text) : text; }

  void take(std::string_view text, std::uint64_t number) {
    for (;;) {
      if (state_ == State::outside) {
        text = scan::trim_left(text);
        if (!pending_.empty() && !text.empty()) {  // "@article" and, in this line, "{key,"
          const std::string joined = std::exchange(pending_, {}) + std::string(text);
          if (entry_head(joined).length > 0) {
            take(joined, pending_line_);
            return;
          }
        }
        if (entry_head(text).length == 0) {
          hold_name(text, number);
          return;
        }
        if (replaying_ && equals_ignoring_case(entry_head(text).type, "comment")) return;
        begin_state(text, number);
      }
      const std::size_t closed = scan_to_end(text);
      buffer_.append(text.substr(0, closed));
      if (!ended_) {
        buffer_ += '\n';
        if (state_ == State::comment && buffer_.size() > kMaxCommentBytes) replay();
        if (state_ == State::entry && buffer_.size() > kMaxRecordBytes) {
          report(line_, Severity::warning, "too-long", "This entry is longer than a record may be; it was read as far as it went.");
          finish_entry(BibtexEnd::missing, number);
        }
        return;
      }
      if (state_ == State::entry) finish_entry(BibtexEnd::found, 0);
      state_ = State::outside;
      text.remove_prefix(closed);
    }
  }

  void hold_name(std::string_view text, std::uint64_t number) {
    text = scan::trim_right(text);
    if (text.size() < 2 || text.front() != '@' || !is_known_type(text.substr(1))) return;
    pending_ = text;
    pending_line_ = number;
  }

  void begin_state(std::string_view text, std::uint64_t number) {
    const Head head = entry_head(text);
    state_ = equals_ignoring_case(head.type, "comment") ? State::comment : State::entry;
    delimiter_ = head.delimiter;
    depth_ = 0;
    quoted_ = false;
    buffer_.clear();
    line_ = number;
    opened_ = false;
  }

  // How much of the line belongs to the entry; ended_ if its closing delimiter is in it. Braces count everywhere, as
  // in BibTeX itself; in @type( ... ) the bracket that closes stands outside braces and quotes.
  std::size_t scan_to_end(std::string_view text) {
    ended_ = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (!opened_) {
        if (c == delimiter_) {
          opened_ = true;
          depth_ = 1;
        }
        continue;
      }
      if (c == '{') ++depth_;
      if (c == '"' && depth_ == 1 && delimiter_ == '(') quoted_ = !quoted_;
      const bool closes = delimiter_ == '(' ? c == ')' && depth_ == 1 && !quoted_ : c == '}' && depth_ == 1;
      if (closes) {
        ended_ = true;
        return i + 1;
      }
      if (c == '}' && depth_ > 1) --depth_;
    }
    return text.size();
  }

  // A comment that is not closed hid entries: its lines are read again, and no comment among them is believed.
  void replay() {
    const std::string text = std::move(buffer_);
    buffer_.clear();
    state_ = State::outside;
    report(line_, Severity::warning, "unterminated-entry", "A comment that begins in this line is never closed; what follows it was read all the same.");
    replaying_ = true;
    scan::Lines lines(text);
    std::string_view each;
    const std::uint64_t first = line_;
    while (lines.next(each)) {
      if (lines.number() > 1) line(each, first + lines.number() - 1);
    }
    replaying_ = false;
  }

  void finish_entry(BibtexEnd end, std::uint64_t next_line) {
    const std::string text = std::move(buffer_);
    buffer_.clear();
    state_ = State::outside;
    depth_ = 0;
    const BibtexEntry entry = parse_bibtex_entry(text, end, macros_);
    if (entry.type == "string") {
      keep_macros(entry);
      return;
    }
    if (entry.type == "preamble" || entry.type == "control" || entry.type == "settings") return;
    const bool data_only = entry.type == "xdata" || entry.type == "set";
    if (data_only && entry.fields.count("title") == 0) return;
    if (!entry.complaint.empty()) complain(entry, next_line);
    deliver(paper_of(entry));
  }

  void complain(const BibtexEntry& entry, std::uint64_t next_line) {
    const std::string name = entry.key.empty() ? std::string("without a key") : fmt::format("\"{}\"", entry.key);
    std::string where;
    if (next_line > 0) where = fmt::format(" before the next entry begins in line {}", next_line);
    report(line_ + entry.complaint_line, Severity::warning, "unterminated-entry",
           fmt::format("Entry {} is broken: {}{}. What could be read of it was kept.", clean(name, Markup::plain), entry.complaint, where));
  }

  void keep_macros(const BibtexEntry& entry) {
    for (const auto& [name, value] : entry.fields) {
      if (macros_.size() >= kMaxMacros || macro_bytes_ + value.size() > kMaxMacroBytes) {
        report(line_, Severity::warning, "too-long", "More abbreviations are defined than any bibliography needs; this one is left as it is.");
        return;
      }
      macro_bytes_ += value.size();
      macros_[name] = value;
    }
  }

  static std::string_view field(const BibtexEntry& entry, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
      const auto found = entry.fields.find(std::string(name));
      if (found != entry.fields.end() && !trim(found->second).empty()) return trim(found->second);
    }
    return {};
  }

  static std::string text(std::string_view raw, Paragraphs paragraphs = Paragraphs::join) {
    return clean(raw, Markup::html_and_latex, paragraphs);
  }

  Paper paper_of(const BibtexEntry& entry) const {
    Paper paper = new_paper(line_);
    paper.title = text(field(entry, {"title"}));
    add_subtitle(paper.title, text(field(entry, {"subtitle"})));
    if (paper.title.empty() && is_whole_work(entry.type)) paper.title = text(field(entry, {"booktitle", "maintitle"}));
    const std::string_view abstract = field(entry, {"abstract", "abstractnote", "abstracts"});
    if (!scan::says_nothing(abstract)) paper.abstract = text(abstract, Paragraphs::keep);
    add_authors(paper, field(entry, {"author", "authors"}));
    paper.date = date_of(entry);
    const std::string_view venue = field(entry, {"journal", "journaltitle", "booktitle"});
    paper.venue = journal_of_macro(venue);
    if (paper.venue.empty()) paper.venue = text(venue);
    if (paper.venue == paper.title) paper.venue.clear();
    identifiers(paper, entry);
    return paper;
  }

  static bool is_whole_work(std::string_view type) {
    return type.ends_with("book") || type.ends_with("proceedings") || type.ends_with("collection") || type.ends_with("reference");
  }

  // What one pair of braces holds together; the text as it is where they are not around all of it.
  static std::string_view inside_braces(std::string_view name) {
    if (name.size() < 2 || name.front() != '{' || name.back() != '}') return name;
    const std::string_view inside = name.substr(1, name.size() - 2);
    std::size_t depth = 0;
    for (std::size_t i = 0; i < inside.size(); ++i) {
      if (inside[i] == '\\') {
        ++i;
      } else if (inside[i] == '{') {
        ++depth;
      } else if (inside[i] == '}' && depth-- == 0) {
        return name;
      }
    }
    return inside;
  }

  // Names between " and "s that stand outside braces.
  static void add_authors(Paper& paper, std::string_view raw) {
    std::size_t depth = 0, first = 0;
    const auto add = [&](std::string_view name) {
      name = trim(name);
      const std::string_view inside = inside_braces(name);
      const bool as_it_stands = inside.size() < name.size();
      std::string cleaned = text(inside);
      if (as_it_stands && !cleaned.empty()) return paper.authors.push_back(std::move(cleaned));
      while (!cleaned.empty() && (cleaned.back() == ',' || cleaned.back() == ';')) cleaned.pop_back();
      if (!cleaned.empty() && !equals_ignoring_case(cleaned, "others")) paper.authors.push_back(std::move(cleaned));
    };
    for (std::size_t i = 0; i < raw.size(); ++i) {
      if (raw[i] == '{') ++depth;
      if (raw[i] == '}' && depth > 0) --depth;
      if (depth > 0 || !is_blank(raw[i]) || i + 4 >= raw.size() || !is_blank(raw[i + 4])) continue;
      if (!equals_ignoring_case(raw.substr(i + 1, 3), "and")) continue;
      add(raw.substr(first, i - first));
      first = i + 5;
      i += 3;
    }
    add(raw.substr(std::min(first, raw.size())));
  }

  static std::string date_of(const BibtexEntry& entry) {
    const std::string_view date = field(entry, {"date"});
    if (digits_at(date, 0) == 4) {  // "2020-05-01/2020-06"
      const std::string_view first = date.substr(0, date.find('/'));
      const std::string_view month = first.size() > 5 ? first.substr(5, 2) : std::string_view{};
      return scan::date_of_parts(first.substr(0, 4), month, first.size() > 8 ? first.substr(8, 2) : std::string_view{});
    }
    const std::string year = text(field(entry, {"year", "date"}));
    std::string month = text(field(entry, {"month"}));
    std::string day = text(field(entry, {"day"}));
    for (std::size_t i = 0; i < month.size(); ++i) {  // "10~jan", "Jan. 10", "jan" # "~10"
      const bool next_to_letter = (i > 0 && is_letter(month[i - 1])) || (i + 1 < month.size() && is_letter(month[i + 1]));
      if (!is_alnum(month[i]) && !next_to_letter) month[i] = ' ';
    }
    if (scan::month_number(month) == 0) {
      const std::size_t letter = month.find_first_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
      if (letter != std::string::npos) {
        if (day.empty()) day = month.substr(0, digits_at(month, 0));
        month.erase(0, letter);
      }
    } else if (day.empty()) {
      const std::size_t digit = month.find_first_of("0123456789");
      if (digit != std::string::npos && digit > 0) day = month.substr(digit, digits_at(month, digit));
    }
    return scan::date_of_parts(year, month, day);
  }

  static void identifiers(Paper& paper, const BibtexEntry& entry) {
    if (!entry.key.empty()) paper.ids["source"] = clean(entry.key, Markup::plain);
    std::string doi_text(field(entry, {"doi"}));
    std::erase(doi_text, '\\');
    if (const std::string_view doi = find_doi(doi_text); !doi.empty()) paper.ids["doi"] = doi;
    const std::string_view pmid = field(entry, {"pmid", "pubmed", "pubmedid"});
    if (const std::size_t n = digits_at(pmid, 0); n > 0 && n == pmid.size()) paper.ids["pmid"] = pmid;
    eprint(paper, entry);
    for (const std::string_view name : {"url", "link", "ee", "howpublished", "bdsk-url-1", "note"}) {
      std::string value(field(entry, {name}));
      std::erase(value, '\\');
      add_url(paper, scan::find_url(value));
      if (name == std::string_view("bdsk-url-1") && !paper.urls.empty()) break;
    }
    if (paper.ids.count("arxiv") > 0 && equals_ignoring_case(field(entry, {"archiveprefix", "eprinttype"}), "arxiv")) {
      const std::string_view category = field(entry, {"primaryclass", "eprintclass"});
      if (!category.empty()) add_category(paper, category);
    }
    add_keywords(paper, field(entry, {"keywords"}));
  }

  // eprint with its archive; else what DBLP ("CoRR", "abs/1706.03762") and Google Scholar ("arXiv preprint
  // arXiv:1706.03762") write into journal and volume.
  static void eprint(Paper& paper, const BibtexEntry& entry) {
    const std::string_view archive = field(entry, {"archiveprefix", "eprinttype"});
    std::string_view id = field(entry, {"eprint"});
    if (starts_ignoring_case(id, "arxiv:")) id = trim(id.substr(6));
    if (!id.empty() && (archive.empty() || starts_ignoring_case(archive, "arxiv")) && !scan::find_arxiv_id(id).empty()) {
      paper.ids["arxiv"] = scan::find_arxiv_id(id);
    } else if (!id.empty() && starts_ignoring_case(archive, "pubmed") && digits_at(id, 0) == id.size()) {
      paper.ids["pmid"] = id;
    }
    if (paper.ids.count("arxiv") > 0) return;
    for (const std::string_view name : {"arxivid", "arxiv", "arxiv_id"}) {
      if (const std::string_view found = scan::find_arxiv_id(field(entry, {name})); !found.empty()) paper.ids["arxiv"] = found;
    }
    const std::string_view volume = field(entry, {"volume"});
    if (starts_ignoring_case(volume, "abs/") && scan::is_arxiv_id(volume.substr(4))) paper.ids["arxiv"] = volume.substr(4);
    const std::string_view journal = field(entry, {"journal", "journaltitle"});
    if (find_ignoring_case(journal, "arxiv") != std::string_view::npos && paper.ids.count("arxiv") == 0) {
      if (const std::string_view found = scan::find_arxiv_id(journal); !found.empty()) paper.ids["arxiv"] = found;
    }
  }

  State state_ = State::outside;
  std::string buffer_;
  std::string pending_;
  std::uint64_t pending_line_ = 0;
  std::uint64_t line_ = 0;
  std::size_t depth_ = 0;
  char delimiter_ = '{';
  bool opened_ = false;
  bool quoted_ = false;
  bool ended_ = false;
  bool replaying_ = false;
  BibtexMacros macros_;
  std::size_t macro_bytes_ = 0;
};

Recognition recognise(std::string_view head) {
  scan::Lines lines(head);
  std::string_view line;
  std::size_t first = 0, entries = 0, text = 0, first_text = 0;
  bool fenced = false;
  while (lines.next(line)) {
    line = trim(scan::without_mark(line));
    if (line.empty() || line.starts_with('%')) continue;
    const Head found = entry_head(line);
    if (found.length > 0 && is_known_type(found.type)) {
      ++entries;
      if (first == 0) first = lines.number();
      if (first_text == 0 && text == 0) return {96, fmt::format("line {} is @{}{}", first, found.type, found.delimiter)};
    } else if (first == 0) {
      ++text;
      if (line.starts_with("```") || line.starts_with('#') || line.starts_with('<')) fenced = true;
      if (line.front() == '@' && is_known_type(line.substr(1))) return {90, fmt::format("line {} is {}", lines.number(), line)};
      if (found.length > 0 && text == 1) return {70, fmt::format("line {} is @{}{}", lines.number(), found.type, found.delimiter)};
    }
  }
  if (entries == 0) return {};
  if (fenced) return {30, fmt::format("line {} is a BibTeX entry inside other text", first)};
  return {entries > 1 ? 85 : 60, fmt::format("line {} is the first of {} BibTeX entries after some text", first, entries)};
}

}  // namespace

const Format kBibtexFormat{"bibtex", "BibTeX or BibLaTeX bibliography", {"bib", "bibtex"}, recognise, make_reader<BibtexReader>};

}  // namespace digest::ingest
