// SPDX-License-Identifier: MIT
// What is a character to a word, and what is left of it when case, accents and compatibility forms are folded
// (Unicode NFKC and full case folding by utf8proc)? Pure functions, safe from any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

namespace digest::text {

enum class CharClass : std::uint8_t {
  separator,    // ends a word
  word,         // letters, digits, and the marks that are part of a script's spelling
  ideograph,    // Han and kana: a word of its own, as these scripts don't put blanks between words
  transparent,  // diacritics, soft hyphen, joiners: nothing, inside a word
  apostrophe,
  hyphen,  // joins the parts of a compound: hyphens, minus, en dash
};

// For code points from U+0080; ASCII is the tokenizer's own table.
CharClass classify(char32_t code_point);

// Appends the folded letters of a code point of class word or ideograph. May append nothing.
void append_folded(std::string& out, char32_t code_point);

// Makes one spelling of what append_folded leaves in two where a script composes its letters (jamo, kana with
// voicing marks, Indic signs): canonical composition of out[from..].
void compose(std::string& out, std::size_t from);

// The marks that make g of k in kana (combining, and halfwidth).
constexpr bool is_voicing_mark(char32_t c) {
  return c == 0x3099 || c == 0x309A || c == 0xFF9E || c == 0xFF9F;
}

// Does a word that has this code point need compose()?
bool needs_compose(char32_t code_point);

}  // namespace digest::text
