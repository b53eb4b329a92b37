// SPDX-License-Identifier: MIT
// One BibTeX entry as text, taken apart: type, key, fields with their macros and concatenations resolved.
// Never fails: what cannot be parsed by the rules is read line by line, and `complaint` says what was wrong.
// Pure functions, safe from any thread.
#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace digest::ingest {

// @string macros, names in lower case. Bounded by whoever fills it.
using BibtexMacros = std::map<std::string, std::string, std::less<>>;

struct BibtexEntry {
  std::string type;                           // lower case
  std::string key;
  std::map<std::string, std::string> fields;  // names in lower case; values without their outer delimiters, else as written
  std::string complaint;                      // what was wrong, empty if nothing; `complaint_line` counts from 0
  std::size_t complaint_line = 0;
};

// `text` begins at '@'. `whole`: its closing delimiter was found.
enum class BibtexEnd { found, missing };
BibtexEntry parse_bibtex_entry(std::string_view text, BibtexEnd end, const BibtexMacros& macros);

}  // namespace digest::ingest
