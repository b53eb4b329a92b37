// SPDX-License-Identifier: MIT
#include "index/merger.hpp"

#include <algorithm>
#include <utility>

#include "base/memory.hpp"
#include "index/merge_lists.hpp"
#include "index/merge_papers.hpp"
#include "index/segment_sections.hpp"

namespace digest::index {
namespace {

class Merge {
 public:
  Merge(storage::Directory& directory, const std::vector<const Segment*>& sources, std::uint64_t number,
        const MergeOptions& options)
      : sources_(sources), sections_(directory, number), papers_(sources, options), placement_(papers_.placement()) {}

  WrittenSegment run() {
    papers_.write(sections_);
    write_rows();
    merge_lists(sources_, placement_.slots, sections_);
    merge_words(sources_, sections_);
    WrittenSegment out{{}, Tombstones(sections_.counts().papers)};
    for (std::uint32_t slot = 0; slot < placement_.origins.size(); ++slot) {
      if (placement_.origins[slot].paper == kGone) out.tombstones.bury_empty(slot);
    }
    out.entry = write_keys();
    return out;
  }

 private:
  // A source's columns, each read at once.
  struct Columns {
    std::vector<Scratch> memory = std::vector<Scratch>(5);
    const std::uint64_t* id_hashes = nullptr;
    const std::int32_t *days = nullptr, *first_indexed = nullptr;
    const std::uint16_t *lengths = nullptr, *title_lengths = nullptr;
    [[nodiscard]] RowColumns row(std::uint32_t paper) const {
      return {id_hashes[paper], days[paper], first_indexed[paper], lengths[paper], title_lengths[paper]};
    }
  };

  static Columns read_columns(const Segment& source) {
    Columns out;
    const std::uint32_t papers = source.papers();
    out.id_hashes = source.column<std::uint64_t>(SectionId::id_hashes, 0, papers, out.memory[0]);
    out.days = source.column<std::int32_t>(SectionId::dates, 0, papers, out.memory[1]);
    out.first_indexed = source.column<std::int32_t>(SectionId::first_indexed, 0, papers, out.memory[2]);
    out.lengths = source.column<std::uint16_t>(SectionId::lengths, 0, papers, out.memory[3]);
    out.title_lengths = source.column<std::uint16_t>(SectionId::title_lengths, 0, papers, out.memory[4]);
    return out;
  }

  void write_rows() {
    SegmentCounts& counts = sections_.counts();
    counts.papers = static_cast<std::uint32_t>(placement_.origins.size());
    counts.papers_per_block = kPapersPerBlock;
    std::vector<Columns> columns;
    for (const Segment* source : sources_) columns.push_back(read_columns(*source));
    for (const Placement::Origin& origin : placement_.origins) {
      if (origin.paper == kGone) {
        sections_.add_row({0, kNoDate, 0, 0, 0});
        continue;
      }
      const RowColumns row = columns[origin.source].row(origin.paper);
      sections_.add_row(row);
      counts.total_length += row.length;
      counts.total_title_length += row.title_length;
      ++counts.living;
    }
    for (const Segment* source : sources_) {
      counts.without_abstract += source->counts().without_abstract -
                                 std::min(source->counts().without_abstract, source->tombstones().buried_without_abstract());
    }
  }

  CommittedSegment write_keys() {
    std::size_t most = 0;
    for (const Segment* source : sources_) most += count_keys(source->file());
    std::vector<KeyEntry> keys;
    keys.reserve(most);
    std::uint32_t known = kAllBits;
    for (std::size_t s = 0; s < sources_.size(); ++s) {
      const auto keep = [&](const KeyEntry& entry) {
        if (placement_.slots[s][entry.paper] != kGone) keys.push_back({entry.hash, placement_.slots[s][entry.paper]});
      };
      known = std::min(known, for_each_key(sources_[s]->file(), keep));
      release(placement_.slots[s]);
    }
    sections_.finish_columns(encode_keys(std::move(keys), known));
    return sections_.finish();
  }

  const std::vector<const Segment*>& sources_;
  SegmentSections sections_;
  PaperMerge papers_;
  Placement& placement_;
};

}  // namespace

WrittenSegment merge_segments(storage::Directory& directory, const std::vector<const Segment*>& sources, std::uint64_t number,
                              const MergeOptions& options) {
  return Merge(directory, sources, number, options).run();
}

}  // namespace digest::index
