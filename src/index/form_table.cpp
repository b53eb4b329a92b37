// SPDX-License-Identifier: MIT
#include "index/form_table.hpp"

#include <utility>

#include "base/bytes.hpp"
#include "base/hash.hpp"

namespace digest::index {
namespace {

constexpr std::size_t kMostBytes = 255;

// Two multiplications, the second of the folded halves of the first (as in wyhash's mixing step).
std::uint64_t mix(std::uint64_t first, std::uint64_t second, std::size_t length) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(first ^ 0x9E3779B97F4A7C15ULL) * (second ^ 0xD6E8FEB86659FD93ULL ^ length);
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

}  // namespace

FormTable::Key FormTable::key_of(std::string_view form) {
  form = form.substr(0, kMostBytes);
  const char* bytes = form.data();
  const std::size_t length = form.size();
  Key key;
  if (length > 16) {
    key.first = load<std::uint64_t>(bytes), key.second = hash64(form);
  } else if (length >= 8) {
    key.first = load<std::uint64_t>(bytes), key.second = load<std::uint64_t>(bytes + length - 8);
  } else if (length >= 4) {
    key.first = load<std::uint32_t>(bytes), key.second = load<std::uint32_t>(bytes + length - 4);
  } else {
    for (std::size_t i = 0; i < length; ++i) key.first = key.first << 8 | static_cast<unsigned char>(bytes[i]);
  }
  key.hash = mix(key.first, key.second, length);
  return key;
}

std::uint32_t FormTable::number_of(std::string_view form, const Key& key, std::span<const std::uint8_t> part_ends) {
  form = form.substr(0, kMostBytes);
  const std::uint64_t mask = slots_.size() - 1;
  for (std::uint64_t at = key.hash & mask;; at = (at + 1) & mask) {
    Slot& slot = slots_[at];
    if (slot.number == 0) {
      const std::uint32_t number = add(form, part_ends);
      slot = {key.first, key.second, number + 1, static_cast<std::uint32_t>(form.size())};
      if (entries_.size() * 2 > slots_.size()) grow();
      return number;
    }
    if (slot.first != key.first || slot.second != key.second || slot.length != form.size()) continue;
    const std::uint32_t number = slot.number - 1;
    if (form.size() > 16 && this->form(number) != form) continue;
    if (!part_ends.empty()) learn_parts(number, form, part_ends);
    return number;
  }
}

std::uint32_t FormTable::add(std::string_view form, std::span<const std::uint8_t> part_ends) {
  entries_.push_back({text_.size(), static_cast<std::uint8_t>(form.size()), static_cast<std::uint8_t>(part_ends.size())});
  text_.append(form);
  text_.append(reinterpret_cast<const char*>(part_ends.data()), part_ends.size());
  return static_cast<std::uint32_t>(entries_.size() - 1);
}

// Known as a word, or as a compound of other parts, so far.
void FormTable::learn_parts(std::uint32_t number, std::string_view form, std::span<const std::uint8_t> part_ends) {
  Entry& entry = entries_[number];
  if (!is_preferred_parting(part_ends, this->part_ends(number))) return;
  entry.offset = text_.size();
  entry.parts = static_cast<std::uint8_t>(part_ends.size());
  text_.append(std::string(form));
  text_.append(reinterpret_cast<const char*>(part_ends.data()), part_ends.size());
}

void FormTable::grow() {
  std::vector<Slot> larger(slots_.size() * 2);
  const std::uint64_t mask = larger.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.number == 0) continue;
    std::uint64_t at = mix(slot.first, slot.second, slot.length) & mask;
    while (larger[at].number != 0) at = (at + 1) & mask;
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

std::size_t FormTable::memory() const {
  return slots_.capacity() * sizeof(Slot) + entries_.capacity() * sizeof(Entry) + text_.capacity();
}

}  // namespace digest::index
