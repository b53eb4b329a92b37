// SPDX-License-Identifier: MIT
// The index that a command works on, opened; where there is none, an error that says where it was looked for and
// which command makes one.
#pragma once
#include <memory>

#include "cli/context.hpp"
#include "index/snapshot.hpp"
#include "storage/directory.hpp"

namespace digest::cli {

struct OpenedIndex {
  IndexPlace place;
  std::unique_ptr<storage::Directory> directory;
  std::unique_ptr<index::Snapshot> snapshot;
};

std::unique_ptr<storage::Directory> open_directory(const IndexPlace& place);
// A paper may be asked for by any of its identifiers; this is the one that digest prints.
std::string printed_id(const std::string& wanted, const Paper& paper);

OpenedIndex open_index(const Context& context, storage::Access access);

}  // namespace digest::cli
