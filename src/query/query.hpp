// SPDX-License-Identifier: MIT
// The query tree: what a text means, independent of any index. Built by parse(), simplified by rewrite(),
// executed by the search room. Plain data; safe from any thread once built.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace digest::query {

enum class Field : std::uint8_t { any, title, abstract };

// One word of a phrase (or a single exact word). `term` says which posting list, `form` which of its forms;
// an empty form takes them all.
struct PhraseWord {
  std::string term;
  std::string form;
  std::uint32_t offset = 0;  // position relative to the first word
};

struct Node {
  enum class Kind : std::uint8_t {
    everything,  // all papers
    nothing,     // none
    term,        // words[0].term; scored
    phrase,    // words at their offsets, each within `slop` positions; one word with a form: the exact word;
               // scored
    union_of,  // children (term, phrase) counted as one word, with the document frequency of their union;
               // scored
    prefix,    // all words that start with `text`; becomes union_of in the search room; scored
    fuzzy,     // all words within `distance` edits of `text`; likewise
    boolean,   // must, should, must_not over children, see `occurs`
    author,    // filters, not scored: every word of `text` (forms) is in the author list
    category,  // `text`, folded, is a category, or its archive ("cs" for "cs.LG")
    source,    // `text` is the source file's name or ends it
    id,        // `text` is an id as digest prints it, or an identifier (arXiv, DOI, PMID, ...)
    tag,       // `text` is a tag of the user's
    dates,     // first_day <= date <= last_day
  };
  enum class Occur : std::uint8_t { must, should, must_not };

  Kind kind = Kind::nothing;
  Field field = Field::any;  // term, phrase, union_of, prefix, fuzzy
  double boost = 1.0;        // multiplies the score, >= 0; repetition included
  std::uint32_t said = 1;    // how often the query says it: a ranker may let repetition count less than a weight
  bool filter = false;       // restricts, adds no score
  bool stop_word = false;    // a `should` child that is welcome but never counts in min_should: a word too
                           // common to be required or (ranker auto) scored beside others, a pasted identifier
  std::vector<PhraseWord> words;  // term, phrase
  std::uint32_t slop = 0;         // phrase
  std::string text;  // term: the form the user wrote; phrase, union_of: as written; prefix, fuzzy: the form
                     // before the operator; filters: the value
  std::uint32_t distance = 0;                                         // fuzzy
  std::int32_t first_day = std::numeric_limits<std::int32_t>::min();  // dates: days since 1970-01-01
  std::int32_t last_day = std::numeric_limits<std::int32_t>::max();

  std::vector<Node> children;    // boolean, union_of
  std::vector<Occur> occurs;     // boolean: one a child
  std::uint32_t min_should = 0;  // boolean: how many of the `should` not flagged stop_word must match
  bool relaxable = false;        // boolean: if nothing is found, min_should may fall to 1

  // Where in the query text (code points), for notes and highlighting.
  std::uint32_t text_begin = 0;
  std::uint32_t text_end = 0;
};

struct Note {
  std::string
      code;  // "unknown_term", "unbalanced_quote", "unknown_field", "ignored_operator", "too_long", ...
  std::string text;                                  // a sentence
  std::pair<std::uint32_t, std::uint32_t> at{0, 0};  // code points of the query
};

struct Query {
  Node root;
  std::vector<Note> notes;
  // An arXiv id, a DOI or a URL typed as such: that paper comes first ("arxiv:2405.15071", as lookup keys).
  std::vector<std::string> pinned;
};

enum class MatchMode : std::uint8_t { natural, all_words, any_word };

struct ParseOptions {
  MatchMode mode = MatchMode::natural;
  bool literal = false;    // no operators at all
  bool fuzzy = false;      // every plain word of 4 letters or more also matches within one edit
  std::int32_t today = 0;  // days since 1970-01-01, for date:7d
};

}  // namespace digest::query
