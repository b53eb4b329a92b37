// SPDX-License-Identifier: MIT
#include "text/folding.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "base/utf8.hpp"

namespace digest::text {
namespace {

constexpr bool within(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

bool is_ideograph(char32_t c) {
  return within(c, 0x4E00, 0x9FFF) || within(c, 0x3400, 0x4DBF) || within(c, 0x20000, 0x3FFFF) ||
         within(c, 0xF900, 0xFAFF) || within(c, 0x3005, 0x3007) || within(c, 0x3041, 0x3096) ||
         within(c, 0x309D, 0x309F) || within(c, 0x30A1, 0x30FA) || within(c, 0x30FC, 0x30FF) ||
         within(c, 0x31F0, 0x31FF) || within(c, 0xFF66, 0xFF9D);
}

// Marks that decorate a letter without making another one of it: Latin, Greek and Cyrillic accents, Hebrew
// points, Arabic vowel signs, variation selectors. Marks of Indic and other scripts are vowels and stay.
bool is_diacritic(char32_t c) {
  return within(c, 0x0300, 0x036F) || within(c, 0x0483, 0x0489) || within(c, 0x0591, 0x05BD) || c == 0x05BF ||
         within(c, 0x05C1, 0x05C2) || within(c, 0x05C4, 0x05C5) || c == 0x05C7 || within(c, 0x064B, 0x065F) ||
         c == 0x0670 || within(c, 0x1AB0, 0x1AFF) || within(c, 0x1DC0, 0x1DFF) || within(c, 0x20D0, 0x20FF) ||
         within(c, 0xFE00, 0xFE0F) || within(c, 0xFE20, 0xFE2F) || within(c, 0xE0100, 0xE01EF);
}

bool is_invisible(char32_t c) {
  return c == 0x00AD || c == 0x034F || c == 0x061C || within(c, 0x200C, 0x200F) ||
         within(c, 0x202A, 0x202E) || within(c, 0x2060, 0x2064) || within(c, 0x2066, 0x206F) || c == 0xFEFF;
}

// Letters that Unicode does not take apart, and what people type for them.
struct Letter {
  char32_t from;
  std::string_view to;
};
constexpr std::array kLetters = {
    Letter{0x00E6, "ae"}, Letter{0x00F0, "d"},  Letter{0x00F8, "o"},  Letter{0x00FE, "th"},
    Letter{0x0111, "d"},  Letter{0x0127, "h"},  Letter{0x0131, "i"},  Letter{0x0138, "k"},
    Letter{0x0142, "l"},  Letter{0x014B, "ng"}, Letter{0x0153, "oe"}, Letter{0x0167, "t"},
    Letter{0x0180, "b"},  Letter{0x0192, "f"},  Letter{0x0237, "j"},
};

void append_letter(std::string& out, char32_t c) {
  const auto* found =
      std::lower_bound(kLetters.begin(), kLetters.end(), c,
                       [](const Letter& letter, char32_t value) { return letter.from < value; });
  if (found != kLetters.end() && found->from == c) {
    out += found->to;
  } else {
    append_utf8(out, c);
  }
}

bool keeps(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  const CharClass kind = classify(c);
  return kind == CharClass::word || kind == CharClass::ideograph;
}

}  // namespace

CharClass classify(char32_t c) {
  if (c == 0x2019 || c == 0x02BC || c == 0xFF07 || c == 0x2018 || c == 0x02B9) return CharClass::apostrophe;
  if (c == 0x2010 || c == 0x2011 || c == 0x2012 || c == 0x2013 || c == 0x2212 || c == 0xFE63 || c == 0xFF0D) {
    return CharClass::hyphen;
  }
  if (is_ideograph(c)) return CharClass::ideograph;
  if (is_diacritic(c) || is_invisible(c)) return CharClass::transparent;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return CharClass::word;
    default:
      return CharClass::separator;
  }
}

bool needs_compose(char32_t c) {
  if (within(c, 0x1100, 0x11FF) || within(c, 0xA960, 0xA97F) || within(c, 0xD7B0, 0xD7FF)) return true;
  if (within(c, 0x3131, 0x318E) || within(c, 0xFF66, 0xFFDC) || within(c, 0x3099, 0x309A)) return true;
  return within(c, 0x0600, 0x1AFF) && !within(c, 0x1680, 0x16FF);
}

void append_folded(std::string& out, char32_t c) {
  if (within(c, 0xAC00, 0xD7A3) || within(c, 0x3041, 0x30FF)) {  // composed already; no case
    append_utf8(out, c);
    return;
  }
  std::array<utf8proc_int32_t, 64> folded{};
  int boundary = 0;
  const auto count = utf8proc_decompose_char(
      static_cast<utf8proc_int32_t>(c), folded.data(), static_cast<utf8proc_ssize_t>(folded.size()),
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD), &boundary);
  if (count < 0 || static_cast<std::size_t>(count) > folded.size()) return;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    const auto piece = static_cast<char32_t>(folded[i]);
    if (keeps(piece)) append_letter(out, piece);
  }
}

void compose(std::string& out, std::size_t from) {
  const std::size_t bytes = out.size() - from;
  std::vector<utf8proc_int32_t> points(bytes * 4 + 16);  // NFD of a code point of n bytes: at most 4 points
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_STABLE);
  const auto count = utf8proc_decompose(reinterpret_cast<const utf8proc_uint8_t*>(out.data()) + from,
                                        static_cast<utf8proc_ssize_t>(bytes), points.data(),
                                        static_cast<utf8proc_ssize_t>(points.size()), options);
  if (count < 0 || static_cast<std::size_t>(count) > points.size()) return;
  const auto composed = utf8proc_normalize_utf32(
      points.data(), count, static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE));
  if (composed < 0) return;
  out.resize(from);
  for (std::size_t i = 0; i < static_cast<std::size_t>(composed); ++i) {
    append_utf8(out, static_cast<char32_t>(points[i]));
  }
}

}  // namespace digest::text
