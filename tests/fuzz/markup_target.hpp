// SPDX-License-Identifier: MIT
// Any bytes through a reader, whole and in small pieces: the same papers and problems, no paper empty.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <string>

#include "base/utf8.hpp"
#include "ingest/readers.hpp"
#include "unit/ingest/markup_test.hpp"

namespace digest::test {

inline void fuzz_readers(std::initializer_list<const ingest::Format*> formats, const std::uint8_t* data, std::size_t size) {
  const std::string text = repair_utf8(std::string_view(reinterpret_cast<const char*>(data), size)).text;
  for (const ingest::Format* format : formats) {
    format->recognise(text);
    const Gathered whole = read_as(*format, text);
    if (!same(read_as(*format, text, 61), whole)) std::abort();
    for (const Paper& paper : whole.papers) {
      if (paper.title.empty() && paper.abstract.empty()) std::abort();
      if (!is_valid_utf8(paper.title) || !is_valid_utf8(paper.abstract)) std::abort();
    }
  }
}

}  // namespace digest::test
