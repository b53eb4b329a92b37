// SPDX-License-Identifier: MIT
// What a character is to the query language, and where it stands. Pure functions; safe from any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/utf8.hpp"

namespace digest::query {

// decode_utf8, with the common case in line.
inline Decoded character(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte < 0x80 ? Decoded{byte, 1, true} : decode_utf8(text, at);
}

inline bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}
inline bool is_ascii_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

inline bool is_space(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000 || c == 0xFEFF;
}

// Letters and digits of any script; what is beyond ASCII and neither space nor punctuation is taken for a
// letter.
inline bool is_word_character(char32_t c) {
  if (c < 0x80) return is_digit(c) || is_ascii_letter(c);
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  // Of the CJK marks, the repeated ideograph, zero, Hangzhou numerals, tone marks and kana repeats belong to words.
  const bool cjk_letter = (c >= 0x3005 && c <= 0x3007) || (c >= 0x3021 && c <= 0x302F) || (c >= 0x3031 && c <= 0x3035) || (c >= 0x3038 && c <= 0x303C);
  return !is_space(c) && !(c >= 0x2000 && c <= 0x206F) && (cjk_letter || !(c >= 0x3000 && c <= 0x303F)) && c != kReplacement;
}

// Straight, typographic and full-width double quotes; they close one another, as word processors mix them.
inline bool is_quote(char32_t c) {
  return c == '"' || (c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB || c == 0xFF02;
}

// The character that ends before text[at]; a space at the start of the text.
inline char32_t character_before(std::string_view text, std::size_t at) {
  if (at == 0) return ' ';
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) --begin;
  return character(text, begin).code_point;
}

// The character at text[at]; a space at its end.
inline char32_t character_at(std::string_view text, std::size_t at) {
  return at < text.size() ? character(text, at).code_point : U' ';
}

// Byte offsets of a text as code points, for people and for JSON.
class CodePoints {
 public:
  explicit CodePoints(std::string_view text);
  // `byte` up to the size of the text; inside a character: that character.
  [[nodiscard]] std::uint32_t at(std::size_t byte) const {
    return index_.empty() ? static_cast<std::uint32_t>(byte) : index_[byte];
  }

 private:
  std::vector<std::uint32_t> index_;  // empty: all ASCII, a byte is a code point
};

}  // namespace digest::query
