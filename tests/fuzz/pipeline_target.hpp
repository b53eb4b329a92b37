// SPDX-License-Identifier: MIT
// Any bytes through the whole pipeline, at once and in small pieces: the same papers, each with something in it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/utf8.hpp"
#include "unit/ingest/gather.hpp"

namespace digest::test {

inline void fuzz_pipeline(const std::uint8_t* data, std::size_t size, const std::string& format) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Gathered whole = run(bytes, {"fuzz", format, {}});
  const Gathered cut = run(bytes, {"fuzz", format, {}}, 37);
  if (cut.papers != whole.papers || cut.report.skipped != whole.report.skipped) std::abort();
  for (const Paper& paper : whole.papers) {
    if (paper.title.empty() && paper.abstract.empty()) std::abort();
    if (!is_valid_utf8(paper.title) || !is_valid_utf8(paper.abstract)) std::abort();
  }
}

}  // namespace digest::test
