// SPDX-License-Identifier: MIT
#include "query/words.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "query/edit_distance.hpp"

namespace digest::query {

using Kind = Node::Kind;
using text::TokenKind;

namespace {

// May stand in a printed query as it is: no character that would be read as an operator there.
bool is_printable(std::string_view written) {
  for (std::size_t at = 0; at < written.size();) {
    const Decoded next = character(written, at);
    const char32_t c = next.code_point;
    if (!next.valid || is_space(c) || is_quote(c) ||
        (c < 0x80 && std::string_view("()\\*~$:{}").find(static_cast<char>(c)) != std::string_view::npos)) {
      return false;
    }
    if (c == '^' && at > 1) return false;  // "word^2" would be a weight
    at += next.length;
  }
  return !written.empty() && is_word_character(character(written, 0).code_point);
}

// Enough of a word to search for its neighbours: more letters than edits, two for a prefix; one from beyond
// ASCII, where a character says more.
bool is_pattern_word(std::string_view form, std::uint32_t edits) {
  const std::u32string letters = code_points(form);
  const bool ascii = std::all_of(letters.begin(), letters.end(), [](char32_t c) { return c < 0x80; });
  const bool named =
      std::any_of(letters.begin(), letters.end(), [](char32_t c) { return c >= 0x80 || is_ascii_letter(c); });
  if (edits > 0) return named && letters.size() > edits;
  return named && (letters.size() > 1 || !ascii);
}

// Nearly all forms, typed as a query, are one word again. A few fold to characters that are words each: "\u3038" to
// the ideograph of ten.
bool reads_alone(std::string_view form) {
  if (std::all_of(form.begin(), form.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return true;
  text::TokenStream again;
  text::tokenize(form, again);
  return again.tokens.size() == 1 && again.form(again.tokens.front()) == form;
}

}  // namespace

std::vector<PhraseWord> words_by_term(const text::TokenStream& stream, std::size_t first, std::size_t last) {
  std::vector<PhraseWord> words;
  std::uint32_t start = 0;
  for (std::size_t i = first; i < last; ++i) {
    const text::Token& token = stream.tokens[i];
    if (token.kind != TokenKind::word) continue;
    if (words.empty()) start = token.position;
    words.push_back({text::stem_class(stream.form(token)), {}, token.position - start});
  }
  return words;
}

Node make_compound(Node node, std::string_view joined_form, std::vector<PhraseWord> parts) {
  Node joined, apart;
  joined.field = apart.field = node.field;
  joined.text_begin = apart.text_begin = node.text_begin;
  joined.text_end = apart.text_end = node.text_end;
  joined.kind = Kind::term;
  joined.text = std::string(joined_form);
  joined.words.push_back({text::stem_class(joined_form), {}, 0});
  apart.kind = Kind::phrase;
  apart.text = node.text;
  apart.words = std::move(parts);
  node.kind = Kind::union_of;
  node.children.push_back(std::move(joined));
  node.children.push_back(std::move(apart));
  return node;
}

void WordReader::analyze(std::size_t begin, std::size_t end) {
  begin_ = begin;
  text::tokenize(text_.substr(begin, end - begin), stream_);
}

Node WordReader::new_node(Kind kind, Field field, std::size_t begin, std::size_t end) const {
  Node node;
  node.kind = kind;
  node.field = field;
  node.text = std::string(text_.substr(begin, end - begin));
  node.text_begin = positions_.at(begin);
  node.text_end = positions_.at(end);
  return node;
}

PhraseWord WordReader::word_of(const text::Token& token) const {
  return {text::stem_class(stream_.form(token)), {}, 0};
}

std::size_t WordReader::after(std::size_t token) const {
  const text::Token& first = stream_.tokens[token];
  if (first.kind != TokenKind::joined) return token + 1;
  const std::uint32_t end = first.position + first.parts;
  while (token < stream_.tokens.size() && stream_.tokens[token].position < end) ++token;
  return token;
}

Node WordReader::node_at(std::size_t token, Field field) const {
  const text::Token& first = stream_.tokens[token];
  const std::string_view form = stream_.form(first);
  Node node = new_node(Kind::term, field, begin_ + first.begin, begin_ + first.end);
  if (first.kind == TokenKind::joined) {
    const std::size_t end = after(token);
    if (!is_printable(node.text)) node.text = forms_of(token, end, '-');
    return make_compound(std::move(node), form, words_by_term(stream_, token, end));
  }
  node.words.push_back(word_of(first));
  const bool alone = reads_alone(form);
  if (alone || !is_printable(node.text)) node.text = std::string(form);
  node.stop_word = text::is_stop_word(form);
  if (fuzzy_ && alone && !node.stop_word && code_points(form).size() >= 4 && is_pattern_word(form, 1)) {
    node.kind = Kind::fuzzy;
    node.distance = 1;
    node.words.clear();
  }
  return node;
}

Node WordReader::exact_unit(std::size_t begin, std::size_t end, Field field) {
  const bool fuzzy = std::exchange(fuzzy_, false);
  Node node = unit(begin, end, field);
  fuzzy_ = fuzzy;
  return node;
}

std::string WordReader::forms_of(std::size_t first, std::size_t last, char separator) const {
  std::string out;
  for (std::size_t i = first; i < last; ++i) {
    if (stream_.tokens[i].kind != TokenKind::word) continue;
    if (!out.empty()) out += separator;
    out += stream_.form(stream_.tokens[i]);
  }
  return out;
}

std::vector<Node> WordReader::read(std::size_t begin, std::size_t end, Field field) {
  analyze(begin, end);
  std::vector<Node> nodes;
  for (std::size_t token = 0; token < stream_.tokens.size(); token = after(token))
    nodes.push_back(node_at(token, field));
  return nodes;
}

Node WordReader::unit(std::size_t begin, std::size_t end, Field field) {
  analyze(begin, end);
  if (stream_.tokens.empty()) return {};
  if (after(0) == stream_.tokens.size()) return node_at(0, field);
  Node node = new_node(Kind::phrase, field, begin, end);
  node.words = words_by_term(stream_, 0, stream_.tokens.size());
  if (!is_printable(node.text)) node.text = forms_of(0, stream_.tokens.size(), ';');
  return node;
}

Node WordReader::phrase(const Lexeme& lexeme, Field field) {
  analyze(lexeme.begin, lexeme.end);
  Node node = new_node(Kind::phrase, field, lexeme.begin, lexeme.end);
  node.text_begin = positions_.at(lexeme.whole_begin);
  node.text_end = positions_.at(lexeme.whole_end);
  node.boost = lexeme.boost;
  for (const text::Token& token : stream_.tokens) {
    if (token.kind != TokenKind::word) continue;
    node.words.push_back(
        {text::stem_class(stream_.form(token)), std::string(stream_.form(token)), token.position});
  }
  if (node.words.empty()) return {};
  const std::uint32_t start = node.words.front().offset;
  for (PhraseWord& word : node.words) word.offset -= start;
  node.slop = node.words.size() > 1 ? lexeme.slop : 0;
  return node;
}

Node WordReader::pattern(const Lexeme& lexeme, Field field) {
  analyze(lexeme.begin, lexeme.end);
  if (stream_.tokens.empty() || after(0) != stream_.tokens.size()) return {};
  Node node =
      new_node(lexeme.prefix ? Kind::prefix : Kind::fuzzy, field, lexeme.whole_begin, lexeme.whole_end);
  node.text = std::string(stream_.form(stream_.tokens[0]));
  // "c++" joined to something else is no word of its own.
  const bool joined_name =
      stream_.tokens[0].kind == TokenKind::joined && node.text.find_first_of("+#") != std::string::npos;
  if (joined_name || !is_pattern_word(node.text, lexeme.edits)) return {};
  node.distance = lexeme.edits;
  node.boost = lexeme.boost;
  return node;
}

}  // namespace digest::query
