// SPDX-License-Identifier: MIT
// The distinct forms of the papers a writer holds, numbered as they come. Open addressing; one thread at a time.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace digest::index {

class FormTable {
 public:
  FormTable() : slots_(1U << 14) {}

  // The number of the form, new or known. `part_ends` is kept when the form is new.
  std::uint32_t number_of(std::string_view form, std::span<const std::uint8_t> part_ends = {});

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(entries_.size()); }
  [[nodiscard]] std::string_view form(std::uint32_t number) const {
    return std::string_view(text_).substr(entries_[number].offset, entries_[number].length);
  }
  [[nodiscard]] std::string_view part_ends(std::uint32_t number) const {
    return std::string_view(text_).substr(entries_[number].offset + entries_[number].length, entries_[number].parts);
  }
  [[nodiscard]] std::size_t memory() const;

 private:
  struct Entry {
    std::uint64_t offset;  // into text_: the form, then its part ends
    std::uint8_t length;
    std::uint8_t parts;
  };
  void grow();

  std::vector<std::uint64_t> slots_;  // upper half of the hash, then number + 1; 0 is free
  std::vector<Entry> entries_;
  std::string text_;
};

}  // namespace digest::index
