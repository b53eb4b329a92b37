// SPDX-License-Identifier: MIT
// Any bytes through the reader of JSON documents.
#include "fuzz/markup_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace digest::ingest;
  digest::test::fuzz_readers({&kJsonFormat}, data, size);
  return 0;
}
