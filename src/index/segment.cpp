// SPDX-License-Identifier: MIT
#include "index/segment.hpp"

#include "base/bytes.hpp"

namespace digest::index {

std::unique_ptr<Segment> Segment::open(const storage::Directory& directory, const CommittedSegment& entry, storage::Access access) {
  auto file = SegmentFile::open(directory, segment_file_name(entry.number), access, entry.size, entry.checksum);
  const std::uint32_t papers = file->counts().papers;
  Tombstones tombstones(papers);
  if (entry.tombstones != 0) {
    tombstones = Tombstones::read(directory, tombstone_file_name(entry.tombstones), papers, entry.tombstones_size,
                                  entry.tombstones_checksum);
  }
  if (tombstones.buried_length() > file->counts().total_length ||
      tombstones.buried_title_length() > file->counts().total_title_length || tombstones.count() > papers) {
    file->damaged(SectionId::lengths, "more is buried than there was");
  }
  return std::make_unique<Segment>(std::move(file), std::move(tombstones));
}

Segment::Segment(std::unique_ptr<SegmentFile> file, Tombstones tombstones)
    : file_(std::move(file)), tombstones_(std::move(tombstones)) {}

StringTree Segment::terms() const { return {*file_, SectionId::terms, counts().terms_root, counts().terms_depth}; }
StringTree Segment::words() const { return {*file_, SectionId::words, counts().words_root, counts().words_depth}; }

std::optional<TermInfo> Segment::find_term(std::string_view term, Forms forms) const {
  Scratch scratch;
  const auto value = terms().find(term, scratch);
  if (!value) return std::nullopt;
  return decode_term_info(*value, term, forms);
}

std::uint32_t Segment::living_with(const TermInfo& info, std::string_view term) const {
  const std::uint32_t buried = tombstones_.buried_with(term);
  return buried > info.papers ? 0 : info.papers - buried;
}

template <typename Value>
Value Segment::value(SectionId id, std::uint32_t paper) const {
  if (const std::string_view mapped = file_->mapped(id); !mapped.empty()) {
    if (paper >= papers()) file_->damaged(id, "a paper that is not there");
    return load<Value>(mapped.data() + std::size_t{paper} * sizeof(Value));
  }
  Scratch scratch;
  return load<Value>(file_->read(id, std::uint64_t{paper} * sizeof(Value), sizeof(Value), scratch).data());
}

template std::uint16_t Segment::value(SectionId, std::uint32_t) const;
template std::uint64_t Segment::value(SectionId, std::uint32_t) const;
template std::int32_t Segment::value(SectionId, std::uint32_t) const;

}  // namespace digest::index
