// SPDX-License-Identifier: MIT
// From a lookup key ("arxiv:2405.15071", "title:...") to the papers that may have it: hashes in buckets, so that one
// lookup reads a few bytes (FORMAT.md, "Keys"). False matches are possible and rare; the caller compares papers.
#pragma once
#include <cstdint>
#include <functional>
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

// Gives every entry with the upper bits of its hash to `use`, by hash; returns how many bits are known.
std::uint32_t for_each_key(const SegmentFile& file, const std::function<void(const KeyEntry&)>& use);
std::uint32_t count_keys(const SegmentFile& file);

std::vector<std::uint32_t> find_key(const SegmentFile& file, std::uint64_t hash, Scratch& scratch);

}  // namespace digest::index
