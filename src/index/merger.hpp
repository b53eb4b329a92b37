// SPDX-License-Identifier: MIT
// Several segments -> one: the dead are left out, posting lists joined term by term, stored papers copied block by block
// where nothing in them changed. Holds one posting list at a time, whatever the size.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "index/batch.hpp"
#include "index/segment.hpp"

namespace digest::index {

struct MergeOptions {
  bool recompress = false;           // train a dictionary anew and compress at `level`
  int level = kAddLevel;
  unsigned threads = 1;              // that compress
};

WrittenSegment merge_segments(storage::Directory& directory, const std::vector<const Segment*>& sources, std::uint64_t number,
                              const MergeOptions& options);

}  // namespace digest::index
