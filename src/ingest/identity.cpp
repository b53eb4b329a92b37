// SPDX-License-Identifier: MIT
#include "ingest/identity.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/hash.hpp"
#include "base/utf8.hpp"
#include "ingest/identifiers.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

// Strongest first; what one of them says, no weaker one can deny.
constexpr auto kStrong = std::to_array<std::string_view>({"arxiv", "doi", "pmid", "acl", "openreview"});

const std::string* id_of(const Paper& paper, std::string_view kind) {
  if (paper.ids.empty()) return nullptr;
  for (const auto& [key, value] : paper.ids) {
    if (key == kind) return &value;
  }
  return nullptr;
}

// Letters that Unicode does not take apart, as people without the key on their keyboard write them.
std::string_view plain_letter(char32_t c) {
  switch (c) {
    case 0xF8: return "o";
    case 0x142: return "l";
    case 0x111: case 0xF0: return "d";
    case 0xE6: return "ae";
    case 0x153: return "oe";
    case 0x131: return "i";
    case 0xFE: return "th";
    case 0x127: return "h";
    default: return {};
  }
}

void append_folded(std::string& key, char32_t c) {
  std::array<utf8proc_int32_t, 32> parts{};
  int boundary = 0;
  const auto count = utf8proc_decompose_char(
      static_cast<utf8proc_int32_t>(c), parts.data(), static_cast<utf8proc_ssize_t>(parts.size()),
      static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE), &boundary);
  for (utf8proc_ssize_t i = 0; i < std::min<utf8proc_ssize_t>(count, static_cast<utf8proc_ssize_t>(parts.size())); ++i) {
    const utf8proc_int32_t part = parts[static_cast<std::size_t>(i)];
    const auto category = utf8proc_category(part);
    const bool is_letter_or_digit = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
    const bool is_number = category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO;
    // Accents of the alphabets that are also written without them; a vowel sign elsewhere is a letter.
    const bool is_sign = (category == UTF8PROC_CATEGORY_MN && part >= 0x590) || category == UTF8PROC_CATEGORY_MC;
    const bool is_accent = part >= 0x1AB0 && (part < 0x1B00 || (part >= 0x1DC0 && part < 0x1E00) || (part >= 0x20D0 && part < 0x2100));
    if (!is_letter_or_digit && !is_number && (!is_sign || is_accent)) continue;
    const std::string_view plain = plain_letter(static_cast<char32_t>(part));
    if (plain.empty()) {
      append_utf8(key, static_cast<char32_t>(part));
    } else {
      key += plain;
    }
  }
}

constexpr auto kLookOnly = std::to_array<std::string_view>({
    "emph", "textbf", "textit", "texttt", "textsc", "textsf", "textrm", "text", "mathrm", "mathbf", "mathcal", "mathbb", "mathit",
    "mathsf", "mathtt", "em", "it", "bf", "rm", "sc", "sf", "tt", "mbox", "left", "right", "ensuremath", "operatorname"});

// A command at `at` (its backslash): how many bytes of it are markup. Accents leave their letter, "\alpha" its name.
std::size_t latex_markup(std::string_view title, std::size_t at) {
  std::size_t letters = 0;
  while (at + 1 + letters < title.size() && is_letter(title[at + 1 + letters])) ++letters;
  const std::string_view name = title.substr(at + 1, letters);
  if (letters == 1 && std::string_view("uvHcdbkrt").find(name[0]) != std::string_view::npos) {
    const std::size_t after = at + 2;
    if (after < title.size() && (title[after] == '{' || title[after] == ' ')) return 2;
  }
  return std::find(kLookOnly.begin(), kLookOnly.end(), name) != kLookOnly.end() ? 1 + letters : 1;
}

// Titles that many papers have.
constexpr auto kGeneric = std::to_array<std::string_view>({
    "editorial", "summary", "introduction", "preface", "foreword", "erratum", "corrigendum", "correction", "obituary", "news",
    "bookreview", "bookreviews", "review", "reviews", "letter", "letters", "lettertotheeditor", "letterstotheeditor", "abstract",
    "abstracts", "conclusion", "conclusions", "discussion", "comment", "commentary", "reply", "response", "authorsreply",
    "retraction", "index", "contents", "tableofcontents", "announcement", "announcements", "acknowledgements", "acknowledgments",
    "inthisissue", "frontmatter", "backmatter", "guesteditorial", "guesteditorsintroduction", "editorsnote", "fromtheeditor",
    "editorialboard", "inmemoriam", "errata", "untitled", "notitle", "proceedings", "invitedtalk", "keynote", "panel", "perspective",
    "overview", "appendix", "supplementarymaterial", "publishersnote", "publishercorrection", "authorcorrection", "withdrawn",
    "expressionofconcern", "highlights", "viewpoint", "opinion", "casereport", "messagefromtheeditor", "messagefromthechairs"});

// May the title alone (with nothing that speaks against it) say that two records are one paper?
bool is_telling(std::string_view title, std::string_view key) {
  if (std::find(kGeneric.begin(), kGeneric.end(), key) != kGeneric.end()) return false;
  if (key.size() >= 20) return true;
  std::size_t words = 0;
  bool in_word = false;
  for (const char c : title) {
    const bool part = is_alnum(c) || static_cast<unsigned char>(c) >= 0x80;
    words += part && !in_word ? 1U : 0U;
    in_word = part;
  }
  return words >= 4;
}

std::string_view family_name(std::string_view author) {
  const std::size_t comma = author.find(',');
  if (comma != std::string_view::npos) return trim(author.substr(0, comma));
  // "Doe J" as medicine writes it, "Jane Doe" as the rest does.
  const std::size_t blank = author.rfind(' ');
  if (blank == std::string_view::npos) return author;
  const std::string_view last = author.substr(blank + 1);
  const bool initials = last.size() <= 3 && std::all_of(last.begin(), last.end(), [](char c) { return is_upper(c) || c == '.'; });
  if (!initials) return last;
  const std::string_view before = trim(author.substr(0, blank));
  return before.substr(before.rfind(' ') == std::string_view::npos ? 0 : before.rfind(' ') + 1);
}

using Words = std::unordered_set<std::uint64_t>;

Words words_of(std::string_view text) {
  constexpr std::size_t kLooked = 20'000;  // an abstract's worth, ten times
  Words words;
  std::string word;
  for (const char c : text.substr(0, kLooked)) {
    if (is_alnum(c) || static_cast<unsigned char>(c) >= 0x80) {
      word += to_lower(c);
    } else if (!word.empty()) {
      words.insert(hash64(word));
      word.clear();
    }
  }
  if (!word.empty()) words.insert(hash64(word));
  return words;
}

// Most words of the shorter one are in the longer one: equal, cut short, or a summary in the same words.
bool abstracts_alike(const Paper& a, const Paper& b) {
  if (a.abstract == b.abstract) return true;
  const Words first = words_of(a.abstract), second = words_of(b.abstract);
  const Words& fewer = first.size() <= second.size() ? first : second;
  const Words& more = first.size() <= second.size() ? second : first;
  if (fewer.empty()) return false;
  std::size_t shared = 0;
  for (const std::uint64_t word : fewer) shared += more.count(word);
  return shared * 10 > fewer.size() * 6;
}

bool call_themselves_differently(const Paper& a, const Paper& b) {
  const std::string* mine = id_of(a, "source");
  const std::string* theirs = id_of(b, "source");
  if (mine == nullptr || theirs == nullptr || *mine == *theirs) return false;
  for (const Source& x : a.sources) {
    for (const Source& y : b.sources) {
      if (x.file == y.file) return true;
    }
  }
  return false;
}

// The same place of the same file, or what its record calls itself, and nothing that speaks against it: a file that is
// read again says nothing new, however little it says.
bool is_same_record(const Paper& known, const Paper& other) {
  const auto contradict = [](const std::string& a, const std::string& b) { return !a.empty() && !b.empty() && a != b; };
  if (contradict(known.date, other.date) || contradict(known.venue, other.venue) || contradict(known.abstract, other.abstract)) return false;
  if (!known.authors.empty() && !other.authors.empty()) return false;  // none in common, or this was not asked
  const auto lists = [&known](const std::string& url) { return std::find(known.urls.begin(), known.urls.end(), url) != known.urls.end(); };
  if (!known.urls.empty() && !other.urls.empty() && std::none_of(other.urls.begin(), other.urls.end(), lists)) return false;
  const std::string* mine = id_of(known, "source");
  const std::string* theirs = id_of(other, "source");
  const bool same_name = mine != nullptr && theirs != nullptr && *mine == *theirs;
  for (const Source& x : known.sources) {
    for (const Source& y : other.sources) {
      if (x.file == y.file && (same_name || x.line == y.line)) return true;
    }
  }
  return false;
}

std::string short_hash(std::string_view text) {
  constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";  // Crockford's base 32
  std::uint64_t hash = hash64(text);
  std::string out = "t:";
  for (int i = 0; i < 12; ++i, hash >>= 5U) out += kAlphabet[hash & 31U];
  return out;
}

}  // namespace

std::string title_key(std::string_view title) {
  std::string key;
  key.reserve(title.size());
  for (std::size_t at = 0; at < title.size();) {
    const char c = title[at];
    if (is_alnum(c)) {
      key += to_lower(c), ++at;
    } else if (c == '\\') {
      at += latex_markup(title, at);
    } else if (static_cast<unsigned char>(c) < 0x80) {
      ++at;
    } else {
      const Decoded next = decode_utf8(title, at);
      if (next.valid) append_folded(key, next.code_point);
      at += next.length;
    }
  }
  return key;
}

std::string common_author(const Paper& a, const Paper& b) {
  constexpr std::size_t kLooked = 200;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(a.authors.size(), kLooked); ++i) names.push_back(title_key(family_name(a.authors[i])));
  for (std::size_t i = 0; i < std::min(b.authors.size(), kLooked); ++i) {
    const std::string_view family = family_name(b.authors[i]);
    const std::string name = title_key(family);
    if (!name.empty() && std::find(names.begin(), names.end(), name) != names.end()) return std::string(family);
  }
  return {};
}

std::vector<std::string> lookup_keys(const Paper& paper) {
  std::vector<std::string> keys;
  for (const std::string_view kind : kStrong) {
    if (const std::string* id = id_of(paper, kind)) keys.push_back(std::string(kind) + ":" + *id);
  }
  if (std::string key = title_key(paper.title); !key.empty()) {
    keys.push_back("title:" + key);
  } else if (!paper.abstract.empty()) {
    keys.push_back("abstract:" + title_key(paper.abstract));
  }
  return keys;
}

std::string paper_id(const Paper& paper, Namesake namesake) {
  if (namesake == Namesake::none) {
    for (const std::string_view kind : kStrong) {
      if (const std::string* id = id_of(paper, kind)) return std::string(kind) + ":" + *id;
    }
  }
  std::string key = title_key(paper.title);
  if (key.empty()) key = paper.title;
  if (namesake != Namesake::none || paper.title.empty()) key += '\n' + title_key(paper.abstract);
  if (namesake >= Namesake::of_abstract_too) {
    for (const std::string& author : paper.authors) key += '\n' + author;
    for (const std::string& url : paper.urls) key += '\n' + url;
    for (const auto& [kind, value] : paper.ids) key += '\n' + kind + ':' + value;
    key += '\n' + paper.date + '\n' + paper.venue;
  }
  if (namesake == Namesake::of_all) {
    for (const Source& source : paper.sources) key += '\n' + source.file + '\n' + std::to_string(source.line);
  }
  return short_hash(key);
}

bool same_paper(const Paper& known, const Paper& other) {
  for (const std::string_view kind : kStrong) {
    const std::string* mine = id_of(known, kind);
    const std::string* theirs = id_of(other, kind);
    if (mine != nullptr && theirs != nullptr) return *mine == *theirs;
  }
  if (call_themselves_differently(known, other)) return false;
  const std::string key = title_key(known.title);
  if (key != title_key(other.title)) return false;
  if (key.empty()) return known.title == other.title && !known.abstract.empty() && known.abstract == other.abstract;
  if (!common_author(known, other).empty()) return true;
  if (known.abstract.empty() || other.abstract.empty()) return is_telling(known.title, key) || is_same_record(known, other);
  return abstracts_alike(known, other);
}

}  // namespace digest::ingest
