// SPDX-License-Identifier: MIT
// The distinct forms of the papers a writer holds, numbered as they come and counted. Open addressing; forms of up to 16
// bytes, which nearly all are, are compared within their slot, so that a lookup touches one cache line. One thread at a
// time.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

namespace digest::index {

// Of two ways in which papers part a compound ("dif-ferent", "differ-ent"), is `a` the one that counts? The one of fewer
// parts, then of the earlier ends: the same whatever the order of the papers and the segments. No parts: never.
[[nodiscard]] inline bool is_preferred_parting(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  if (a.empty() || b.empty() || a.size() != b.size()) return !a.empty() && (b.empty() || a.size() < b.size());
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
}

class FormTable {
 public:
  static constexpr std::size_t kShortBytes = 16;

  FormTable() : slots_(1U << 14) {}

  // A form as two numbers. Of up to 16 bytes: these bytes, zeros behind them, which says all. Longer, empty, with a zero
  // byte, or with a last byte that marks the others: its first eight bytes and its hash below that mark.
  struct Key {
    std::uint64_t first = 0, second = 0;
  };
  static Key key_of(std::string_view form);  // at most 255 bytes of it
  // The same for a word of the tokenizer of at most 16 bytes, which has neither zeros nor 0xFF; 16 bytes are read.
  static Key key_of_word(const char* word, std::size_t length) {
    return {load<std::uint64_t>(word) & kMasks[length].first, load<std::uint64_t>(word + 8) & kMasks[length].second};
  }
  // Two multiplications, the second of the folded halves of the first (as in wyhash's mixing step).
  static std::uint64_t hash_of(const Key& key) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(key.first ^ 0x9E3779B97F4A7C15ULL) * (key.second ^ 0xD6E8FEB86659FD93ULL);
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }
  // Asks the memory for the place of a form that will be looked up soon: half of a lookup's time is waiting for it.
  void prefetch(const Key& key) const { __builtin_prefetch(&slots_[hash_of(key) & (slots_.size() - 1)]); }

  // The number of the form, new or known; counts it. Of its `part_ends` the preferred ones are kept.
  std::uint32_t number_of(std::string_view form, const Key& key, std::span<const std::uint8_t> part_ends = {}) {
    const std::uint64_t mask = slots_.size() - 1;
    std::uint64_t at = hash_of(key) & mask;
    if (slots_[at].first == key.first && slots_[at].second == key.second && !is_hashed(key) && part_ends.empty()) {
      ++slots_[at].count;  // nearly always
      return slots_[at].number - 1;
    }
    return find_or_add(form, key, part_ends);
  }
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
  // How often number_of() was asked for each form.
  [[nodiscard]] std::vector<std::uint32_t> counts() const;

 private:
  struct Entry {
    std::uint64_t offset;  // into text_: the form, then its part ends
    std::uint8_t length;
    std::uint8_t parts;
  };
  struct Slot {
    std::uint64_t first = 0, second = 0;
    std::uint32_t number = 0;  // + 1; 0 is free
    std::uint32_t count = 0;
  };
  struct Masks {
    std::uint64_t first = 0, second = 0;
  };
  static constexpr std::array<Masks, kShortBytes + 1> make_masks() {
    std::array<Masks, kShortBytes + 1> masks{};
    const auto bytes = [](std::size_t count) { return count >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * count)) - 1; };
    for (std::size_t i = 0; i <= kShortBytes; ++i) masks[i] = {bytes(i), i < 8 ? 0 : bytes(i - 8)};
    return masks;
  }
  static const std::array<Masks, kShortBytes + 1> kMasks;

  static bool is_hashed(const Key& key) { return key.second >> 56 == 0xFF; }
  std::uint32_t find_or_add(std::string_view form, const Key& key, std::span<const std::uint8_t> part_ends);
  std::uint32_t add(std::string_view form, std::span<const std::uint8_t> part_ends);
  void learn_parts(std::uint32_t number, std::string_view form, std::span<const std::uint8_t> part_ends);
  void grow();

  std::vector<Slot> slots_;
  std::vector<Entry> entries_;
  std::string text_;
};

inline constexpr std::array<FormTable::Masks, FormTable::kShortBytes + 1> FormTable::kMasks = FormTable::make_masks();

}  // namespace digest::index
