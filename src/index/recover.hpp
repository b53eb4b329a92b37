// SPDX-License-Identifier: MIT
// Back to the newest commit of which every byte is whole. Takes the writer lock; changes nothing if the newest is.
#pragma once
#include <cstdint>

#include "index/snapshot.hpp"
#include "storage/directory.hpp"

namespace digest::index {

struct Recovery {
  std::uint64_t dropped = 0;  // damaged commits that were newer
  CheckReport state;          // of the commit that is the newest now
};

// Error(corrupt) if no commit is whole: nothing is changed then. Error(locked).
Recovery recover_index(storage::Directory& directory);

}  // namespace digest::index
