// SPDX-License-Identifier: MIT
// Which papers of a segment are dead, and what they take with them: a tombstone file carries the words of the papers
// it buries, so that document frequencies and lengths count living papers only, before a merge as after it.
// Plain data; safe from several threads while nobody changes it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/directory.hpp"

namespace digest::index {

class Tombstones {
 public:
  Tombstones() = default;
  explicit Tombstones(std::uint32_t papers) : dead_((std::size_t{papers} + 63) / 64), papers_(papers) {}

  [[nodiscard]] bool empty() const { return buried_ == 0; }
  [[nodiscard]] std::uint32_t count() const { return buried_; }
  [[nodiscard]] bool is_dead(std::uint32_t paper) const {
    return buried_ != 0 && (dead_[paper / 64] >> (paper % 64) & 1U) != 0;
  }
  // Words of bit set: paper / 64. Empty if nobody is dead.
  [[nodiscard]] const std::vector<std::uint64_t>& bits() const { return dead_; }

  // What a paper takes with it.
  struct Buried {
    std::vector<std::string> terms;         // distinct
    std::uint32_t length = 0;               // words
    std::uint32_t title_length = 0;         // of these, in the title
    std::uint32_t without_abstract = 0;     // 1 or 0
  };
  void bury(std::uint32_t paper, const Buried& buried);  // not twice
  // A slot that never had any posting.
  void bury_empty(std::uint32_t paper) { bury(paper, {}); }

  [[nodiscard]] std::uint32_t buried_with(std::string_view term) const;
  [[nodiscard]] std::uint64_t buried_length() const { return length_; }
  [[nodiscard]] std::uint64_t buried_title_length() const { return title_length_; }
  [[nodiscard]] std::uint32_t buried_without_abstract() const { return without_abstract_; }

  struct Written {
    std::uint64_t size = 0, checksum = 0;
  };
  Written write(storage::Directory& directory, const std::string& name) const;
  static Tombstones read(const storage::Directory& directory, const std::string& name, std::uint32_t papers,
                         std::uint64_t size, std::uint64_t checksum);

 private:
  std::vector<std::uint64_t> dead_;
  std::uint32_t papers_ = 0;
  std::uint32_t buried_ = 0;
  std::uint32_t without_abstract_ = 0;
  std::uint64_t length_ = 0, title_length_ = 0;
  std::unordered_map<std::uint64_t, std::uint32_t> terms_;  // hash of the term -> dead papers that have it
};

}  // namespace digest::index
