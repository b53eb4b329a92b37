// SPDX-License-Identifier: MIT
// Identifiers as people paste them: arXiv ids, DOIs, URLs, digest's own ids. Pure functions; safe from any
// thread.
#pragma once
#include <string>
#include <string_view>

namespace digest::query {

struct Identifier {
  bool found = false;
  std::string_view text;  // the part of the word that is the identifier, without punctuation around it
  std::string key;        // "arxiv:2405.15071", "doi:10.1/x", ...; of another URL: itself
};

// `word` is one word of the query, without white space. Trailing punctuation is not part of an identifier.
Identifier find_identifier(std::string_view word);

}  // namespace digest::query
