// SPDX-License-Identifier: MIT
// The whole truth about words: every rule of the analyzer, one character at a time. The tokenizer's fast path
// takes the stretches in which none of them can apply; both give the same tokens. One use, one thread.
//
// What is a word
//  * Letters and digits of any script, folded; diacritics, soft hyphens and joiners inside are seen through.
//  * An apostrophe between letters is nothing ("don't" = "dont"); a possessive 's is dropped.
//  * A full stop between digits belongs to the number ("3.5", "2405.15071").
//  * "++" behind a word, "#" behind a single letter, ".NET": part of the name.
//  * Han and kana: every character is a word; a run of two to six of them is a compound.
//  * A single Greek letter is its name, as is a LaTeX symbol (α, \alpha: "alpha").
//  * Braces around letters inside a word, and commands that only set a font, are seen through ("{G}aussian").
// What is a compound
//  * Words joined by - (and its Unicode kin, the en dash without blanks too), _ ^ @ &, or by LaTeX's own ways
//  of
//    writing these ("$k$-means", "H$_2$O", "x_{i}"). Up to kMaxParts words also give the joined form.
//  * Not by / . : ( ) and not by "--": these separate.
#pragma once
#include <cstddef>
#include <string_view>

#include "text/analyzer.hpp"

namespace digest::text {

inline constexpr std::size_t kMaxParts = 6;

class CarefulScanner {
 public:
  CarefulScanner(std::string_view text, TokenStream& out) : text_(text), out_(out) {}

  // Scans from text[at], which no word runs across, to the first blank at or behind the end of what began
  // there; returns its offset.
  std::size_t scan_chunk(std::size_t at);

 private:
  struct Part {
    std::size_t end;   // of the word
    std::size_t next;  // where to go on: behind a possessive 's
  };
  struct Reading {           // of a word
    std::size_t at;          // the next byte to look at
    std::size_t end;         // of what belongs to the word
    std::size_t next;        // behind a possessive 's, once there was one
    std::size_t form_begin;  // into TokenStream::forms
    std::size_t groups;      // braces that are open inside
  };
  struct Joint {
    bool math_open = false;  // "$_" was crossed, so that "$" may close it
  };

  std::size_t scan_step(std::size_t at);
  std::size_t scan_compound(std::size_t at);
  std::size_t scan_ideographs(std::size_t at);
  std::size_t scan_dot(std::size_t at);
  Part read_part(std::size_t at);
  Part read_word(std::size_t at);
  // These four: does the word go on?
  bool read_sign(Reading& word);
  bool read_command(Reading& word);
  bool read_beyond_ascii(Reading& word);
  bool read_apostrophe(Reading& word, std::size_t after);
  std::size_t read_suffix(std::size_t at, std::size_t form_begin);
  std::size_t next_part(std::size_t at, Joint& joint) const;
  std::size_t word_start(std::size_t at) const;
  std::size_t hyphen_end(std::size_t at) const;
  bool is_word_at(std::size_t at) const;
  bool is_letter_group(std::size_t at) const;
  void append(std::string_view letters);
  bool add_word(std::size_t begin, std::size_t end, std::size_t form_begin);
  void add_joined(std::size_t first_token);
  char at_or_nul(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }

  std::string_view text_;
  TokenStream& out_;
  bool compose_ = false;  // the word being read is of a script that composes its letters
};

}  // namespace digest::text
