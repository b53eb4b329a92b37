// SPDX-License-Identifier: MIT
// From a lookup key ("arxiv:2405.15071", "title:...") to the papers that may have it: hashes in buckets, so that one
// lookup reads a few bytes (FORMAT.md, "Keys"). False matches are possible and rare; the caller compares papers.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "index/segment_file.hpp"

namespace digest::index {

struct KeyEntry {
  std::uint64_t hash = 0;
  std::uint32_t paper = 0;
};

// The section's bytes; `entries` in any order.
std::string encode_keys(std::vector<KeyEntry> entries);

std::vector<std::uint32_t> find_key(const SegmentFile& file, std::uint64_t hash, Scratch& scratch);

}  // namespace digest::index
