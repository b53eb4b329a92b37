// SPDX-License-Identifier: MIT
// Any bytes as tombstones of a segment, with the right checksum behind them: read or refused, and what is read is
// written as the same bytes.
#include "index/tombstones.hpp"

#include <cstdlib>

#include "base/bytes.hpp"
#include "base/hash.hpp"
#include "fuzz/small_index.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace digest;
  using namespace digest::test;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::uint32_t papers = bytes.size() >= 12 ? load<std::uint32_t>(bytes.data() + 8) % 4096 : 1;
  if (bytes.size() >= 12) store(bytes.data() + 8, papers);
  const std::uint64_t checksum = hash64(bytes);
  append(bytes, checksum);
  const FaultyDirectory directory(Files{{"tombstones-1", bytes}});
  only_errors([&] {
    const auto tombstones = index::Tombstones::read(directory, "tombstones-1", papers, bytes.size(), checksum);
    std::uint32_t dead = 0;
    for (std::uint32_t paper = 0; paper < papers; ++paper) dead += tombstones.is_dead(paper) ? 1U : 0U;
    if (dead != tombstones.count()) std::abort();
    FaultyDirectory other;
    tombstones.write(other, "tombstones-1");
    if (other.files().at("tombstones-1") != bytes) std::abort();
  });
  return 0;
}
