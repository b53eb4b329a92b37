// SPDX-License-Identifier: MIT
// The index for other engines: the Common Index File Format (Lin et al. 2020, "Supporting Interoperability Between
// Open-Source Search Engines with the Common Index File Format"). Title and abstract are one field, lengths are exact,
// words only (no joined compounds), one document a living paper.
#pragma once
#include <functional>
#include <string>

#include "index/snapshot.hpp"

namespace digest::cli {

void export_postings(const index::Snapshot& snapshot, const std::function<void(const std::string&)>& write);

}  // namespace digest::cli
