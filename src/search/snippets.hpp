// SPDX-License-Identifier: MIT
// Paper + what the query asked for -> the passage that shows why it was found, matched words marked.
// Invariant: the parts of a snippet joined are a piece of the text as it was written, with "... " before it
// and " ..." behind it where text was left out. A SnippetMaker is used by one thread at a time: it remembers
// the words it has met from hit to hit.
#pragma once
#include <digest/search.hpp>

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "query/query.hpp"
#include "text/analyzer.hpp"

namespace digest::search {

struct SnippetWord {
  enum class Kind : std::uint8_t { term, form, prefix };  // any form of a term; one form; forms that start so
  Kind kind = Kind::term;
  std::string text;
  std::uint32_t offset = 0;  // position relative to the first word
};

// One thing that the query asked for: a word, or words in this order (a phrase, a compound).
struct SnippetUnit {
  std::vector<SnippetWord> words;
  std::uint32_t slop = 0;
  std::uint32_t group =
      0;              // units of one group are other names for one thing: a passage gains by one of them
  double weight = 1;  // idf
  query::Field field = query::Field::any;
};

// The units of a query tree: scored nodes, those that must not match left out. `idf` is asked for each term
// once.
std::vector<SnippetUnit> snippet_units(const query::Node& root,
                                       const std::function<double(std::string_view term)>& idf);

class SnippetMaker {
 public:
  // `words`: at most so many in a passage of the abstract; 0: no snippets. Of very long queries the 64 words
  // that weigh most are marked.
  SnippetMaker(std::vector<SnippetUnit> units, std::size_t words);

  // The title, whole, if something of it matched; then the best passage of the abstract, its beginning if
  // nothing did.
  std::vector<Snippet> make(std::string_view title, std::string_view abstract);

 private:
  struct Mark {
    std::uint32_t begin = 0, end = 0;   // bytes
    std::uint32_t first = 0, last = 0;  // words, both inside
    std::uint32_t group = 0;
    double weight = 0;
  };
  struct Window {
    std::size_t first = 0, last = 0;  // words, both inside
  };
  struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };

  [[nodiscard]] bool may_match(std::string_view form) const;
  std::uint64_t matches_of(std::string_view form);
  void read(std::string_view text);
  void find_marks(query::Field field);
  void mark_word(const SnippetUnit& unit, std::uint64_t bit);
  void mark_sequence(const SnippetUnit& unit, std::size_t first_bit);
  [[nodiscard]] Window best_window() const;
  [[nodiscard]] bool starts_sentence(std::string_view text, std::size_t word) const;
  [[nodiscard]] Window passage(std::string_view text) const;
  [[nodiscard]] std::vector<SnippetPart> parts_of(std::string_view text, const Window& window) const;

  std::vector<SnippetUnit> units_;
  std::vector<std::size_t> first_bits_;  // of each unit: its words take one bit each
  std::size_t words_;
  std::bitset<65536> starts_;  // how the terms of matching forms start
  std::unordered_map<std::string, std::uint64_t, StringHash, std::equal_to<>> known_;

  // Of the text at hand.
  struct Span {
    std::uint32_t begin = 0, end = 0;  // bytes
    std::uint64_t matches = 0;
  };
  struct Compound {
    std::uint32_t first = 0, last = 0;  // words
    std::uint64_t matches = 0;
  };
  text::TokenStream tokens_;
  std::vector<Span> spans_;  // of each word
  std::vector<Compound> compounds_;
  std::vector<Mark> marks_;  // by place
};

}  // namespace digest::search
