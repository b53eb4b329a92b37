// SPDX-License-Identifier: MIT
#include "query/identifiers.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <utility>

#include "ingest/identifiers.hpp"
#include "query/characters.hpp"

namespace digest::query {

namespace {

bool digit(char c) {
  return c >= '0' && c <= '9';
}
bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower(c);
  return out;
}

bool starts_with_folded(std::string_view text, std::string_view start) {
  if (text.size() < start.size()) return false;
  return std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

// The text without the first of `starts` it has; nothing if it has none.
bool strip(std::string_view& text, std::initializer_list<std::string_view> starts) {
  for (const std::string_view start : starts) {
    if (starts_with_folded(text, start)) {
      text.remove_prefix(start.size());
      return true;
    }
  }
  return false;
}

std::size_t digits(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && digit(text[end])) ++end;
  return end - at;
}

// How many bytes at the start are an arXiv id without its version: "2405.15071", "math/0211159",
// "cs.LG/0211159".
std::size_t arxiv_length(std::string_view text) {
  if (digits(text, 0) == 4 && text.size() > 5 && text[4] == '.') {
    const std::size_t month = static_cast<std::size_t>((text[2] - '0') * 10 + (text[3] - '0'));
    const std::size_t tail = digits(text, 5);
    return (tail == 4 || tail == 5) && month >= 1 && month <= 12 ? 5 + tail : 0;
  }
  std::size_t at = 0;
  while (at < text.size() && (letter(text[at]) || text[at] == '-' || text[at] == '.')) ++at;
  if (at >= text.size() || text[at] != '/' || digits(text, at + 1) != 7) return 0;
  return ingest::is_arxiv_archive(lower(text.substr(0, std::min(at, text.find('.'))))) ? at + 8 : 0;
}

// "arxiv:..." if all of the text is an arXiv id, with or without version and ".pdf".
std::string arxiv_key(std::string_view text) {
  const std::size_t length = arxiv_length(text);
  if (length == 0) return {};
  std::string_view rest = text.substr(length);
  if (!rest.empty() && lower(rest[0]) == 'v' && digits(rest, 1) > 0) rest.remove_prefix(1 + digits(rest, 1));
  if (starts_with_folded(rest, ".pdf")) rest.remove_prefix(4);
  if (!rest.empty() && rest[0] != '?' && rest[0] != '#' && rest[0] != '/') return {};
  return "arxiv:" + lower(text.substr(0, length));
}

// "doi:10.1/x" if the text is a DOI (a registrant of 4 to 9 digits and a suffix); an arXiv DOI gives the
// arXiv id.
std::string doi_key(std::string_view text) {
  if (!text.starts_with("10.")) return {};
  const std::size_t registrant = digits(text, 3);
  std::size_t at = 3 + registrant;
  while (at < text.size() && (digit(text[at]) || text[at] == '.')) ++at;
  if (registrant < 4 || registrant > 9 || at + 1 >= text.size() || text[at] != '/') return {};
  constexpr std::string_view kArxivDoi = "10.48550/arxiv.";
  if (starts_with_folded(text, kArxivDoi)) {
    if (std::string key = arxiv_key(text.substr(kArxivDoi.size())); !key.empty()) return key;
  }
  return "doi:" + lower(text);
}

// "acl:P18-1109": letters count, as the anthology writes them.
std::string acl_key(std::string_view text) {
  for (const std::string_view ending : {".pdf", ".bib"}) {
    if (text.ends_with(ending)) text.remove_suffix(ending.size());
  }
  return std::any_of(text.begin(), text.end(), digit) ? "acl:" + std::string(text) : std::string();
}

// "P18-1109", "2024.naacl-long.344"
bool is_acl_id(std::string_view text) {
  if (digits(text, 0) != 4) return text.size() == 8 && letter(text[0]) && digits(text, 1) == 2 && text[3] == '-' && digits(text, 4) == 4;
  const std::size_t last = text.rfind('.');
  const std::string_view volume = text.substr(4, std::max<std::size_t>(last, 4) - 4);
  return volume.size() > 4 && volume[0] == '.' && letter(volume[1]) && volume.find('-') != std::string_view::npos && last + 1 < text.size() &&
         digits(text, last + 1) == text.size() - last - 1;
}

std::string url_key(std::string_view text) {
  std::string_view path = text;
  strip(path, {"www.", "dx.", "export."});
  if (strip(path, {"arxiv.org/", "alphaxiv.org/", "ar5iv.org/", "ar5iv.labs.arxiv.org/", "huggingface.co/",
                   "hf.co/"})) {
    if (strip(path, {"abs/", "pdf/", "html/", "papers/", "format/"})) return arxiv_key(path);
    return {};
  }
  if (strip(path, {"doi.org/"})) return doi_key(path.substr(0, path.find_first_of("?#")));
  if (strip(path, {"aclanthology.org/", "aclweb.org/anthology/"})) {
    return acl_key(path.substr(0, path.find_first_of("/?#")));
  }
  if (strip(path, {"pubmed.ncbi.nlm.nih.gov/"})) {
    const std::size_t length = digits(path, 0);
    return length == 0 ? std::string() : "pmid:" + std::string(path.substr(0, length));
  }
  if (strip(path, {"openreview.net/forum?id=", "openreview.net/pdf?id="})) {
    const std::string_view id = path.substr(0, path.find_first_of("&#"));
    return id.empty() ? std::string() : "openreview:" + std::string(id);
  }
  return {};
}

std::string_view trim(std::string_view word) {
  while (!word.empty() && std::string_view(".,;:!?)]}>'\"").find(word.back()) != std::string_view::npos) {
    // A bracket that was opened inside belongs to it: "10.1016/0004-3702(95)00023-X", ".../Foo_(bar)".
    if (word.back() == ')' && word.find('(') != std::string_view::npos) break;
    word.remove_suffix(1);
  }
  while (!word.empty() && std::string_view("([{<'\"").find(word.front()) != std::string_view::npos)
    word.remove_prefix(1);
  return word;
}

// No quotes or backslashes, brackets in pairs: what else would be left of a longer text than an address.
bool is_clean(std::string_view text) {
  int depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = character(text, at);
    const char32_t c = next.code_point;
    depth += (c == '(' ? 1 : 0) - (c == ')' ? 1 : 0);
    if (depth < 0 || c == '\\' || is_quote(c)) return false;
    at += next.length;
  }
  return depth == 0;
}

// "t:" and twelve letters or digits: as digest names a paper without another identifier.
bool is_own_id(std::string_view text) {
  return text.size() == 14 && text.starts_with("t:") &&
         std::all_of(text.begin() + 2, text.end(), [](char c) { return digit(c) || (c >= 'a' && c <= 'z'); });
}

}  // namespace

Identifier find_identifier(std::string_view word) {
  if (word.find_first_of(":/.-") == std::string_view::npos) return {};
  const std::string_view whole = trim(word);
  if (whole.size() < 6 || !is_clean(whole)) return {};
  std::string_view text = whole;
  std::string key;
  if (strip(text, {"https://", "http://"})) {
    if (text.empty()) return {};
    std::string known = url_key(text);
    return {true, whole, known.empty() ? std::string(whole) : std::move(known)};
  }
  if (is_own_id(text)) {
    key = text;
  } else if (strip(text, {"arxiv:"})) {
    key = arxiv_key(text);
  } else if (strip(text, {"doi:"})) {
    key = doi_key(text);
  } else if (strip(text, {"pmid:"})) {
    if (digits(text, 0) == text.size()) key = "pmid:" + std::string(text);
  } else if (strip(text, {"acl:"})) {
    key = acl_key(text);
  } else if (strip(text, {"openreview:"})) {
    if (!text.empty()) key = "openreview:" + std::string(text);
  } else {
    key = arxiv_key(text);
    if (key.empty()) key = doi_key(text);
    if (key.empty()) key = url_key(text);
    if (key.empty() && is_acl_id(text)) key = acl_key(text);
  }
  if (key.empty()) return {};
  return {true, whole, std::move(key)};
}

}  // namespace digest::query
