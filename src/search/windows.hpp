// SPDX-License-Identifier: MIT
// Papers that match any plan: its tree over windows of papers, a bit a paper for each leaf. One thread.
#pragma once
#include "search/run.hpp"

namespace digest::search {

void run_windows(Run& run);

}  // namespace digest::search
