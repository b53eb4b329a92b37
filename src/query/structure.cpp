// SPDX-License-Identifier: MIT
#include "query/structure.hpp"

#include <algorithm>
#include <cstddef>

namespace digest::query {

namespace {

bool is_connector(char32_t c) {
  return c == '-' || c == '_' || c == '\'' || c == '/' || c == 0x2019;
}

class Scanner {
 public:
  Scanner(std::string_view text, const CodePoints& positions) : text_(text), positions_(positions) {}

  Structure scan() {
    for (std::size_t at = 0; at < text_.size();) {
      const Decoded next = character(text_, at);
      const std::size_t end = at + next.length;
      if (is_quote(next.code_point)) {
        at = quote(next.code_point, at, end);
      } else {
        if (next.code_point == '(') open(at);
        if (next.code_point == ')') close(at);
        at = end;
      }
    }
    if (!open_.empty()) unbalanced(marks_[open_.back()].begin);
    limit_depth();
    std::erase_if(marks_, [](const Mark& mark) { return mark.role == Mark::Role::text; });
    out_.marks = std::move(marks_);
    return std::move(out_);
  }

 private:
  // Where to go on: behind the closing quote, or behind this one if it is text.
  std::size_t quote(char32_t c, std::size_t at, std::size_t end) {
    const char32_t before = character_before(text_, at);
    const bool opening_shape = c == 0x201C || c == 0x201E || c == 0xAB;
    if (before == '\\' || (is_word_character(before) && !opening_shape)) return end;
    for (std::size_t close = no_more_quotes_ ? text_.size() : end; close < text_.size();) {
      const Decoded next = character(text_, close);
      if (is_quote(next.code_point) && text_[close - 1] != '\\') {
        push(Mark::Role::open_quote, at, end);
        push(Mark::Role::close_quote, close, close + next.length);
        return close + next.length;
      }
      close += next.length;
    }
    if (!no_more_quotes_) {
      note("unbalanced_quote", "A quotation mark is not closed, so it was read as text.", at, end);
    }
    no_more_quotes_ = true;
    return end;
  }

  void open(std::size_t at) {
    const char32_t before = character_before(text_, at);
    const bool glued = is_word_character(before) ||
                       (is_connector(before) && is_word_character(character_before(text_, at - 1)));
    open_.push_back(marks_.size());
    glued_.push_back(glued);
    push(Mark::Role::text, at, at + 1);
  }

  void close(std::size_t at) {
    if (open_.empty()) return unbalanced(at);
    const char32_t after = character_at(text_, at + 1);
    const bool glued = glued_.back() || is_word_character(after) ||
                       (is_connector(after) && is_word_character(character_at(text_, at + 2)));
    if (!glued) {
      marks_[open_.back()].role = Mark::Role::open;
      push(Mark::Role::close, at, at + 1);
    }
    open_.pop_back();
    glued_.pop_back();
  }

  // Groups within more than kMaxDepth others are read as if their brackets were not there.
  void limit_depth() {
    std::uint32_t depth = 0;
    for (Mark& mark : marks_) {
      if (mark.role == Mark::Role::open && ++depth == kMaxDepth + 1) {
        note("too_deep", "Brackets within more than 32 others were ignored.", mark.begin, mark.end);
      }
      const bool drop = depth > kMaxDepth;
      if (mark.role == Mark::Role::close) --depth;
      if (drop && (mark.role == Mark::Role::open || mark.role == Mark::Role::close))
        mark.role = Mark::Role::text;
    }
  }

  void unbalanced(std::size_t at) {
    if (noted_bracket_) return;
    noted_bracket_ = true;
    note("unbalanced_bracket", "A bracket has no partner, so it was read as text.", at, at + 1);
  }

  void push(Mark::Role role, std::size_t begin, std::size_t end) {
    marks_.push_back({role, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }

  void note(const char* code, const char* sentence, std::size_t begin, std::size_t end) {
    const auto same = [&](const Note& known) { return known.code == code; };
    if (std::any_of(out_.notes.begin(), out_.notes.end(), same)) return;
    out_.notes.push_back({code, sentence, {positions_.at(begin), positions_.at(end)}});
  }

  std::string_view text_;
  const CodePoints& positions_;
  std::vector<Mark> marks_;
  std::vector<std::size_t> open_;  // marks of brackets that wait for their partner
  std::vector<char> glued_;        // beside them
  bool no_more_quotes_ = false;
  bool noted_bracket_ = false;
  Structure out_;
};

}  // namespace

Structure find_structure(std::string_view text, const CodePoints& positions) {
  return Scanner(text, positions).scan();
}

}  // namespace digest::query
