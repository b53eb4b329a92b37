// SPDX-License-Identifier: MIT
#include "ingest/readers/reference_parts.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "ingest/cleaning.hpp"
#include "ingest/identifiers.hpp"
#include "ingest/readers/page_title.hpp"
#include "ingest/readers/record_reader.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

constexpr std::size_t kLeastTitle = 8, kMostTitle = 400, kMostNames = 4000;

bool is_year(std::string_view text, std::size_t at) {
  if (at + 4 > text.size() || digits_at(text, at) != 4 || (at > 0 && is_alnum(text[at - 1]))) return false;
  return text.substr(at, 2) == "19" || text.substr(at, 2) == "20";
}

std::size_t find_year(std::string_view text, std::size_t from = 0) {
  for (std::size_t at = text.find_first_of("12", from); at != std::string_view::npos; at = text.find_first_of("12", at + 1)) {
    if (is_year(text, at)) return at;
  }
  return std::string_view::npos;
}

constexpr auto kParticles = std::to_array<std::string_view>({"and", "&", "et", "al", "van", "von", "der", "den", "de", "da", "di", "del", "della", "la", "le", "ten", "ter", "dos", "du", "el", "bin", "ibn", "y", "e", "eds", "ed"});

// Names: words that begin with capitals or are particles, with a comma, initials or "and" among them.
class Names {
 public:
  // More of a list; false if it is none.
  bool add(std::string_view text) {
    bytes_ += text.size();
    if (bytes_ > kMostNames || text.find_first_of("!?:\"[]") != std::string_view::npos) return false;
    several_ = several_ || text.find(',') != std::string_view::npos;
    for (text = trim(text); !text.empty();) {
      const std::size_t end = std::min(text.find_first_of(" ,;"), text.size());
      if (!word(text.substr(0, end))) return false;
      text = trim(text.substr(std::min(text.size(), end + 1)));
    }
    return true;
  }
  [[nodiscard]] bool complete() const { return words_ >= 2 && (initials_ || several_); }

 private:
  bool word(std::string_view word) {
    bool stop = false;
    while (!word.empty() && (word.back() == '.' || word.back() == ')')) word.remove_suffix(1), stop = true;
    if (word.empty()) return true;
    ++words_;
    several_ = several_ || word == "and" || word == "&" || word == "al";
    if (std::find(kParticles.begin(), kParticles.end(), lower_case(word)) != kParticles.end()) return true;
    if (is_lower(word.front()) || is_digit(word.front())) return false;
    initials_ = initials_ || (stop && word.size() == 1) || (word.size() <= 3 && std::all_of(word.begin(), word.end(), is_upper));
    return true;
  }

  std::size_t bytes_ = 0, words_ = 0;
  bool initials_ = false, several_ = false;
};

bool reads_like_names(std::string_view text) {
  Names names;
  return names.add(text) && names.complete();
}

// Where a sentence ends that begins at `from` and is no longer than a title: behind ". ", "? " or "! ", but not behind an
// initial or "vs.".
std::size_t sentence_end(std::string_view whole, std::size_t from) {
  const std::string_view text = whole.substr(0, from + kMostTitle + 1);
  for (std::size_t at = text.find_first_of(".?!", from); at != std::string_view::npos; at = text.find_first_of(".?!", at + 1)) {
    if (at + 1 == whole.size()) return at;
    if (whole[at + 1] != ' ') continue;
    const std::size_t word = text.find_last_of(" -", at) + 1;  // of the word that ends here
    const bool initial = text[at] == '.' && at - word == 1 && is_upper(text[word]);
    const bool short_form = text[at] == '.' && (text.substr(word, at - word) == "vs" || text.substr(word, at - word) == "al" || text.substr(word, at - word) == "St");
    if (!initial && !short_form) return at;
  }
  return std::string_view::npos;
}

bool reads_like_title(std::string_view title) {
  return title.size() >= kLeastTitle && title.size() <= kMostTitle && title.find(' ') != std::string_view::npos && !reads_like_names(title);
}

std::string_view without_end(std::string_view text, std::string_view signs = ".,;: ") {
  while (!text.empty() && signs.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  return text;
}

std::optional<Reference> finish(std::string_view text, std::string_view authors, std::string_view title, std::string_view rest, bool in_quotes = false) {
  authors = without_end(trim(authors), ",;: "), title = without_end(trim(title), ".,; ");
  if (!reads_like_title(title) || !reads_like_names(authors)) return std::nullopt;
  const std::string_view year = reference_year(text);
  if (year.empty()) return std::nullopt;
  return Reference{authors, title, reference_venue(rest, in_quotes), year};
}

// A. Doe and B. Roe, "Title," Venue, 2024.
std::optional<Reference> quoted(std::string_view text) {
  constexpr auto kQuotes = std::to_array<std::pair<std::string_view, std::string_view>>({{"\xE2\x80\x9C", "\xE2\x80\x9D"}, {"``", "''"}, {"\"", "\""}});
  for (const auto& [open, close] : kQuotes) {
    const std::size_t from = text.find(open);
    if (from == std::string_view::npos || from < 4) continue;
    const std::size_t begin = from + open.size(), to = text.find(close, begin);
    if (to == std::string_view::npos) continue;
    std::string_view before = trim(text.substr(0, from));
    if (const std::size_t year = find_year(before); year != std::string_view::npos) before = without_end(before.substr(0, year), " .,(");  // Chicago: Doe, A. 2024. "Title."
    return finish(text, before, text.substr(begin, to - begin), text.substr(to + close.size()), true);
  }
  return std::nullopt;
}

// Doe, A., & Roe, B. (2024, March). Title. Venue.  Doe, A. and Roe, B. 2024. Title. Venue.
std::optional<Reference> year_first(std::string_view text) {
  const std::size_t year = find_year(text);
  if (year == std::string_view::npos || year < 6) return std::nullopt;
  const bool bracket = text[year - 1] == '(';
  if (!bracket && text.substr(year - 2, 2) != ". ") return std::nullopt;
  std::size_t end = bracket ? text.find(')', year) : year + 4;
  if (end == std::string_view::npos || end > year + 24) return std::nullopt;
  if (bracket) ++end;
  if (end < text.size() && !bracket && is_lower(text[end])) ++end;  // 2024a
  if (end >= text.size() || (text[end] != '.' && text[end] != ':' && text[end] != ',' && !(bracket && text[end] == ' '))) return std::nullopt;
  const std::size_t begin = text.find_first_not_of(".:, ", end), close = begin == std::string_view::npos ? begin : sentence_end(text, begin);
  if (close == std::string_view::npos) return std::nullopt;
  return finish(text, text.substr(0, bracket ? year - 1 : year), text.substr(begin, close - begin + (text[close] == '.' ? 0 : 1)), text.substr(close + 1));
}

// Doe A, Roe B. Title. Venue. 2024;1:1-9.  Doe, A. et al. Title. Venue 1, 1-9 (2024).  Ann Doe and Bob Roe. Title. In Venue, 2024.
// A full stop behind an initial may end the names or not: the first after which a title follows.
std::optional<Reference> year_last(std::string_view text) {
  std::size_t last_year = find_year(text);
  for (std::size_t at = last_year; at != std::string_view::npos; at = find_year(text, at + 4)) last_year = at;
  if (last_year == std::string_view::npos) return std::nullopt;
  Names names;
  std::size_t from = 0;
  for (std::size_t end = text.find(". "); end != std::string_view::npos; from = end + 1, end = text.find(". ", from)) {
    if (!names.add(text.substr(from, end + 1 - from))) return std::nullopt;
    if (!names.complete()) continue;
    const std::size_t begin = text.find_first_not_of(' ', end + 1);
    if (begin == std::string_view::npos) return std::nullopt;
    const std::size_t word = std::min(text.find(' ', begin), text.size());
    const bool goes_on = is_lower(text[begin]) || text[begin] == '&' || text[begin] == ',' || (word - begin == 2 && text[begin + 1] == '.');  // "et al.", "& Roe", "J. Roe"
    const std::size_t close = goes_on ? std::string_view::npos : sentence_end(text, begin);
    if (close == std::string_view::npos || close > last_year) continue;
    if (auto found = finish(text, text.substr(0, end + 1), text.substr(begin, close - begin + (text[close] == '.' ? 0 : 1)), text.substr(close + 1))) return found;
  }
  return std::nullopt;
}

// "Doe, Jane, Bob Roe, Carl Poe": as MLA and Chicago have it.
bool first_inverted(std::string_view names) {
  const std::size_t first = names.find(", "), second = first == std::string_view::npos ? first : names.find(", ", first + 2);
  if (second == std::string_view::npos || names.substr(0, first).find(' ') != std::string_view::npos || second - first < 5 || names[second - 1] == '.') return false;
  for (std::string_view rest = names.substr(second + 2); !rest.empty();) {
    const std::size_t end = std::min(rest.find(", "), rest.size());
    if (rest.substr(0, end).find(' ') == std::string_view::npos) return false;
    rest.remove_prefix(std::min(rest.size(), end + 2));
  }
  return true;
}
std::vector<std::string> with_first_inverted(std::string_view names) {
  const std::size_t second = names.find(", ", names.find(", ") + 2);
  std::vector<std::string> out = split_authors(names.substr(second + 2));
  out.insert(out.begin(), std::string(names.substr(0, second)));
  return out;
}

}  // namespace

// "In Proceedings of X, pages 1-9": up to what tells pages, volume or year.
std::string_view reference_venue(std::string_view rest, bool in_quotes) {
  rest = trim(rest);
  while (!rest.empty() && std::string_view(".,;: ").find(rest.front()) != std::string_view::npos) rest.remove_prefix(1);
  for (const std::string_view word : {"In: ", "In ", "in "}) {
    if (rest.starts_with(word)) rest.remove_prefix(word.size());
  }
  std::size_t end = 0;
  for (; end < rest.size(); ++end) {
    if (std::string_view(",(;").find(rest[end]) != std::string_view::npos) break;
    const bool goes_on = end + 1 < rest.size() && (rest[end + 1] != ' ' || (end > 0 && in_quotes && end + 2 < rest.size() && is_upper(rest[end + 2])));  // "Proc. Adv. Neural Inf."
    if (rest[end] == '.' && !goes_on) break;
    if (rest[end] == ' ' && end + 1 < rest.size() && is_digit(rest[end + 1])) break;
  }
  const std::string_view venue = without_end(trim(rest.substr(0, end)));
  const bool is_address = starts_ignoring_case(venue, "http") || starts_ignoring_case(venue, "doi") || starts_ignoring_case(venue, "available");
  const bool is_number = digits_at(venue, 0) == venue.size();
  return is_number || venue.size() < 3 || venue.size() > 150 || is_address ? std::string_view() : venue;
}

// The year that a reference states: in brackets, or else the last one that is no page and no number of arXiv.
std::string_view reference_year(std::string_view text) {
  std::string_view last;
  for (std::size_t at = find_year(text); at != std::string_view::npos; at = find_year(text, at + 4)) {
    const char before = at > 0 ? text[at - 1] : ' ', after = at + 4 < text.size() ? text[at + 4] : ' ';
    if (before == '(') return text.substr(at, 4);
    if ((before == ' ' || before == ',') && std::string_view(" .,;:)]").find(after) != std::string_view::npos) last = text.substr(at, 4);
  }
  return last;
}

std::optional<Reference> parse_reference(std::string_view text) {
  text = trim(text);
  if (auto found = quoted(text)) return found;
  if (auto found = year_first(text)) return found;
  return year_last(text);
}

// "Doe, A., & Roe, B."  "A. Doe, ... B. Roe, et al."
std::vector<std::string> reference_authors(std::string_view text) {
  std::string plain(text);
  const auto replace = [&plain](std::string_view what, std::string_view by) {
    for (std::size_t at = plain.find(what); at != std::string::npos; at = plain.find(what, at + by.size())) plain.replace(at, what.size(), by);
  };
  replace("&", "and"), replace(" \xE2\x80\xA6 ", " "), replace(" ... ", " ");
  for (const std::string_view end : {", et al.", " et al.", ", et al", " et al"}) {
    if (plain.ends_with(end)) plain.resize(plain.size() - end.size());
  }
  replace(", and ", ", ");
  const bool initial = plain.size() > 2 && (plain[plain.size() - 3] == ' ' || plain[plain.size() - 3] == '.' || plain[plain.size() - 3] == '-') && is_upper(plain[plain.size() - 2]);
  if (plain.ends_with('.') && !initial) plain.pop_back();
  return first_inverted(plain) ? with_first_inverted(plain) : split_authors(plain);
}

void set_reference(Paper& paper, std::string_view text, const Reference& found) {
  paper.title = found.title;
  paper.authors = reference_authors(found.authors);
  paper.date = found.year;
  if (!starts_ignoring_case(found.venue, "arxiv")) paper.venue = found.venue;
  if (const std::string id = doi(find_doi(text)); !id.empty()) paper.ids["doi"] = id;
  if (const std::string_view id = scan::find_arxiv_id(text); !id.empty()) paper.ids["arxiv"] = arxiv_id(id);
  add_url(paper, scan::find_url(text));
  add_own_page(paper);
}

std::size_t reference_mark(std::string_view line) {
  if (const std::size_t end = bullet(line); end > 0) return end;
  std::size_t end = 0;
  if (line.starts_with('[') || line.starts_with('(')) {
    const std::size_t close = line.substr(0, 40).find(line.front() == '[' ? ']' : ')');
    if (close == std::string_view::npos || close < 2 || line.substr(0, close).find(' ') != std::string_view::npos) return 0;
    end = close + 1;
  } else if (const std::size_t digits = digits_at(line, 0); digits >= 1 && digits <= 4 && digits < line.size() && (line[digits] == '.' || line[digits] == ')')) {
    end = digits + 1;
  }
  if (end == 0 || end >= line.size() || !is_blank(line[end])) return 0;
  while (end < line.size() && is_blank(line[end])) ++end;
  return end;
}

}  // namespace digest::ingest
