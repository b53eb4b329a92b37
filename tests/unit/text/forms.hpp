// SPDX-License-Identifier: MIT
// Tokens as readable lines, and whether two streams say the same.
#pragma once
#include <string>
#include <string_view>

#include "text/analyzer.hpp"

namespace digest::test {

// "+joined word word": the forms of a text in order, joined ones marked.
inline std::string forms_of(std::string_view text) {
  text::TokenStream stream;
  text::tokenize(text, stream);
  std::string forms;
  for (const text::Token& token : stream.tokens) {
    if (!forms.empty()) forms += ' ';
    if (token.kind == text::TokenKind::joined) forms += '+';
    forms += stream.form(token);
  }
  return forms;
}

inline bool same_token(const text::TokenStream& a, const text::TokenStream& b, std::size_t i) {
  const text::Token& x = a.tokens[i];
  const text::Token& y = b.tokens[i];
  return x.begin == y.begin && x.end == y.end && x.position == y.position && x.parts == y.parts &&
         x.kind == y.kind && a.form(x) == b.form(y);
}

inline bool same_tokens(const text::TokenStream& a, const text::TokenStream& b) {
  if (a.length != b.length || a.tokens.size() != b.tokens.size()) return false;
  for (std::size_t i = 0; i < a.tokens.size(); ++i) {
    if (!same_token(a, b, i)) return false;
  }
  return true;
}

// Empty if the stream keeps the promises of analyzer.hpp about a text of that size; else which one it breaks.
inline std::string broken_promise(const text::TokenStream& stream, std::size_t text_bytes) {
  std::uint32_t next_position = 0;
  std::size_t covered = 0;  // words that the joined token just seen still has to be followed by
  for (const text::Token& token : stream.tokens) {
    if (token.begin >= token.end || token.end > text_bytes) return "offsets";
    if (token.form_length == 0 || token.form_length > text::kMaxFormBytes) return "form length";
    if (std::size_t{token.form_begin} + token.form_length > stream.forms.size()) return "form offset";
    if (token.position != next_position) return "position";
    if (token.kind == text::TokenKind::joined) {
      if (covered != 0 || token.parts < 2) return "joined";
      covered = token.parts;
      continue;
    }
    if (token.parts != 1) return "parts";
    ++next_position;
    if (covered != 0) --covered;
  }
  if (covered != 0) return "parts missing";
  return next_position == stream.length ? "" : "length";
}

}  // namespace digest::test
