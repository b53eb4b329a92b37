// SPDX-License-Identifier: MIT
// One segment, open for reading: its dictionary, columns and tombstones. Nothing is decoded at opening. Safe from
// several threads; what they read through (posting lists, paper stores, scratch memory) is each thread's own.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "index/commit.hpp"
#include "index/postings.hpp"
#include "index/segment_file.hpp"
#include "index/string_tree.hpp"
#include "index/tombstones.hpp"

namespace digest::index {

class Segment {
 public:
  static std::unique_ptr<Segment> open(const storage::Directory& directory, const CommittedSegment& entry, storage::Access access);
  Segment(std::unique_ptr<SegmentFile> file, Tombstones tombstones);

  [[nodiscard]] const SegmentFile& file() const { return *file_; }
  [[nodiscard]] const SegmentCounts& counts() const { return file_->counts(); }
  [[nodiscard]] std::uint32_t papers() const { return counts().papers; }
  [[nodiscard]] std::uint32_t living() const { return papers() - tombstones_.count(); }
  [[nodiscard]] std::uint64_t living_length() const { return counts().total_length - tombstones_.buried_length(); }
  [[nodiscard]] std::uint64_t living_title_length() const { return counts().total_title_length - tombstones_.buried_title_length(); }
  [[nodiscard]] const Tombstones& tombstones() const { return tombstones_; }
  [[nodiscard]] Tombstones& tombstones() { return tombstones_; }
  [[nodiscard]] bool is_dead(std::uint32_t paper) const { return tombstones_.is_dead(paper); }

  [[nodiscard]] std::optional<TermInfo> find_term(std::string_view term, Forms forms) const;
  // Living papers that have the term.
  [[nodiscard]] std::uint32_t living_with(const TermInfo& info, std::string_view term) const;
  [[nodiscard]] StringTree terms() const;
  [[nodiscard]] StringTree words() const;

  [[nodiscard]] std::uint16_t length(std::uint32_t paper) const { return value<std::uint16_t>(SectionId::lengths, paper); }
  [[nodiscard]] std::uint16_t title_length(std::uint32_t paper) const { return value<std::uint16_t>(SectionId::title_lengths, paper); }
  [[nodiscard]] std::uint64_t id_hash(std::uint32_t paper) const { return value<std::uint64_t>(SectionId::id_hashes, paper); }
  [[nodiscard]] std::int32_t day(std::uint32_t paper) const { return value<std::int32_t>(SectionId::dates, paper); }
  [[nodiscard]] std::int32_t first_indexed(std::uint32_t paper) const { return value<std::int32_t>(SectionId::first_indexed, paper); }

  // `count` values of a column from `first` on, backed by the mapping or by `scratch`.
  template <typename Value>
  [[nodiscard]] const Value* column(SectionId id, std::uint32_t first, std::uint32_t count, Scratch& scratch) const {
    const auto bytes = file_->read(id, std::uint64_t{first} * sizeof(Value), std::uint64_t{count} * sizeof(Value), scratch);
    return reinterpret_cast<const Value*>(bytes.data());  // columns begin on 64-byte borders, scratch is aligned
  }

 private:
  template <typename Value>
  [[nodiscard]] Value value(SectionId id, std::uint32_t paper) const;

  std::unique_ptr<SegmentFile> file_;
  Tombstones tombstones_;
};

}  // namespace digest::index
