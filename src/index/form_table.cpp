// SPDX-License-Identifier: MIT
#include "index/form_table.hpp"

#include <algorithm>

#include "base/hash.hpp"

namespace digest::index {

std::uint32_t FormTable::number_of(std::string_view form, std::span<const std::uint8_t> part_ends) {
  form = form.substr(0, 255);
  const std::uint64_t hash = hash64(form);
  const std::uint64_t mask = slots_.size() - 1;
  const std::uint64_t tag = hash >> 32 << 32;
  for (std::uint64_t at = hash & mask;; at = (at + 1) & mask) {
    const std::uint64_t slot = slots_[at];
    if (slot == 0) {
      const auto number = static_cast<std::uint32_t>(entries_.size());
      entries_.push_back({text_.size(), static_cast<std::uint8_t>(form.size()), static_cast<std::uint8_t>(part_ends.size())});
      text_.append(form);
      text_.append(reinterpret_cast<const char*>(part_ends.data()), part_ends.size());
      slots_[at] = tag | (number + 1);
      if (entries_.size() * 2 > slots_.size()) grow();
      return number;
    }
    if ((slot ^ tag) >> 32 != 0) continue;
    const auto number = static_cast<std::uint32_t>(slot) - 1;
    if (this->form(number) != form) continue;
    Entry& entry = entries_[number];
    if (entry.parts == 0 && !part_ends.empty()) {  // known as a word so far, now also as a compound
      entry.offset = text_.size();
      entry.parts = static_cast<std::uint8_t>(part_ends.size());
      text_.append(std::string(form));
      text_.append(reinterpret_cast<const char*>(part_ends.data()), part_ends.size());
    }
    return number;
  }
}

void FormTable::grow() {
  std::vector<std::uint64_t> larger(slots_.size() * 2);
  const std::uint64_t mask = larger.size() - 1;
  for (std::uint32_t number = 0; number < size(); ++number) {
    const std::uint64_t hash = hash64(form(number));
    std::uint64_t at = hash & mask;
    while (larger[at] != 0) at = (at + 1) & mask;
    larger[at] = (hash >> 32 << 32) | (number + 1);
  }
  slots_ = std::move(larger);
}

std::size_t FormTable::memory() const {
  return slots_.capacity() * sizeof(std::uint64_t) + entries_.capacity() * sizeof(Entry) + text_.capacity();
}

}  // namespace digest::index
