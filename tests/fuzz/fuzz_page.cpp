// SPDX-License-Identifier: MIT
// Any bytes as a saved page.
#include "fuzz/pipeline_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  digest::test::fuzz_pipeline(data, size, "page");
  return 0;
}
