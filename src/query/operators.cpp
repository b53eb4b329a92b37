// SPDX-License-Identifier: MIT
#include "query/operators.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

namespace digest::query {

namespace {

using Kind = Lexeme::Kind;

std::optional<Kind> operator_named(std::string_view word) {
  if (word == "AND") return Kind::conjunction;
  if (word == "OR") return Kind::disjunction;
  if (word == "NOT") return Kind::negation;
  return std::nullopt;
}

bool starts_operand(const Lexeme& lexeme) {
  return lexeme.kind == Kind::word || lexeme.kind == Kind::phrase || lexeme.kind == Kind::open ||
         lexeme.kind == Kind::negation;
}

bool ends_operand(const Lexeme& lexeme) {
  return lexeme.kind == Kind::word || lexeme.kind == Kind::phrase || lexeme.kind == Kind::close;
}

bool has_lower_case(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; });
}

// A title all in capitals: its "AND" is a word, unless every operand is one word ("CNN OR RNN") or there are
// brackets.
bool is_shouted(std::string_view text, const std::vector<Lexeme>& lexemes) {
  if (has_lower_case(text)) return false;
  bool side_by_side = false;
  for (std::size_t i = 0; i < lexemes.size(); ++i) {
    if (lexemes[i].kind == Kind::open) return false;
    side_by_side = side_by_side || (i > 0 && lexemes[i - 1].is_plain() && lexemes[i].is_plain());
  }
  return side_by_side;
}

}  // namespace

void decide_operators(std::string_view text, const CodePoints& positions, Lexed& lexed) {
  std::vector<Lexeme>& lexemes = lexed.lexemes;
  std::vector<std::size_t> candidates;
  for (std::size_t i = 0; i < lexemes.size(); ++i) {
    Lexeme& lexeme = lexemes[i];
    if (!lexeme.is_plain()) continue;
    if (const auto kind = operator_named(text.substr(lexeme.begin, lexeme.end - lexeme.begin))) {
      lexeme.kind = *kind;
      candidates.push_back(i);
    }
  }
  if (candidates.empty()) return;
  const bool shouted = is_shouted(text, lexemes);
  const auto read_as_word = [&](std::size_t i) {
    lexemes[i].kind = Kind::word;
    const std::string name(text.substr(lexemes[i].begin, lexemes[i].end - lexemes[i].begin));
    lexed.notes.push_back({"ignored_operator",
                           shouted ? "All of the query is in capitals, so " + name + " was read as a word."
                                   : name + " does not stand between operands, so it was read as a word.",
                           {positions.at(lexemes[i].begin), positions.at(lexemes[i].end)}});
  };
  // Backwards, because NOT needs what follows it; then forwards, because AND and OR need both sides.
  for (auto i = candidates.rbegin(); i != candidates.rend(); ++i) {
    const bool last = *i + 1 >= lexemes.size();
    if (lexemes[*i].kind == Kind::negation &&
        (shouted || last || !starts_operand(lexemes[*i + 1]) || lexemes[*i + 1].sign == Sign::must)) {
      read_as_word(*i);
    }
  }
  for (const std::size_t i : candidates) {
    if (lexemes[i].kind != Kind::conjunction && lexemes[i].kind != Kind::disjunction) continue;
    const bool between =
        i > 0 && i + 1 < lexemes.size() && ends_operand(lexemes[i - 1]) && starts_operand(lexemes[i + 1]);
    if (shouted || !between) read_as_word(i);
  }
}

}  // namespace digest::query
