// SPDX-License-Identifier: MIT
#include "query/lexer.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include "query/identifiers.hpp"
#include "query/operators.hpp"
#include "query/structure.hpp"

namespace digest::query {

double round_boost(double boost) {
  if (!(boost > 0)) return 0;
  return std::round(std::min(boost, kMaxBoost) * 1000.0) / 1000.0;
}

namespace {

using Kind = Lexeme::Kind;

class Lexer {
 public:
  Lexer(std::string_view text, const CodePoints& positions)
      : text_(text), positions_(positions), structure_(find_structure(text, positions)) {}

  Lexed lex() {
    while (skip_space()) {
      if (mark_at(at_, Mark::Role::close)) {
        closing_bracket();
      } else {
        clause();
      }
    }
    Lexed out;
    out.lexemes = std::move(lexemes_);
    out.notes = std::move(structure_.notes);
    decide_operators(text_, positions_, out);
    return out;
  }

 private:
  bool skip_space() {
    while (at_ < text_.size()) {
      const Decoded next = character(text_, at_);
      if (!is_space(next.code_point)) return true;
      at_ += next.length;
      fresh_ = true;
    }
    return false;
  }

  // [+-][field:] and then a word, a phrase or an opening bracket.
  void clause() {
    Lexeme lexeme;
    lexeme.whole_begin = offset(at_);
    if (fresh_) {
      lexeme.sign = sign();
      if (lexeme.sign != Sign::none) ++at_;
      field(lexeme);
    }
    if (const Mark* quote = mark_at(at_, Mark::Role::open_quote)) {
      phrase(lexeme, *quote);
    } else if (const Mark* bracket = mark_at(at_, Mark::Role::open)) {
      lexeme.kind = Kind::open;
      lexeme.begin = lexeme.end = bracket->end;
      at_ = bracket->end;
      fresh_ = true;
      push(lexeme);
    } else {
      word(lexeme);
    }
  }

  [[nodiscard]] Sign sign() const {
    const char c = text_[at_];
    if (c != '+' && c != '-') return Sign::none;
    const std::size_t next = at_ + 1;
    const bool begins_something = is_word_character(character_at(text_, next)) || opens_at(next);
    if (!begins_something) return Sign::none;
    return c == '+' ? Sign::must : Sign::must_not;
  }

  // A field only if its value follows directly; "Attention: a survey" has none.
  void field(Lexeme& lexeme) {
    std::size_t colon = at_;
    while (colon < text_.size() && is_ascii_letter(static_cast<unsigned char>(text_[colon]))) ++colon;
    if (colon == at_ || colon + 1 >= text_.size() || text_[colon] != ':') return;
    const char32_t after = character_at(text_, colon + 1);
    if (is_space(after) || after == ':' || after == ')') return;
    const std::string_view name = text_.substr(at_, colon - at_);
    if (const auto known = find_field(name)) {
      lexeme.field = *known;
      at_ = colon + 1;
    } else if (after != '/' && !find_identifier(text_.substr(at_, word_end(at_) - at_)).found) {
      unknown_field(name, at_, colon);
    }
  }

  void unknown_field(std::string_view name, std::size_t begin, std::size_t end) {
    std::string sentence = "\"" + std::string(name) + ":\" is no field, so it was read as text.";
    if (const std::string_view near = nearest_field(name); !near.empty()) {
      sentence += " Did you mean \"" + std::string(near) + ":\"?";
    }
    structure_.notes.push_back(
        {"unknown_field", std::move(sentence), {positions_.at(begin), positions_.at(end + 1)}});
  }

  void phrase(Lexeme& lexeme, const Mark& quote) {
    lexeme.kind = Kind::phrase;
    lexeme.begin = quote.end;
    const Mark& close = structure_.marks[mark_ + 1];
    lexeme.end = close.begin;
    at_ = close.end;
    if (at_ < text_.size() && text_[at_] == '~') {
      if (const std::size_t end = digits_end(at_ + 1); end > at_ + 1) {
        lexeme.slop = number(at_ + 1, end, kMaxSlop);
        at_ = end;
      }
    }
    lexeme.boost = boost_here();
    fresh_ = false;
    if (lexeme.slop == 0) identifier(lexeme);  // an address in quotation marks, as out of a file
    push(lexeme);
  }

  // Is it one? Then without the punctuation around it.
  bool identifier(Lexeme& lexeme) const {
    if (lexeme.field != FieldName::none) return false;
    const std::string_view content = text_.substr(lexeme.begin, lexeme.end - lexeme.begin);
    const Identifier found = content.find(' ') == std::string_view::npos ? find_identifier(content) : Identifier();
    if (!found.found) return false;
    lexeme.kind = Kind::word;
    lexeme.identifier = true;
    lexeme.begin = offset(static_cast<std::size_t>(found.text.data() - text_.data()));
    lexeme.end = lexeme.begin + offset(found.text.size());
    return true;
  }

  void closing_bracket() {
    Lexeme lexeme;
    lexeme.kind = Kind::close;
    lexeme.whole_begin = lexeme.begin = lexeme.end = offset(at_);
    ++at_;
    lexeme.boost = boost_here();
    fresh_ = false;
    push(lexeme);
  }

  // "^2" right here, behind a quote or a bracket.
  double boost_here() {
    if (at_ >= text_.size() || text_[at_] != '^') return 1.0;
    const std::size_t end = decimal_end(at_ + 1);
    if (end == at_ + 1) return 1.0;
    const double value = decimal(at_ + 1, end);
    at_ = end;
    return value;
  }

  void word(Lexeme& lexeme) {
    lexeme.begin = offset(at_);
    lexeme.end = offset(word_end(at_));
    at_ = lexeme.end;
    fresh_ = false;
    if (!identifier(lexeme) && is_text_field(lexeme.field)) suffix(lexeme);
    push(lexeme);
  }

  // "word*", "word~1", "word^2" and their combinations, read from the end; "R^3" and "A*" are names, not
  // operators.
  void suffix(Lexeme& lexeme) {
    std::size_t end = lexeme.end;
    while (end > lexeme.begin && std::string_view(",;.!?").find(text_[end - 1]) != std::string_view::npos)
      --end;
    Lexeme read = lexeme;
    bool found = false;
    std::size_t caret = end;
    while (caret > read.begin &&
           (is_digit(static_cast<unsigned char>(text_[caret - 1])) || text_[caret - 1] == '.'))
      --caret;
    if (caret < end && caret > read.begin && text_[caret - 1] == '^' && decimal_end(caret) == end) {
      read.boost = decimal(caret, end);
      end = caret - 1;
      found = true;
    }
    std::size_t tilde = end;
    while (tilde > read.begin && is_digit(static_cast<unsigned char>(text_[tilde - 1]))) --tilde;
    const bool starred = end > read.begin && text_[end - 1] == '*';
    if (tilde > read.begin && text_[tilde - 1] == '~') {
      read.edits = tilde == end ? 1 : number(tilde, end, kMaxEdits);
      end = tilde - 1;
      found = true;
    } else if (starred) {
      while (end > read.begin && text_[end - 1] == '*') --end;
      read.prefix = true;
      found = true;
    }
    const bool pattern = read.prefix || read.edits > 0;
    // A weight on a single character is a power: "R^3".
    if (!found) note_star_within(read.begin, end);
    if (!found || end == read.begin) return;
    if (!pattern && character(text_, read.begin).length == end - read.begin) return;
    const char32_t last = character_before(text_, end);
    const bool word_before = is_word_character(last) || last == '+' || last == '#';
    if (!word_before && pattern) return;
    read.end = offset(end);
    lexeme = read;
  }

  // "gr*k" was meant for a pattern. In names a star follows a capital or one letter: "C*-algebra", "L*a*b*", "R*CNN".
  void note_star_within(std::size_t begin, std::size_t end) {
    const std::string_view word = text_.substr(begin, end - begin);
    const std::size_t star = word.find('*');
    if (star == std::string_view::npos || star < 2 || star + 1 == word.size()) return;
    const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
    if (std::any_of(word.begin(), word.end(), [&](char c) { return c != '*' && !is_small(c); })) return;
    structure_.notes.push_back({"ignored_operator", "A star stands for letters only at the end of a word, so it was ignored.",
                                {positions_.at(begin), positions_.at(end)}});
  }

  [[nodiscard]] std::size_t word_end(std::size_t begin) const {
    std::size_t at = begin;
    std::size_t mark = mark_;
    while (at < text_.size()) {
      while (mark < structure_.marks.size() && structure_.marks[mark].begin < at) ++mark;
      if (mark < structure_.marks.size() && structure_.marks[mark].begin == at && at > begin) break;
      const Decoded next = character(text_, at);
      if (is_space(next.code_point)) break;
      at += next.length;
    }
    return at;
  }

  const Mark* mark_at(std::size_t at, Mark::Role role) {
    while (mark_ < structure_.marks.size() && structure_.marks[mark_].begin < at) ++mark_;
    if (mark_ == structure_.marks.size()) return nullptr;
    const Mark& mark = structure_.marks[mark_];
    return mark.begin == at && mark.role == role ? &mark : nullptr;
  }

  [[nodiscard]] bool opens_at(std::size_t at) const {
    for (std::size_t i = mark_; i < structure_.marks.size() && structure_.marks[i].begin <= at; ++i) {
      const Mark& mark = structure_.marks[i];
      if (mark.begin == at) return mark.role == Mark::Role::open || mark.role == Mark::Role::open_quote;
    }
    return false;
  }

  [[nodiscard]] std::size_t digits_end(std::size_t at) const {
    while (at < text_.size() && is_digit(static_cast<unsigned char>(text_[at]))) ++at;
    return at;
  }

  // The end of "12" or "12.5"; `at` itself if there is no number.
  [[nodiscard]] std::size_t decimal_end(std::size_t at) const {
    const std::size_t whole = digits_end(at);
    if (whole == at || whole >= text_.size() || text_[whole] != '.') return whole;
    const std::size_t fraction = digits_end(whole + 1);
    return fraction == whole + 1 ? whole : fraction;
  }

  [[nodiscard]] std::uint32_t number(std::size_t begin, std::size_t end, std::uint32_t most) const {
    std::uint32_t value = 0;
    const auto [stop, error] = std::from_chars(text_.data() + begin, text_.data() + end, value);
    return error != std::errc() || stop != text_.data() + end ? most : std::min(value, most);
  }

  [[nodiscard]] double decimal(std::size_t begin, std::size_t end) const {
    double value = 0, place = 1;
    bool fraction = false;
    for (std::size_t at = begin; at < end; ++at) {
      if (text_[at] == '.') {
        fraction = true;
        continue;
      }
      const double digit = text_[at] - '0';
      if (fraction) place /= 10;
      value = fraction ? value + digit * place : std::min(value * 10 + digit, 1e9);
    }
    return round_boost(value);
  }

  void push(Lexeme& lexeme) {
    lexeme.whole_end = offset(at_);
    lexemes_.push_back(lexeme);
  }

  static std::uint32_t offset(std::size_t at) { return static_cast<std::uint32_t>(at); }

  std::string_view text_;
  const CodePoints& positions_;
  Structure structure_;
  std::size_t at_ = 0;
  std::size_t mark_ = 0;  // the first mark not before at_
  bool fresh_ = true;     // at the start of a word: behind white space or an opening bracket
  std::vector<Lexeme> lexemes_;
};

}  // namespace

Lexed lex(std::string_view text, const CodePoints& positions) {
  return Lexer(text, positions).lex();
}

}  // namespace digest::query
