// SPDX-License-Identifier: MIT
// The distinct forms of the papers a writer holds, numbered as they come. Open addressing; forms of up to 16 bytes, which
// nearly all are, are compared within their slot, so that a lookup touches one cache line. One thread at a time.
#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace digest::index {

// Of two ways in which papers part a compound ("dif-ferent", "differ-ent"), is `a` the one that counts? The one of fewer
// parts, then of the earlier ends: the same whatever the order of the papers and the segments. No parts: never.
[[nodiscard]] inline bool is_preferred_parting(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  if (a.empty() || b.empty() || a.size() != b.size()) return !a.empty() && (b.empty() || a.size() < b.size());
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
}

class FormTable {
 public:
  FormTable() : slots_(1U << 14) {}

  // A form as numbers: of up to 16 bytes its first and last eight, which with the length say all; of longer ones its
  // hash and first eight. `hash` says where it lies.
  struct Key {
    std::uint64_t first = 0, second = 0, hash = 0;
  };
  static Key key_of(std::string_view form);  // at most 255 bytes of it
  // Asks the memory for the place of a form that will be looked up soon: half of a lookup's time is waiting for it.
  void prefetch(const Key& key) const { __builtin_prefetch(&slots_[key.hash & (slots_.size() - 1)]); }

  // The number of the form, new or known. Of its `part_ends` the preferred ones are kept.
  std::uint32_t number_of(std::string_view form, const Key& key, std::span<const std::uint8_t> part_ends = {});
  std::uint32_t number_of(std::string_view form, std::span<const std::uint8_t> part_ends = {}) {
    return number_of(form, key_of(form), part_ends);
  }

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(entries_.size()); }
  [[nodiscard]] std::string_view form(std::uint32_t number) const {
    return std::string_view(text_).substr(entries_[number].offset, entries_[number].length);
  }
  [[nodiscard]] std::span<const std::uint8_t> part_ends(std::uint32_t number) const {
    const char* ends = text_.data() + entries_[number].offset + entries_[number].length;
    return {reinterpret_cast<const std::uint8_t*>(ends), entries_[number].parts};
  }
  [[nodiscard]] std::size_t memory() const;

 private:
  struct Entry {
    std::uint64_t offset;  // into text_: the form, then its part ends
    std::uint8_t length;
    std::uint8_t parts;
  };
  struct Slot {
    std::uint64_t first = 0, second = 0;
    std::uint32_t number = 0;  // + 1; 0 is free
    std::uint32_t length = 0;
  };
  std::uint32_t add(std::string_view form, std::span<const std::uint8_t> part_ends);
  void learn_parts(std::uint32_t number, std::string_view form, std::span<const std::uint8_t> part_ends);
  void grow();

  std::vector<Slot> slots_;
  std::vector<Entry> entries_;
  std::string text_;
};

}  // namespace digest::index
