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

inline constexpr std::uint32_t kAllBits = 64;

// The section's bytes; `entries` in any order. `known_bits`: how many of the upper bits of the hashes are known (after a
// merge, fewer than all).
std::string encode_keys(std::vector<KeyEntry> entries, std::uint32_t known_bits = kAllBits);

// All entries, with the upper bits of their hashes.
struct DecodedKeys {
  std::vector<KeyEntry> entries;
  std::uint32_t known_bits = 0;
};
DecodedKeys decode_keys(const SegmentFile& file);

std::vector<std::uint32_t> find_key(const SegmentFile& file, std::uint64_t hash, Scratch& scratch);

}  // namespace digest::index
