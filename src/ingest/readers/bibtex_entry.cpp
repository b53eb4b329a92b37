// SPDX-License-Identifier: MIT
#include "ingest/readers/bibtex_entry.hpp"

#include <algorithm>

#include "ingest/readers/scan.hpp"

namespace digest::ingest {
namespace {

constexpr std::size_t kMaxValueBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxFields = 1000;
// Abbreviations of abbreviations double with every step; those of one real entry are the name of a journal and a month.
constexpr std::size_t kMaxExpandedBytes = std::size_t{64} << 10;

bool is_name_char(char c) {
  return !is_blank(c) && static_cast<unsigned char>(c) >= 0x20 && std::string_view("\"#%'(),={}@").find(c) == std::string_view::npos;
}

class EntryParser {
 public:
  EntryParser(std::string_view text, const BibtexMacros& macros) : text_(text), macros_(macros) {}

  BibtexEntry parse() {
    BibtexEntry entry;
    ++at_;  // '@'
    entry.type = lower_case(name());
    blanks();
    ++at_;  // the opening delimiter
    key(entry);
    while (entry.complaint.empty() && !done()) field(entry);
    return entry;
  }

 private:
  [[nodiscard]] bool ended() const { return at_ >= text_.size(); }
  [[nodiscard]] char here() const { return ended() ? '\0' : text_[at_]; }
  void blanks() {
    while (!ended() && is_blank(text_[at_])) ++at_;
  }
  std::string_view name() {
    const std::size_t first = at_;
    while (!ended() && is_name_char(text_[at_])) ++at_;
    return text_.substr(first, at_ - first);
  }
  void complain(BibtexEntry& entry, std::string_view what) {
    entry.complaint = what;
    entry.complaint_line = static_cast<std::size_t>(std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(std::min(at_, text_.size())), '\n'));
  }

  void key(BibtexEntry& entry) {
    blanks();
    const std::size_t first = at_;
    const std::size_t end = std::min(text_.find_first_of(",=\"{}\n", at_), text_.size());
    if (end < text_.size() && (text_[end] == '=' || text_[end] == '"' || text_[end] == '{')) return;  // no key, the first field
    entry.key = trim(text_.substr(first, end - first));
    if (entry.key.ends_with(')')) entry.key.pop_back();
    at_ = end;
    blanks();
    if (here() == ',') ++at_;
  }

  // Past commas and blanks: is this the end of the entry?
  bool done() {
    while (!ended() && (is_blank(text_[at_]) || text_[at_] == ',')) ++at_;
    return ended() || text_[at_] == '}' || (text_[at_] == ')' && trim(text_.substr(at_)).size() == 1);
  }

  void field(BibtexEntry& entry) {
    if (here() == '%') {  // not BibTeX, but people write it
      at_ = std::min(text_.find('\n', at_), text_.size());
      return;
    }
    const std::string field_name = lower_case(name());
    blanks();
    if (field_name.empty() || here() != '=') {
      complain(entry, "a field name and '=' were expected");
      return;
    }
    ++at_;
    std::string value;
    if (!concatenation(entry, value)) return;
    if (entry.fields.size() >= kMaxFields) return complain(entry, "it has more than 1,000 fields");
    std::string& slot = entry.fields[field_name];
    if (slot.empty()) slot = std::move(value);
  }

  // a # "b" # {c}
  bool concatenation(BibtexEntry& entry, std::string& value) {
    for (;;) {
      blanks();
      if (!one_value(entry, value)) return false;
      blanks();
      if (here() != '#') return true;
      ++at_;
    }
  }

  bool one_value(BibtexEntry& entry, std::string& value) {
    if (here() == '{' || here() == '"') {
      const std::size_t end = here() == '{' ? closing_brace() : closing_quote();
      if (end == std::string_view::npos) {
        complain(entry, here() == '{' ? "a value's '{' is never closed" : "a value's '\"' is never closed");
        return false;
      }
      add(value, text_.substr(at_ + 1, end - at_ - 1));
      at_ = end + 1;
      return true;
    }
    const std::string_view word = name();
    if (word.empty()) {
      complain(entry, "a value was expected after '='");
      return false;
    }
    const auto macro = macros_.find(lower_case(word));
    if (macro == macros_.end()) {
      add(value, word);
      return true;
    }
    expanded_ += macro->second.size();
    if (expanded_ > kMaxExpandedBytes) {
      complain(entry, "its abbreviations stand for more than 64 KiB");
      return false;
    }
    add(value, macro->second);
    return true;
  }

  static void add(std::string& value, std::string_view more) { value += more.substr(0, kMaxValueBytes - std::min(kMaxValueBytes, value.size())); }

  [[nodiscard]] std::size_t closing_brace() const {
    std::size_t depth = 0;
    for (std::size_t i = at_; i < text_.size(); ++i) {
      if (text_[i] == '{') ++depth;
      if (text_[i] == '}' && --depth == 0) return i;
    }
    return std::string_view::npos;
  }

  // A quote inside braces does not close; neither does one that nothing after it says is the end (an unescaped
  // quotation in an abstract).
  [[nodiscard]] std::size_t closing_quote() const {
    std::size_t depth = 0;
    for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
      if (text_[i] == '{') ++depth;
      if (text_[i] == '}' && depth > 0) --depth;
      if (text_[i] != '"' || depth > 0) continue;
      std::size_t next = i + 1;
      while (next < text_.size() && is_blank(text_[next])) ++next;
      if (next >= text_.size() || text_[next] == '}' || text_[next] == ')' || text_[next] == '#') return i;
      if (text_[next] == ',' && ends_field(next + 1)) return i;
      if (starts_field(next)) return i;  // the comma was forgotten
    }
    return std::string_view::npos;
  }

  // After a comma: another field, or the end of the entry.
  [[nodiscard]] bool ends_field(std::size_t at) const {
    while (at < text_.size() && (is_blank(text_[at]) || text_[at] == ',')) ++at;
    return at >= text_.size() || text_[at] == '}' || text_[at] == ')' || text_[at] == '%' || starts_field(at);
  }
  [[nodiscard]] bool starts_field(std::size_t at) const {
    const std::size_t first = at;
    while (at < text_.size() && at - first < 64 && is_name_char(text_[at])) ++at;
    if (at == first) return false;
    while (at < text_.size() && is_blank(text_[at])) ++at;
    return at < text_.size() && text_[at] == '=';
  }

  std::string_view text_;
  const BibtexMacros& macros_;
  std::size_t at_ = 0;
  std::size_t expanded_ = 0;  // bytes that abbreviations stood for so far
};

// "  title = {Some" : where the value begins, or npos.
std::size_t field_line(std::string_view line, std::string_view& name) {
  std::size_t at = 0;
  while (at < line.size() && (is_blank(line[at]) || line[at] == ',')) ++at;
  const std::size_t first = at;
  while (at < line.size() && (is_alnum(line[at]) || line[at] == '-' || line[at] == '_')) ++at;
  if (at == first || !is_letter(line[first])) return std::string_view::npos;
  name = line.substr(first, at - first);
  while (at < line.size() && is_blank(line[at])) ++at;
  if (at >= line.size() || line[at] != '=') return std::string_view::npos;
  ++at;
  while (at < line.size() && is_blank(line[at])) ++at;
  const bool delimited = at < line.size() && (line[at] == '{' || line[at] == '"' || is_digit(line[at]));
  return delimited || at >= line.size() ? at : std::string_view::npos;
}

// Braces that have no partner go.
std::string balanced(std::string_view value) {
  std::string keep(value.size(), '\1');
  std::string open;
  std::map<std::size_t, std::size_t> where;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '{') where[where.size()] = i;
    if (value[i] != '}') continue;
    if (where.empty()) {
      keep[i] = '\0';
    } else {
      where.erase(where.size() - 1);
    }
  }
  for (const auto& [nth, at] : where) keep[at] = '\0';
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (keep[i] != '\0') out += value[i];
  }
  return out;
}

std::string without_delimiters(std::string_view raw) {
  raw = trim(raw);
  while (!raw.empty() && (raw.back() == ',' || is_blank(raw.back()))) raw.remove_suffix(1);
  if (!raw.empty() && (raw.front() == '{' || raw.front() == '"')) {
    const char close = raw.front() == '{' ? '}' : '"';
    raw.remove_prefix(1);
    if (!raw.empty() && raw.back() == close) raw.remove_suffix(1);
  }
  return balanced(raw);
}

// A broken entry: every line that looks like "name = {" begins a field, which goes on to the next of them.
void read_by_lines(std::string_view text, BibtexEntry& entry) {
  std::string name, value;
  const auto keep = [&] {
    if (entry.fields.size() < kMaxFields || entry.fields.count(name) > 0) {
      std::string& slot = entry.fields[name];
      if (slot.empty()) slot = without_delimiters(value);
    }
    value.clear();
  };
  scan::Lines lines(text);
  std::string_view line;
  while (lines.next(line)) {
    std::string_view found;
    const std::size_t at = field_line(line, found);
    if (at != std::string_view::npos) {
      if (!name.empty()) keep();
      name = lower_case(found);
      value = line.substr(at, kMaxValueBytes);
    } else if (!name.empty() && value.size() + line.size() < kMaxValueBytes) {
      value += '\n';
      value += line;
    }
  }
  std::string_view last = trim(value);
  if (last.ends_with("\n}")) value = last.substr(0, last.size() - 2);
  if (!name.empty()) keep();
}

}  // namespace

BibtexEntry parse_bibtex_entry(std::string_view text, BibtexEnd end, const BibtexMacros& macros) {
  BibtexEntry entry = EntryParser(text, macros).parse();
  if (end == BibtexEnd::missing && entry.complaint.empty()) entry.complaint = "its closing '}' is missing";
  if (!entry.complaint.empty()) {
    BibtexEntry by_rules = entry;
    entry.fields.clear();
    read_by_lines(text, entry);
    for (auto& [name, value] : by_rules.fields) entry.fields[name] = std::move(value);  // what was parsed before is surer
  }
  return entry;
}

}  // namespace digest::ingest
