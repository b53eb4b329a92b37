// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstdint>

#include "base/utf8.hpp"
#include "ingest/markup.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

struct Named {
  std::string_view name;
  char32_t value;
};

// The names of HTML 4 that turn up in titles and abstracts (W3C, "Character entity references in HTML 4"), sorted.
constexpr auto kNamed = std::to_array<Named>({
    {"AElig", 0xC6}, {"Aacute", 0xC1}, {"Acirc", 0xC2}, {"Agrave", 0xC0}, {"Alpha", 0x391}, {"Aring", 0xC5},
    {"Atilde", 0xC3}, {"Auml", 0xC4}, {"Beta", 0x392}, {"Ccedil", 0xC7}, {"Delta", 0x394}, {"ETH", 0xD0},
    {"Eacute", 0xC9}, {"Ecirc", 0xCA}, {"Egrave", 0xC8}, {"Euml", 0xCB}, {"Gamma", 0x393}, {"Iacute", 0xCD},
    {"Icirc", 0xCE}, {"Igrave", 0xCC}, {"Iuml", 0xCF}, {"Lambda", 0x39B}, {"Ntilde", 0xD1}, {"OElig", 0x152},
    {"Oacute", 0xD3}, {"Ocirc", 0xD4}, {"Ograve", 0xD2}, {"Omega", 0x3A9}, {"Oslash", 0xD8}, {"Otilde", 0xD5},
    {"Ouml", 0xD6}, {"Phi", 0x3A6}, {"Pi", 0x3A0}, {"Psi", 0x3A8}, {"Scaron", 0x160}, {"Sigma", 0x3A3},
    {"THORN", 0xDE}, {"Theta", 0x398}, {"Uacute", 0xDA}, {"Ucirc", 0xDB}, {"Ugrave", 0xD9}, {"Uuml", 0xDC},
    {"Xi", 0x39E}, {"Yacute", 0xDD}, {"Zcaron", 0x17D}, {"aacute", 0xE1}, {"acirc", 0xE2}, {"acute", 0xB4},
    {"aelig", 0xE6}, {"agrave", 0xE0}, {"alpha", 0x3B1}, {"amp", '&'}, {"apos", '\''}, {"aring", 0xE5},
    {"asymp", 0x2248}, {"atilde", 0xE3}, {"auml", 0xE4}, {"bdquo", 0x201E}, {"beta", 0x3B2}, {"bull", 0x2022},
    {"ccaron", 0x10D}, {"ccedil", 0xE7}, {"cent", 0xA2}, {"chi", 0x3C7}, {"circ", 0x2C6}, {"copy", 0xA9},
    {"dagger", 0x2020}, {"darr", 0x2193}, {"deg", 0xB0}, {"delta", 0x3B4}, {"divide", 0xF7}, {"eacute", 0xE9},
    {"ecaron", 0x11B}, {"ecirc", 0xEA}, {"egrave", 0xE8}, {"emsp", 0x2003}, {"ensp", 0x2002}, {"epsilon", 0x3B5},
    {"equiv", 0x2261}, {"eta", 0x3B7}, {"eth", 0xF0}, {"euml", 0xEB}, {"euro", 0x20AC}, {"frac12", 0xBD},
    {"frac14", 0xBC}, {"gamma", 0x3B3}, {"ge", 0x2265}, {"gt", '>'}, {"hellip", 0x2026}, {"iacute", 0xED},
    {"icirc", 0xEE}, {"iexcl", 0xA1}, {"igrave", 0xEC}, {"infin", 0x221E}, {"iota", 0x3B9}, {"iquest", 0xBF},
    {"isin", 0x2208}, {"iuml", 0xEF}, {"kappa", 0x3BA}, {"lambda", 0x3BB}, {"laquo", 0xAB}, {"larr", 0x2190},
    {"ldquo", 0x201C}, {"le", 0x2264}, {"lsquo", 0x2018}, {"lt", '<'}, {"macr", 0xAF}, {"mdash", 0x2014},
    {"micro", 0xB5}, {"middot", 0xB7}, {"minus", 0x2212}, {"mu", 0x3BC}, {"nbsp", 0xA0}, {"ndash", 0x2013},
    {"ne", 0x2260}, {"ntilde", 0xF1}, {"nu", 0x3BD}, {"oacute", 0xF3}, {"ocirc", 0xF4}, {"oelig", 0x153},
    {"ograve", 0xF2}, {"omega", 0x3C9}, {"omicron", 0x3BF}, {"ordf", 0xAA}, {"ordm", 0xBA}, {"oslash", 0xF8},
    {"otilde", 0xF5}, {"ouml", 0xF6}, {"para", 0xB6}, {"part", 0x2202}, {"phi", 0x3C6}, {"pi", 0x3C0},
    {"plusmn", 0xB1}, {"pound", 0xA3}, {"prime", 0x2032}, {"psi", 0x3C8}, {"quot", '"'}, {"radic", 0x221A},
    {"raquo", 0xBB}, {"rarr", 0x2192}, {"rdquo", 0x201D}, {"reg", 0xAE}, {"rho", 0x3C1}, {"rsquo", 0x2019},
    {"sbquo", 0x201A}, {"scaron", 0x161}, {"sect", 0xA7}, {"shy", 0xAD}, {"sigma", 0x3C3}, {"sigmaf", 0x3C2},
    {"sim", 0x223C}, {"sum", 0x2211}, {"sup1", 0xB9}, {"sup2", 0xB2}, {"sup3", 0xB3}, {"szlig", 0xDF},
    {"tau", 0x3C4}, {"theta", 0x3B8}, {"thinsp", 0x2009}, {"thorn", 0xFE}, {"tilde", 0x2DC}, {"times", 0xD7},
    {"trade", 0x2122}, {"uacute", 0xFA}, {"uarr", 0x2191}, {"ucirc", 0xFB}, {"ugrave", 0xF9}, {"uml", 0xA8},
    {"upsilon", 0x3C5}, {"uuml", 0xFC}, {"xi", 0x3BE}, {"yacute", 0xFD}, {"yen", 0xA5}, {"yuml", 0xFF},
    {"zcaron", 0x17E}, {"zeta", 0x3B6},
});
static_assert(std::is_sorted(kNamed.begin(), kNamed.end(),
                             [](const Named& a, const Named& b) { return a.name < b.name; }));

constexpr std::size_t kLongestName = 8;

// References below 0xA0 that web pages use as if they were Windows-1252 (HTML Living Standard, 13.2.5.80).
char32_t repair_control(char32_t value) {
  constexpr std::array<char16_t, 32> kTable = {
      0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
      0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178};
  return value >= 0x80 && value < 0xA0 ? kTable[value - 0x80] : value;
}

struct Reference {
  char32_t value = 0;
  std::size_t length = 0;  // with '&' and ';'; 0: none
};

Reference numeric(std::string_view text) {
  const bool hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  std::size_t at = hex ? 3 : 2;
  const std::size_t first = at;
  char32_t value = 0;
  for (; at < text.size() && at - first < 8; ++at) {
    const char c = to_lower(text[at]);
    if (is_digit(c)) {
      value = value * (hex ? 16U : 10U) + static_cast<char32_t>(c - '0');
    } else if (hex && c >= 'a' && c <= 'f') {
      value = value * 16U + static_cast<char32_t>(c - 'a' + 10);
    } else {
      break;
    }
  }
  if (at == first || at >= text.size() || text[at] != ';' || value == 0) return {};
  return {repair_control(value), at + 1};
}

Reference named(std::string_view text) {
  const std::size_t end = text.substr(0, kLongestName + 2).find(';');
  if (end == std::string_view::npos || end < 2) return {};
  const std::string_view name = text.substr(1, end - 1);
  const auto* found = std::lower_bound(kNamed.begin(), kNamed.end(), name,
                                       [](const Named& a, std::string_view b) { return a.name < b; });
  if (found == kNamed.end() || found->name != name) return {};
  return {found->value, end + 1};
}

}  // namespace

std::string decode_references(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t at = text.find('&');
    out.append(text.substr(0, at));
    if (at == std::string_view::npos) break;
    text.remove_prefix(at);
    const Reference found = text.size() > 2 && text[1] == '#' ? numeric(text) : named(text);
    if (found.length == 0) {
      out += '&';
      text.remove_prefix(1);
    } else {
      append_utf8(out, found.value);
      text.remove_prefix(found.length);
    }
  }
  return out;
}

}  // namespace digest::ingest
