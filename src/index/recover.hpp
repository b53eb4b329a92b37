// SPDX-License-Identifier: MIT
// Back to the newest commit of which every byte is whole. Takes the writer lock; changes nothing if the newest is.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "index/snapshot.hpp"
#include "storage/directory.hpp"

namespace digest::index {

struct Recovery {
  std::uint64_t dropped = 0;                       // damaged commits that were newer
  std::vector<Damage> damage;                      // of those
  std::optional<std::uint64_t> papers_before;      // in the newest of those, if its own file could still be read
  CheckReport state;                               // of the commit that is the newest now
};

// Error(corrupt) if no commit is whole; Error(io), Error(version) if it cannot be told: nothing is changed then.
// Error(locked).
Recovery recover_index(storage::Directory& directory);

}  // namespace digest::index
