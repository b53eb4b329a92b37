// SPDX-License-Identifier: MIT
// What one entry of a digest is, from the reader that found it to the line that prints it.
// Invariant: every string is valid UTF-8 (repaired on reading), white space collapsed.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace digest {

struct Source {
  std::string file;         // as the user gave it; "-" or the name from --source for standard input
  std::uint64_t line = 0;   // first line of the record in the decoded text, from 1
  std::string format;       // name of the reader: "page", "jsonl", "bibtex", ...
  friend bool operator==(const Source&, const Source&) = default;
};

struct Paper {
  std::string title;
  std::string abstract;               // paragraphs separated by one empty line
  bool abstract_is_partial = false;   // a snippet or a summary: a whole abstract from another source replaces it
  std::vector<std::string> authors;
  std::string date;                   // "YYYY", "YYYY-MM", "YYYY-MM-DD" or empty
  std::vector<std::string> urls;      // the first is the paper's own page, then code links and others
  std::map<std::string, std::string> ids;  // arxiv (no version), doi (lower case), pmid, acl, openreview, s2, source
  std::vector<std::string> categories;
  std::string venue;
  std::vector<Source> sources;        // where it was read, the first source first; never empty once read
  friend bool operator==(const Paper&, const Paper&) = default;
};

enum class Severity { note, warning, error };

// A problem with one record or one file: the reader goes on at the next record.
struct Diagnostic {
  std::string file;
  std::uint64_t line = 0;  // 0: the whole file
  Severity severity = Severity::warning;
  std::string code;     // stable word: "no-title", "bad-utf8", "unterminated-entry", "truncated-input", ...
  std::string message;  // a sentence
  bool skipped_record = false;  // a record was lost: counted in the balance
};

}  // namespace digest
