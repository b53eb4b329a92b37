// SPDX-License-Identifier: MIT
// PubMed's "Abstract (text)": numbered records of blocks between empty lines: citation, title, authors, blocks with a
// name, the abstract, and last "PMID: 12345678".
#include <fmt/format.h>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

// "12. " or "12: " at the start of a line: the number, and what follows.
struct Numbered {
  std::uint64_t number = 0;
  std::string_view rest;
};

Numbered numbered(std::string_view line) {
  const std::size_t digits = digits_at(line, 0);
  if (digits == 0 || digits > 6 || line.size() < digits + 3) return {};
  if ((line[digits] != '.' && line[digits] != ':') || line[digits + 1] != ' ') return {};
  Numbered out;
  for (std::size_t i = 0; i < digits; ++i) out.number = out.number * 10 + static_cast<std::uint64_t>(line[i] - '0');
  out.rest = trim(line.substr(digits + 2));
  return out;
}

bool holds_year(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t n = digits_at(text, at);
    if (n == 4 && (text.substr(at, 2) == "19" || text.substr(at, 2) == "20")) return true;
    at += std::max<std::size_t>(n, 1);
  }
  return false;
}

bool is_citation(std::string_view text) {
  return holds_year(text) && (text.find(". ") != std::string_view::npos || text.find(';') != std::string_view::npos);
}

bool is_named_block(std::string_view block) {
  for (const std::string_view name :
       {"Author information:", "Collaborators:", "Comment in", "Comment on", "Erratum in", "Erratum for", "Update in", "Update of",
        "Republished in", "Republished from", "Corrected and republished", "Retraction in", "Retraction of", "Retracted and republished",
        "Expression of concern", "Original report in", "Summary for patients in", "Associated data", "Conflict of interest statement:",
        "Copyright", "\xC2\xA9", "(c) ", "(C) ", "Published by", "DOI:", "PMCID:", "PMID:", "Free PMC", "Investigators:", "Partial retraction",
        "Plain Language Summary:", "Publisher:", "Reprint in", "Reprint of", "Preprint of", "Dataset described in", "[Indexed for", "[Article in"}) {
    if (starts_ignoring_case(block, name)) return true;
  }
  return false;
}

// "Beads Investigators", "BEADS Study Group": many hands, after the names of a few.
bool names_a_group(std::string_view last_word) {
  for (const std::string_view word : {"Group", "Investigators", "Consortium", "Collaborators", "Collaboration", "Team", "Network", "Committee", "Initiative", "Workgroup", "Authors", "Trialists"}) {
    if (last_word == word) return true;
  }
  return false;
}

// "Nonomura K(1), Woo SH(1)(2), O'Neil de la Cruz J Jr." : most items end in initials.
bool is_author_block(std::string_view block) {
  std::size_t names = 0, items = 0;
  for (std::size_t at = 0; at <= block.size();) {
    const std::size_t end = std::min(block.find_first_of(",;", at), block.size());
    std::string_view item = trim(block.substr(at, end - at));
    if (item.size() > 200) return false;  // no name
    while (!item.empty() && (item.back() == '.' || item.back() == ')' || is_blank(item.back()))) {
      if (item.back() == ')') item = item.substr(0, std::min(item.rfind('('), item.size() - 1));
      else item.remove_suffix(1);
    }
    for (const std::string_view suffix : {" Jr", " Sr", " 2nd", " 3rd", " II", " III", " IV"}) {
      if (item.ends_with(suffix)) item.remove_suffix(suffix.size());
    }
    const std::size_t blank = item.find_last_of(" \n");
    if (!item.empty()) ++items;
    if (blank != std::string_view::npos && names_a_group(item.substr(blank + 1))) ++names;
    if (blank != std::string_view::npos && item.size() - blank <= 5) {
      const std::string_view initials = item.substr(blank + 1);
      bool capitals = !initials.empty();
      for (const char c : initials) capitals = capitals && !is_lower(c) && !is_digit(c);
      if (capitals) ++names;
    }
    at = end + 1;
  }
  return items > 0 && names * 10 >= items * 6;
}

class PubmedTextReader final : public LineRecordReader {
 public:
  PubmedTextReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  void line(std::string_view text, std::uint64_t number) override {
    text = scan::without_mark(scan::trim_right(text));
    if (text.empty()) {
      block();
      return;
    }
    if (block_.empty()) {
      const Numbered found = numbered(text);
      if (found.number > 0 && begins_record(found)) {
        close();
        open_ = true;
        line_ = number;
        number_ = found.number;
        paper_ = new_paper(number);
        text = found.rest;
      }
    }
    if (!open_ || block_.size() + text.size() > kMaxFieldBytes) return;
    if (!block_.empty()) block_ += '\n';
    block_ += text;
  }

  void end() override {
    block();
    close();
  }

  bool begins_record(const Numbered& found) const {
    if (!open_) return is_citation(found.rest) || found.number == 1;
    if (seen_pmid_) return found.number == number_ + 1 || is_citation(found.rest);
    return found.number == number_ + 1 && is_citation(found.rest);
  }

  // A block is complete: what is it?
  void block() {
    if (block_.empty()) return;
    const std::string_view text = block_;
    last_lines(text);
    ++blocks_;
    if (blocks_ == 1) {
      citation(text);
      summary(text);
    } else if (is_named_block(text)) {
      // not the abstract
    } else if (paper_.title.empty()) {
      paper_.title = field_text(text);
    } else if (paper_.authors.empty() && abstract_.empty() && is_author_block(text)) {
      authors(text);
    } else if (abstract_.size() + text.size() <= kMaxFieldBytes && !is_label_only(text)) {
      if (!abstract_.empty()) abstract_ += "\n\n";
      abstract_ += text;
    }
    block_.clear();
  }

  static bool is_label_only(std::string_view text) { return text.starts_with('[') && text.ends_with(']'); }

  void last_lines(std::string_view text) {
    scan::Lines lines(text);
    std::string_view line;
    while (lines.next(line)) {
      if (line.starts_with("PMID: ") || line.starts_with("PMID:")) {
        const std::string_view rest = trim(line.substr(5));
        if (const std::size_t n = digits_at(rest, 0); n > 0) {
          paper_.ids["pmid"] = rest.substr(0, n);
          seen_pmid_ = true;
        }
      } else if (line.starts_with("DOI:")) {
        if (const std::string_view doi = find_doi(line); !doi.empty()) paper_.ids["doi"] = doi;
      }
    }
  }

  // "Nature. 2017 Jan 12;541(7636):176-181. doi: 10.1038/nature20793. Epub 2016 Dec\n21."
  void citation(std::string_view text) {
    if (const std::size_t doi = find_ignoring_case(text, "doi:"); doi != std::string_view::npos) {
      if (const std::string_view found = find_doi(text.substr(doi)); !found.empty()) paper_.ids["doi"] = found;
    }
    for (std::size_t dot = text.find(". "); dot != std::string_view::npos; dot = text.find(". ", dot + 1)) {
      const std::string_view rest = text.substr(dot + 2);
      if (digits_at(rest, 0) != 4) continue;
      paper_.venue = field_text(text.substr(0, dot));
      const std::string_view date = rest.substr(0, rest.find_first_of(";.:"));
      const std::size_t month = date.find(' ');
      const std::string_view after = month == std::string_view::npos ? std::string_view{} : date.substr(month + 1);
      const std::size_t day = after.find_first_of(" -");
      const bool range = day != std::string_view::npos && after[day] == '-';
      paper_.date = scan::date_of_parts(date.substr(0, 4), after.substr(0, day),
                                        day == std::string_view::npos || range ? std::string_view{} : after.substr(day + 1));
      return;
    }
  }

  // PubMed's "Summary (text)" says it all in one block: "Example A, Other B. Title. J Beads. 2025 Jan;1:1. doi: ... PMID: 1."
  void summary(std::string_view block) {
    const std::size_t mark = block.find("PMID:");
    const std::size_t digit = mark == std::string_view::npos ? mark : block.find_first_not_of(" \n", mark + 5);
    if (digit == std::string_view::npos || digits_at(block, digit) == 0) return;
    std::string text(block);
    std::replace(text.begin(), text.end(), '\n', ' ');
    std::size_t year = text.find(". ");  // where the journal's name ends
    while (year != std::string::npos && digits_at(text, year + 2) != 4) year = text.find(". ", year + 1);
    if (year == std::string::npos) return;
    paper_.ids["pmid"] = text.substr(digit, digits_at(text, digit));
    seen_pmid_ = true;
    const std::size_t journal = text.find_last_of(".?!]", year - 1);
    if (journal == std::string::npos) return;
    std::string_view before = std::string_view(text).substr(0, journal + 1);
    const std::size_t names = before.find(". ");
    if (names != std::string_view::npos && is_author_block(before.substr(0, names))) {
      authors(before.substr(0, names));
      before.remove_prefix(names + 2);
    }
    paper_.title = field_text(before);
    paper_.venue = field_text(std::string_view(text).substr(journal + 1, year - journal - 1));
  }

  // Numbers of institutions in brackets go, names between commas stay.
  void authors(std::string_view text) {
    std::string names;
    int depth = 0;
    for (const char c : text) {
      if (c == '(') ++depth;
      if (depth == 0) names += c == ',' ? ';' : c;
      if (c == ')' && depth > 0) --depth;
    }
    while (!names.empty() && (names.back() == '.' || is_blank(names.back()))) names.pop_back();
    paper_.authors = author_names({names});
  }

  void close() {
    block();
    if (open_) {
      paper_.abstract = field_text(abstract_, Markup::html, Paragraphs::keep);
      if (auto it = paper_.ids.find("pmid"); it != paper_.ids.end()) {
        add_url(paper_, fmt::format("https://pubmed.ncbi.nlm.nih.gov/{}/", it->second));
      } else {
        report(line_, Severity::note, "no-pmid", "This record has no PMID line at its end; it may be cut short.");
      }
      deliver(std::move(paper_));
    }
    paper_ = {};
    abstract_.clear();
    blocks_ = 0;
    open_ = seen_pmid_ = false;
  }

  Paper paper_;
  std::string block_;
  std::string abstract_;
  std::uint64_t line_ = 0;
  std::uint64_t number_ = 0;
  std::size_t blocks_ = 0;
  bool open_ = false;
  bool seen_pmid_ = false;
};

Recognition recognise(std::string_view head) {
  scan::Lines lines(head);
  std::string_view line;
  std::size_t first = 0, last = 0, begun = 0, summaries = 0;
  bool blank = true;
  while (lines.next(line)) {
    line = scan::trim_right(scan::without_mark(line));
    if (blank) begun = numbered(line).number > 0 ? lines.number() : 0;
    const std::size_t pmid = line.find("PMID: ");
    if (begun > 0 && pmid != std::string_view::npos && pmid > 0 && digits_at(line, pmid + 6) > 0) ++summaries;
    if (blank && first == 0 && numbered(line).number > 0 && is_citation(numbered(line).rest)) first = lines.number();
    if (first > 0 && last == 0 && line.starts_with("PMID:") && digits_at(trim(line.substr(5)), 0) > 0) last = lines.number();
    blank = line.empty();
  }
  if (first > 0 && last > 0) return {94, fmt::format("line {} is a numbered citation, line {} its PMID", first, last)};
  if (summaries > 0) return {summaries > 1 ? 93 : 75, fmt::format("{} numbered paragraphs end in a PMID", summaries)};
  return {};
}

}  // namespace

const Format kPubmedTextFormat{"pubmed-text", "PubMed abstracts as text", {"txt"}, recognise, make_reader<PubmedTextReader>};

}  // namespace digest::ingest
