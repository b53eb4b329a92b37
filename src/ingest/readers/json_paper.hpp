// SPDX-License-Identifier: MIT
// One JSON object, whichever service or script wrote it, as one paper: Hugging Face, arXiv snapshots and
// daily archives, OpenReview, Semantic Scholar, OpenAlex, Crossref, CSL, Zotero, paperlists, and everybody's
// own field names. Shared by the readers of JSON documents and JSON Lines. Threads: an object belongs to one
// thread.
#pragma once
#include <simdjson.h>
#include <digest/paper.hpp>

#include <string>
#include <string_view>

namespace digest::ingest {

struct JsonPaper {
  Paper paper;
  bool sure = false;          // title or abstract stand under names that only they bear, not "name" or "text"
  bool part = false;          // Zotero: an attachment or a note of another record; a message of a chat
  std::string_view repeated;  // a key that the object has twice; empty if none. A view of the parsed document

  [[nodiscard]] bool empty() const { return paper.title.empty() && paper.abstract.empty(); }
  [[nodiscard]] bool whole() const { return !paper.title.empty() && !paper.abstract.empty(); }
};

// What the object says, added to `paper` (which brings its source). Title and abstract stay empty where it
// has none.
JsonPaper paper_of_json(const simdjson::dom::object& record, Paper paper, std::string_view digest_date = {});

// What is said of a key that an object has twice.
std::string repeated_key_message(std::string_view key);

// Parses one JSON value after another with one reused parser. What Python and JavaScript write although JSON
// forbids it (NaN, halves of surrogate pairs, control characters in strings, a comma before the closing
// bracket) is mended. Nesting beyond kMaxJsonDepth is an error.
class JsonValueParser {
 public:
  JsonValueParser();
  // Padding is added to `text` and stays there; the result is valid until the next call. As simdjson, an
  // error code.
  simdjson::simdjson_result<simdjson::dom::element> parse(std::string& text);

 private:
  simdjson::simdjson_result<simdjson::dom::element> parse_padded(std::string& text);

  simdjson::dom::parser parser_;
  std::string mended_;
};

// The text with those four mended; the same text where there is nothing to mend.
std::string mend_json(std::string_view text);

}  // namespace digest::ingest
