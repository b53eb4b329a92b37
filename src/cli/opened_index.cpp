// SPDX-License-Identifier: MIT
#include "cli/opened_index.hpp"

#include <digest/error.hpp>
#include <fmt/format.h>

#include "ingest/identity.hpp"

namespace digest::cli {
namespace {

[[noreturn]] void no_index(const IndexPlace& place) {
  throw Error(ErrorKind::not_found,
              fmt::format("There is no index yet. Looked for: {}. `digest index FILE` makes one.", fmt::join(place.looked, ", then ")));
}

}  // namespace

std::unique_ptr<storage::Directory> open_directory(const IndexPlace& place) {
  try {
    return storage::open_fs_directory(place.path, storage::Create::no);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::not_found) no_index(place);
    throw;
  }
}

std::string printed_id(const std::string& wanted, const Paper& paper) {
  return wanted.substr(0, 2) == "t:" ? wanted : ingest::paper_id(paper);
}

OpenedIndex open_index(const Context& context, storage::Access access) {
  OpenedIndex opened;
  opened.place = index_place(context.environment, context.arguments);
  opened.directory = open_directory(opened.place);
  try {
    opened.snapshot = index::Snapshot::open(*opened.directory, access);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::not_found) no_index(opened.place);
    throw;
  }
  return opened;
}

}  // namespace digest::cli
