// SPDX-License-Identifier: MIT
// A stretch of query text -> nodes, through the analyzer that also made the index. One reader a query; not
// shared between threads.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "query/characters.hpp"
#include "query/lexer.hpp"
#include "query/query.hpp"
#include "text/analyzer.hpp"

namespace digest::query {

class WordReader {
 public:
  // With `fuzzy`, plain words of four letters or more also match within one edit.
  WordReader(std::string_view text, const CodePoints& positions, bool fuzzy)
      : text_(text), positions_(positions), fuzzy_(fuzzy) {}

  // The words of text[begin, end), a compound as one; common ones flagged.
  std::vector<Node> read(std::size_t begin, std::size_t end, Field field);

  // All of it as one thing: a word, a compound, or several words ("a.b") side by side in this order.
  Node unit(std::size_t begin, std::size_t end, Field field);

  // The same, and never fuzzy: another identifier is another paper.
  Node exact_unit(std::size_t begin, std::size_t end, Field field);

  // Exactly these words, as written.
  Node phrase(const Lexeme& lexeme, Field field);

  // word* or word~1; nothing if the text is not one word or compound.
  Node pattern(const Lexeme& lexeme, Field field);

 private:
  void analyze(std::size_t begin, std::size_t end);
  Node node_at(std::size_t token, Field field) const;  // a word, or the compound that starts here
  std::size_t after(std::size_t token) const;          // the token behind it
  Node new_node(Node::Kind kind, Field field, std::size_t begin, std::size_t end) const;
  PhraseWord word_of(const text::Token& token) const;
  std::string forms_of(std::size_t first, std::size_t last, char separator) const;

  std::string_view text_;
  const CodePoints& positions_;
  bool fuzzy_;
  std::size_t begin_ = 0;  // of the analysed stretch
  text::TokenStream stream_;
};

// Tokens [first, last) as words by term at their distances, compounds by their parts.
std::vector<PhraseWord> words_by_term(const text::TokenStream& stream, std::size_t first, std::size_t last);

// A compound as one unit: the joined word, or its parts side by side. `node` brings field, text and place.
Node make_compound(Node node, std::string_view joined_form, std::vector<PhraseWord> parts);

}  // namespace digest::query
