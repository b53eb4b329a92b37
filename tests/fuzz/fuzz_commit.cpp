// SPDX-License-Identifier: MIT
// Any bytes as a commit, and any bytes with the right checksum behind them: read or refused, and what is read is
// written as the same bytes.
#include <cstdlib>

#include "base/bytes.hpp"
#include "base/hash.hpp"
#include "fuzz/small_index.hpp"
#include "index/commit.hpp"
#include "index/snapshot.hpp"

namespace {

using namespace digest;
using namespace digest::test;

void read(std::string bytes) {
  const std::uint64_t generation = bytes.size() >= 24 ? load<std::uint64_t>(bytes.data() + 16) : 1;
  const std::string name = index::commit_file_name(generation);
  const FaultyDirectory directory(Files{{name, bytes}});
  only_errors([&] {
    const index::Commit commit = index::read_commit(directory, generation);
    FaultyDirectory other;
    index::publish_commit(other, commit);
    if (other.files().at(name) != bytes) std::abort();
  });
  only_errors([&] { (void)index::Snapshot::open(directory, storage::Access::small_reads); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  read(bytes);
  append(bytes, hash64(bytes));
  read(bytes);
  return 0;
}
