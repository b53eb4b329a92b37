// SPDX-License-Identifier: MIT
// Query text -> lexemes. What cannot be an operator is text; nothing is an error, and the work is linear in
// the text. Safe from any thread.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/characters.hpp"
#include "query/fields.hpp"
#include "query/query.hpp"

namespace digest::query {

enum class Sign : std::uint8_t { none, must, must_not };

struct Lexeme {
  enum class Kind : std::uint8_t { word, phrase, open, close, conjunction, disjunction, negation };
  Kind kind = Kind::word;
  Sign sign = Sign::none;
  FieldName field = FieldName::none;
  bool prefix = false;      // word*
  std::uint32_t edits = 0;  // word~2
  std::uint32_t slop = 0;   // "a b"~3
  double boost = 1.0;       // word^2, "a b"^2; on a closing bracket: of the group
  bool identifier = false;  // an arXiv id, a DOI, a URL
  std::uint32_t begin = 0;  // bytes of the content: no sign, field, quotes or suffix
  std::uint32_t end = 0;
  std::uint32_t whole_begin = 0;  // bytes of all of it
  std::uint32_t whole_end = 0;

  // A word with nothing about it: neighbours of its kind are analysed as one text.
  [[nodiscard]] bool is_plain() const {
    return kind == Kind::word && sign == Sign::none && field == FieldName::none && !prefix && edits == 0 &&
           boost == 1.0 && !identifier && begin == whole_begin && end == whole_end;
  }
};

struct Lexed {
  std::vector<Lexeme> lexemes;  // brackets balanced; operators stand between operands
  std::vector<Note> notes;
};

inline constexpr std::uint32_t kMaxEdits = 2;
inline constexpr std::uint32_t kMaxSlop = 1000;
inline constexpr double kMaxBoost = 1000.0;

// A weight as it may be: 0 to kMaxBoost, in thousandths, so that it prints as it was read.
double round_boost(double boost);

Lexed lex(std::string_view text, const CodePoints& positions);

}  // namespace digest::query
