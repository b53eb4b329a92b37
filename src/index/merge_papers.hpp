// SPDX-License-Identifier: MIT
// The papers of several segments as those of one: which slot each gets, and their bytes. Blocks are copied where nothing
// in them changed; others are compressed anew, on all cores.
#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "index/merger.hpp"
#include "index/segment_sections.hpp"

namespace digest::index {

inline constexpr std::uint32_t kGone = std::numeric_limits<std::uint32_t>::max();

// Where the papers of a merge come from and go to.
struct Placement {
  struct Origin {
    std::uint32_t source = 0;
    std::uint32_t paper = kGone;  // kGone: a slot that only fills its block
  };
  std::vector<std::vector<std::uint32_t>> slots;  // by source and paper: its new slot, or kGone
  std::vector<Origin> origins;                    // by new slot
};

class PaperMerge {
 public:
  // Decides where each paper goes. Error(limit) if they do not fit into one segment.
  PaperMerge(const std::vector<const Segment*>& sources, const MergeOptions& options);
  [[nodiscard]] Placement& placement() { return placement_; }
  void write(SegmentSections& sections) const;

 private:
  class Frames;
  void choose_dictionary();
  void train_anew();
  [[nodiscard]] bool copies_blocks(const Segment& source) const;
  void place_papers();
  void place(std::uint32_t source, std::uint32_t paper);
  void fill_block();

  const std::vector<const Segment*>& sources_;
  const MergeOptions& options_;
  std::shared_ptr<const CompressionDictionary> dictionary_;
  std::vector<bool> copied_;  // by source: its blocks are copied
  Placement placement_;
};

}  // namespace digest::index
