// SPDX-License-Identifier: MIT
// Papers that have any of some scored leaves, by windows of papers. One thread.
#pragma once
#include <cstdint>
#include <vector>

#include "search/run.hpp"

namespace digest::search {

// The plan as a disjunction of scored leaves, if it is one.
bool as_disjunction(const Plan& plan, std::vector<std::uint32_t>& leaves);

void run_disjunction(Run& run, const std::vector<std::uint32_t>& leaves);

}  // namespace digest::search
