// SPDX-License-Identifier: MIT
// A reader of a named format run over text, whole or in pieces.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

#include "ingest/reader.hpp"
#include "unit/ingest/gather.hpp"

namespace digest::test {

inline const ingest::Format& best_format(std::string_view text) {
  const ingest::Format* best = nullptr;
  int score = -1;
  for (const ingest::Format& format : ingest::formats()) {
    const int found = format.recognise(text.substr(0, 65536)).score;
    if (found > score) best = &format, score = found;
  }
  return *best;
}

inline Gathered read_as(const ingest::Format& format, std::string_view text, std::size_t piece = std::string_view::npos) {
  Gathered all;
  const auto reader = format.make(ingest::ReaderContext{"test", std::string(format.name), {}}, all);
  while (!text.empty()) {
    reader->feed(text.substr(0, piece));
    text.remove_prefix(std::min(piece, text.size()));
  }
  reader->finish();
  return all;
}

inline Gathered read(std::string_view text, std::size_t piece = std::string_view::npos) { return read_as(best_format(text), text, piece); }

inline std::string name_of(std::string_view text) { return std::string(best_format(text).name); }

// The same papers, and the same problems in the same lines.
inline bool same(const Gathered& one, const Gathered& other) {
  return one.papers == other.papers && std::equal(one.problems.begin(), one.problems.end(), other.problems.begin(), other.problems.end(),
                                                  [](const Diagnostic& a, const Diagnostic& b) { return a.line == b.line && a.message == b.message; });
}

// Fed byte by byte, a text gives the same papers and problems.
inline bool same_in_pieces(std::string_view text) {
  const Gathered whole = read(text);
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
    if (!same(read(text, piece), whole)) return false;
  }
  return true;
}

}  // namespace digest::test
