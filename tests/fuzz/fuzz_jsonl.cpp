// SPDX-License-Identifier: MIT
// Any bytes as JSON Lines.
#include "fuzz/pipeline_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  digest::test::fuzz_pipeline(data, size, "jsonl");
  return 0;
}
