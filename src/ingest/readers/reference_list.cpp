// SPDX-License-Identifier: MIT
// Bibliographies as they are printed: numbered or not, in the styles of IEEE, APA, ACM, Vancouver, Nature and their
// kin; and LaTeX's own (\bibitem, as BibTeX writes .bbl files). References end at an empty line, a mark, or a line that
// begins further out.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "ingest/readers.hpp"
#include "ingest/readers/reference_parts.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/tagged.hpp"

namespace digest::ingest {
namespace {

constexpr std::size_t kMostEntry = 16U << 10;  // bytes: the names of a collaboration, a title and its place
constexpr int kMostLines = 60;                 // of an entry: looked at whole for each of its lines

bool is_heading(std::string_view text) {
  while (!text.empty() && std::string_view("#*: ").find(text.front()) != std::string_view::npos) text.remove_prefix(1);
  while (!text.empty() && std::string_view("#*: ").find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  for (const std::string_view word : {"references", "bibliography", "works cited", "literature", "literature cited", "publications", "reading list"}) {
    if (equals_ignoring_case(text, word)) return true;
  }
  return false;
}

// Titles and venues in italics, where the bibliography is Markdown.
std::string plain_text(std::string_view entry) { return clean(entry, entry.find('*') != std::string_view::npos ? Markup::markdown : Markup::plain); }

// Puts the lines of a reference together.
class EntryLines {
 public:
  // Does this line begin a new reference?
  [[nodiscard]] bool begins(std::string_view line) const {
    if (scan::is_empty_line(line) || text_.empty() || lines_ > kMostLines) return true;
    if (line.starts_with("\\bibitem") || line.starts_with("\\end{")) return true;
    if (latex_ || is_blank(line.front())) return false;
    if (is_heading(text_)) return true;
    if (reference_mark(line) > 0) return marked_ || parse_reference(text_);
    if (marked_) return false;
    if (!parse_reference(text_)) return text_.ends_with('.') && parse_reference(line);  // behind what is no reference
    const bool complete = text_.ends_with('.') && !is_lower(line.front()) && !is_digit(line.front());
    return hangs_ || complete || parse_reference(line);  // all lines but the first are further in; or one a line
  }
  void begin(std::string_view line, std::uint64_t number) {
    latex_ = line.starts_with("\\bibitem");
    hangs_ = false;
    lines_ = 1;
    const std::string_view bare = scan::trim_left(line);
    const std::size_t mark = latex_ ? 0 : reference_mark(bare);
    marked_ = mark > 0;
    text_ = trim(bare.substr(mark));
    number_ = number;
  }
  void append(std::string_view line) {
    hangs_ = hangs_ || is_blank(line.front());
    ++lines_;
    line = trim(line);
    if (text_.size() + line.size() > kMostEntry) return;
    const bool broken_word = text_.size() > 1 && text_.ends_with('-') && is_letter(text_[text_.size() - 2]) && !line.empty() && is_lower(line.front()) && !latex_;
    if (broken_word) text_.pop_back(); else if (!text_.empty()) text_ += ' ';
    text_ += line;
  }
  void clear() { text_.clear(), marked_ = latex_ = false; }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::uint64_t number() const { return number_; }
  [[nodiscard]] bool marked() const { return marked_; }
  [[nodiscard]] bool latex() const { return latex_; }

 private:
  std::string text_;
  std::uint64_t number_ = 0;
  int lines_ = 0;
  bool marked_ = false, latex_ = false, hangs_ = false;
};

// "\bibitem[Doe(2024)]{doe24} Names. \newblock Title. \newblock Venue, 2024.": what stands between the newblocks.
std::vector<std::string> latex_parts(std::string_view entry) {
  std::size_t at = std::string_view("\\bibitem").size();
  if (entry.substr(at).starts_with('[')) {
    int depth = 0;
    for (; at < entry.size(); ++at) {
      if (entry[at] == '{') ++depth;
      if (entry[at] == '}') --depth;
      if (entry[at] == ']' && depth <= 0) break;
    }
    at = std::min(at + 1, entry.size());
  }
  if (const std::size_t key = entry.find('{', at); key != std::string_view::npos) at = std::min(entry.find('}', key), entry.size() - 1) + 1;
  std::vector<std::string> parts;
  constexpr std::string_view kPart = "\\newblock";
  for (std::string_view rest = entry.substr(std::min(at, entry.size()));;) {
    const std::size_t end = rest.find(kPart);
    parts.push_back(clean(rest.substr(0, end), Markup::latex));
    if (end == std::string_view::npos) return parts;
    rest.remove_prefix(end + kPart.size());
  }
}

class ReferenceReader final : public LineRecordReader {
 public:
  ReferenceReader(ReaderContext context, PaperSink& sink) : LineRecordReader(std::move(context), sink) {}

 private:
  void line(std::string_view raw, std::uint64_t number) override {
    const std::string_view text = scan::trim_right(scan::without_mark(raw));
    if (!entry_.begins(text)) return entry_.append(text);
    finish_entry();
    if (!text.empty() && !text.starts_with("\\end{") && !text.starts_with("\\begin{")) entry_.begin(text, number);
  }

  void end() override {
    finish_entry();
    if (papers_ > 0) report(0, Severity::note, "no-abstract", "References carry no abstracts; the papers are found by title only.");
  }

  void finish_entry() {
    if (entry_.text().empty()) return;
    if (entry_.latex()) {
      read_latex(latex_parts(entry_.text()));
    } else {
      const std::string text = plain_text(entry_.text());
      if (const auto found = parse_reference(text)) {
        emit(text, *found);
      } else {
        if (!is_heading(text)) left_out(text);
      }
    }
    entry_.clear();
  }

  void read_latex(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : " ") + part;
    const auto found = parse_reference(text);
    if (parts.size() < 2) return found ? emit(text, *found) : left_out(text);
    const auto without_end = [](std::string_view part) { return part.substr(0, part.find_last_not_of(".,") + 1); };
    std::string rest;
    for (std::size_t i = 2; i < parts.size(); ++i) rest += (rest.empty() ? "" : " ") + parts[i];
    const bool initial = parts[0].size() > 2 && parts[0].ends_with('.') && is_upper(parts[0][parts[0].size() - 2]);
    emit(text, {initial ? std::string_view(parts[0]) : without_end(parts[0]), without_end(parts[1]), reference_venue(rest), reference_year(text)});
  }

  void emit(const std::string& text, const Reference& found) {
    Paper paper = new_paper(entry_.number());
    set_reference(paper, text, found);
    ++papers_;
    deliver(std::move(paper));
  }

  void left_out(std::string_view text) {
    report(entry_.number(), Severity::note, "no-reference", fmt::format("\"{}\" has not the shape of a reference; it was left out.", beginning(text, 60)));
  }

  EntryLines entry_;
  std::uint64_t papers_ = 0;
};

// Nearly all entries must be references: a text that cites is none.
Recognition recognise(std::string_view head) {
  if (head.find("\\bibitem") != std::string_view::npos && head.find("\\begin{thebibliography}") != std::string_view::npos) return {84, "LaTeX's \\bibitem"};
  const std::string_view first = trim(head.substr(0, 1024));
  if (first.empty() || std::string_view("<{@%").find(first.front()) != std::string_view::npos) return {};
  EntryLines entry;
  std::size_t references = 0, others = 0;
  std::uint64_t number = 0;
  const auto close = [&] {
    if (entry.text().empty()) return;
    const bool heading = !entry.marked() && entry.text().size() < 40;
    if (parse_reference(plain_text(entry.text()))) ++references; else others += heading ? 0 : 1;
    entry.clear();
  };
  for (scan::Lines lines(head); ;) {
    std::string_view line;
    if (!lines.next(line)) break;
    ++number;
    line = scan::trim_right(line);
    if (!entry.begins(line)) {
      entry.append(line);
      continue;
    }
    close();
    if (!line.empty()) entry.begin(line, number);
    if (others > 8 && others > references) return {};
  }
  close();
  if (references < 2 || others * 3 > references) return {};
  return {references >= 3 ? 70 : 45, fmt::format("{} of {} entries are references: names, title and year", references, references + others)};
}

}  // namespace

const Format kReferenceListFormat{"references", "printed bibliography: references in the styles of IEEE, APA, ACM, Vancouver, Nature; LaTeX's \\bibitem", {"bbl"}, recognise, make_reader<ReferenceReader>};

}  // namespace digest::ingest
