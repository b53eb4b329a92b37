// SPDX-License-Identifier: MIT
#include "index/key_table.hpp"

#include <algorithm>
#include <bit>

#include "base/bytes.hpp"

namespace digest::index {
namespace {

constexpr std::size_t kHead = 12;       // u32 entries, u32 bucket bits, u32 known bits
constexpr std::size_t kEntryBytes = 7;  // 24 bits of the hash behind the bucket bits, u32 paper
constexpr std::uint32_t kTagBits = 24;

std::uint64_t bucket_of(std::uint64_t hash, std::uint32_t bits) { return bits == 0 ? 0 : hash >> (64 - bits); }
std::uint32_t tag_of(std::uint64_t hash, std::uint32_t bits) { return static_cast<std::uint32_t>((hash << bits) >> 40); }
std::uint64_t bucket_bytes(std::uint32_t bits) { return ((std::uint64_t{1} << bits) + 1) * 4; }

struct Head {
  std::uint32_t entries = 0, bits = 0, known_bits = 0;
};

Head read_head(const SegmentFile& file, Scratch& scratch) {
  const std::string_view bytes = file.read(SectionId::keys, 0, kHead, scratch);
  const Head head{load<std::uint32_t>(bytes.data()), load<std::uint32_t>(bytes.data() + 4), load<std::uint32_t>(bytes.data() + 8)};
  const std::uint64_t needed = kHead + (head.bits > 31 ? 0 : bucket_bytes(head.bits)) + std::uint64_t{head.entries} * kEntryBytes;
  if (needed > file.section_size(SectionId::keys)) file.damaged(SectionId::keys, "fewer entries than it says");
  if (head.bits > 31 || head.known_bits > 64 || head.known_bits < head.bits) file.damaged(SectionId::keys, "impossible counts");
  return head;
}

std::uint32_t tag_at(const char* entry) { return load<std::uint32_t>(entry) & 0xFFFFFFU; }
std::uint32_t paper_at(const char* entry) { return load<std::uint32_t>(entry + 3); }

}  // namespace

std::string encode_keys(std::vector<KeyEntry> entries, std::uint32_t known_bits) {
  std::sort(entries.begin(), entries.end(), [](const KeyEntry& a, const KeyEntry& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.paper < b.paper;
  });
  const std::uint32_t wanted = entries.size() < 16 ? 0 : static_cast<std::uint32_t>(std::bit_width(entries.size() / 8) - 1);
  const std::uint32_t bits = std::min(wanted, known_bits);
  std::string out;
  out.reserve(kHead + bucket_bytes(bits) + entries.size() * kEntryBytes);
  append(out, static_cast<std::uint32_t>(entries.size()));
  append(out, bits);
  append(out, std::min(known_bits, bits + kTagBits));
  std::size_t at = 0;
  for (std::uint64_t bucket = 0; bucket < std::uint64_t{1} << bits; ++bucket) {
    append(out, static_cast<std::uint32_t>(at));
    while (at < entries.size() && bucket_of(entries[at].hash, bits) == bucket) ++at;
  }
  append(out, static_cast<std::uint32_t>(entries.size()));
  for (const KeyEntry& entry : entries) {
    const std::uint32_t tag = tag_of(entry.hash, bits);
    out.append(reinterpret_cast<const char*>(&tag), 3);
    append(out, entry.paper);
  }
  return out;
}

std::vector<std::uint32_t> find_key(const SegmentFile& file, std::uint64_t hash, Scratch& scratch) {
  std::vector<std::uint32_t> papers;
  const Head head = read_head(file, scratch);
  const std::string_view range = file.read(SectionId::keys, kHead + bucket_of(hash, head.bits) * 4, 8, scratch);
  const auto from = load<std::uint32_t>(range.data()), to = load<std::uint32_t>(range.data() + 4);
  if (from > to || to > head.entries) file.damaged(SectionId::keys, "buckets out of order");
  const std::string_view bytes = file.read(SectionId::keys, kHead + bucket_bytes(head.bits) + std::uint64_t{from} * kEntryBytes,
                                           std::uint64_t{to - from} * kEntryBytes, scratch);
  const std::uint32_t unknown = kTagBits - std::min(kTagBits, head.known_bits - head.bits);
  const std::uint32_t tag = tag_of(hash, head.bits) >> unknown;
  for (std::size_t at = 0; at < bytes.size(); at += kEntryBytes) {
    if (tag_at(bytes.data() + at) >> unknown != tag) continue;
    const std::uint32_t paper = paper_at(bytes.data() + at);
    if (paper >= file.counts().papers) file.damaged(SectionId::keys, "a paper that is not there");
    papers.push_back(paper);
  }
  return papers;
}

std::uint32_t count_keys(const SegmentFile& file) {
  Scratch scratch;
  return read_head(file, scratch).entries;
}

std::uint32_t for_each_key(const SegmentFile& file, const std::function<void(const KeyEntry&)>& use) {
  Scratch scratch;
  const Head head = read_head(file, scratch);
  const std::string_view bytes = file.read(SectionId::keys, kHead, bucket_bytes(head.bits) + std::uint64_t{head.entries} * kEntryBytes, scratch);
  const std::string_view entries = bytes.substr(bucket_bytes(head.bits));
  for (std::uint64_t bucket = 0; bucket < std::uint64_t{1} << head.bits; ++bucket) {
    const auto from = load<std::uint32_t>(bytes.data() + bucket * 4), to = load<std::uint32_t>(bytes.data() + bucket * 4 + 4);
    if (from > to || to > head.entries) file.damaged(SectionId::keys, "buckets out of order");
    for (std::uint32_t i = from; i < to; ++i) {
      const char* entry = entries.data() + std::size_t{i} * kEntryBytes;
      const std::uint64_t high = head.bits == 0 ? 0 : bucket << (64 - head.bits);
      const std::uint64_t low = (std::uint64_t{tag_at(entry)} << 40) >> head.bits;
      if (paper_at(entry) >= file.counts().papers) file.damaged(SectionId::keys, "a paper that is not there");
      use({high | low, paper_at(entry)});
    }
  }
  return head.known_bits;
}

}  // namespace digest::index
