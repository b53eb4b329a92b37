// SPDX-License-Identifier: MIT
// In which order papers lie best: those about the same things side by side, so that gaps are small and blocks of posting
// lists can be skipped. Pure function of the segments.
#pragma once
#include <cstdint>
#include <vector>

#include "index/segment.hpp"

namespace digest::index {

// Positions in the concatenation of the sources, best order first. Empty: leave them as they are.
std::vector<std::uint32_t> order_papers(const std::vector<const Segment*>& sources);

}  // namespace digest::index
