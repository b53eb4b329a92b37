// SPDX-License-Identifier: MIT
// The posting lists of several segments as those of one, term by term. Holds one list at a time, whatever the size.
#pragma once
#include <cstdint>
#include <vector>

#include "index/segment.hpp"
#include "index/segment_sections.hpp"

namespace digest::index {

// Posting lists and terms. `slots`: by source and paper, ascending, its new slot or kGone (merge_papers.hpp).
void merge_lists(const std::vector<const Segment*>& sources, const std::vector<std::vector<std::uint32_t>>& slots, SegmentSections& sections);

// Words whose papers all died stay until a rebuild: harmless, they have no term.
void merge_words(const std::vector<const Segment*>& sources, SegmentSections& sections);

}  // namespace digest::index
