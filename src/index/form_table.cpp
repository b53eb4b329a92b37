// SPDX-License-Identifier: MIT
#include "index/form_table.hpp"

#include <utility>

#include "base/hash.hpp"

namespace digest::index {
namespace {

constexpr std::size_t kMostBytes = 255;
constexpr std::uint64_t kHashed = 0xFFULL << 56;

}  // namespace

FormTable::Key FormTable::key_of(std::string_view form) {
  form = form.substr(0, kMostBytes);
  std::array<char, kShortBytes> bytes{};
  std::copy_n(form.data(), std::min(form.size(), kShortBytes), bytes.data());
  Key key{load<std::uint64_t>(bytes.data()), load<std::uint64_t>(bytes.data() + 8)};
  const bool says_all = !form.empty() && form.size() <= kShortBytes && form.find('\0') == std::string_view::npos && !is_hashed(key);
  if (!says_all) key.second = hash64(form) | kHashed;
  return key;
}

std::uint32_t FormTable::find_or_add(std::string_view form, const Key& key, std::span<const std::uint8_t> part_ends) {
  form = form.substr(0, kMostBytes);
  const std::uint64_t mask = slots_.size() - 1;
  for (std::uint64_t at = hash_of(key) & mask;; at = (at + 1) & mask) {
    Slot& slot = slots_[at];
    if (slot.number == 0) {
      const std::uint32_t number = add(form, part_ends);
      slot = {key.first, key.second, number + 1, 1};
      if (entries_.size() * 2 > slots_.size()) grow();
      return number;
    }
    if (slot.first != key.first || slot.second != key.second) continue;
    const std::uint32_t number = slot.number - 1;
    if (is_hashed(key) && this->form(number) != form) continue;
    ++slot.count;
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
    std::uint64_t at = hash_of({slot.first, slot.second}) & mask;
    while (larger[at].number != 0) at = (at + 1) & mask;
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

std::vector<std::uint32_t> FormTable::counts() const {
  std::vector<std::uint32_t> counts(size());
  for (const Slot& slot : slots_) {
    if (slot.number != 0) counts[slot.number - 1] = slot.count;
  }
  return counts;
}

}  // namespace digest::index
