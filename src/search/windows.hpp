// SPDX-License-Identifier: MIT
// Papers that match any plan: its tree over windows of papers, a bit a paper for each leaf; scores only for those that
// match and may be among the best. Error(corrupt) for a damaged list. One thread.
#pragma once
#include "search/run.hpp"

namespace digest::search {

void run_windows(Run& run);

}  // namespace digest::search
