// SPDX-License-Identifier: MIT
#include "index/key_table.hpp"

#include <algorithm>
#include <bit>

#include "base/bytes.hpp"

namespace digest::index {
namespace {

constexpr std::size_t kHead = 8;        // u32 entries, u32 bucket bits
constexpr std::size_t kEntryBytes = 6;  // u16 tag, u32 paper

std::uint64_t bucket_of(std::uint64_t hash, std::uint32_t bits) { return bits == 0 ? 0 : hash >> (64 - bits); }
std::uint16_t tag_of(std::uint64_t hash, std::uint32_t bits) { return static_cast<std::uint16_t>((hash << bits) >> 48); }

}  // namespace

std::string encode_keys(std::vector<KeyEntry> entries) {
  std::sort(entries.begin(), entries.end(), [](const KeyEntry& a, const KeyEntry& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.paper < b.paper;
  });
  const std::uint32_t bits =
      entries.size() < 16 ? 0 : static_cast<std::uint32_t>(std::bit_width(entries.size() / 8) - 1);
  std::string out;
  append(out, static_cast<std::uint32_t>(entries.size()));
  append(out, bits);
  std::size_t at = 0;
  for (std::uint64_t bucket = 0; bucket < std::uint64_t{1} << bits; ++bucket) {
    append(out, static_cast<std::uint32_t>(at));
    while (at < entries.size() && bucket_of(entries[at].hash, bits) == bucket) ++at;
  }
  append(out, static_cast<std::uint32_t>(entries.size()));
  for (const KeyEntry& entry : entries) {
    append(out, tag_of(entry.hash, bits));
    append(out, entry.paper);
  }
  return out;
}

std::vector<std::uint32_t> find_key(const SegmentFile& file, std::uint64_t hash, Scratch& scratch) {
  std::vector<std::uint32_t> papers;
  const std::string_view head = file.read(SectionId::keys, 0, kHead, scratch);
  const auto entries = load<std::uint32_t>(head.data()), bits = load<std::uint32_t>(head.data() + 4);
  if (bits > 31) file.damaged(SectionId::keys, "impossible bucket count");
  const std::string_view range = file.read(SectionId::keys, kHead + bucket_of(hash, bits) * 4, 8, scratch);
  const auto from = load<std::uint32_t>(range.data()), to = load<std::uint32_t>(range.data() + 4);
  if (from > to || to > entries) file.damaged(SectionId::keys, "buckets out of order");
  const std::uint64_t base = kHead + ((std::uint64_t{1} << bits) + 1) * 4;
  const std::string_view bytes = file.read(SectionId::keys, base + std::uint64_t{from} * kEntryBytes,
                                           std::uint64_t{to - from} * kEntryBytes, scratch);
  const std::uint16_t tag = tag_of(hash, bits);
  for (std::size_t at = 0; at < bytes.size(); at += kEntryBytes) {
    if (load<std::uint16_t>(bytes.data() + at) != tag) continue;
    const auto paper = load<std::uint32_t>(bytes.data() + at + 2);
    if (paper >= file.counts().papers) file.damaged(SectionId::keys, "a paper that is not there");
    papers.push_back(paper);
  }
  return papers;
}

}  // namespace digest::index
