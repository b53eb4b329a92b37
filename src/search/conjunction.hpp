// SPDX-License-Identifier: MIT
// Papers that have all of some leaves, met block by block (intersection.hpp): the optional ones only add to the score, the
// excluded ones throw out. A single leaf is walked alone, or answered from the list of its best. One thread.
#pragma once
#include <cstdint>
#include <vector>

#include "search/run.hpp"

namespace digest::search {

struct Conjunction {
  std::vector<std::uint32_t> must, should, must_not;  // leaves
};

// The plan as a conjunction of leaves, if it is one.
bool as_conjunction(const PlanNode& root, Conjunction& out);

void run_conjunction(Run& run, const Conjunction& shape);

}  // namespace digest::search
