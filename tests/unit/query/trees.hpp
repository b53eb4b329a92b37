// SPDX-License-Identifier: MIT
// Trees compared and shown, for tests.
#pragma once
#include <string>
#include <string_view>

#include "query/parser.hpp"
#include "query/printer.hpp"

namespace digest::query::test {

inline bool same_tree(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.field != b.field || a.boost != b.boost || a.filter != b.filter ||
      a.stop_word != b.stop_word || a.slop != b.slop || a.distance != b.distance ||
      a.first_day != b.first_day || a.last_day != b.last_day || a.min_should != b.min_should ||
      a.relaxable != b.relaxable || a.occurs != b.occurs || a.words.size() != b.words.size() ||
      a.children.size() != b.children.size()) {
    return false;
  }
  // A phrase says what it is by its words; how it was written in between may differ.
  if (a.kind != Node::Kind::phrase && a.kind != Node::Kind::union_of && a.text != b.text) return false;
  for (std::size_t i = 0; i < a.words.size(); ++i) {
    const PhraseWord &x = a.words[i], &y = b.words[i];
    if (x.term != y.term || x.form != y.form || x.offset != y.offset) return false;
  }
  for (std::size_t i = 0; i < a.children.size(); ++i) {
    if (!same_tree(a.children[i], b.children[i])) return false;
  }
  return true;
}

inline ParseOptions in_mode(MatchMode mode) {
  ParseOptions options;
  options.mode = mode;
  return options;
}

inline std::string printed(std::string_view text, MatchMode mode = MatchMode::natural) {
  return to_string(parse(text, in_mode(mode)).root);
}

// The codes of the notes, side by side.
inline std::string noted(std::string_view text) {
  std::string codes;
  for (const Note& note : parse(text, {}).notes) codes += (codes.empty() ? "" : " ") + note.code;
  return codes;
}

}  // namespace digest::query::test
