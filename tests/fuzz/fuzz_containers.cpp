// SPDX-License-Identifier: MIT
// Any bytes, whatever they say they are: compressed, mail, text.
#include "fuzz/pipeline_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  digest::test::fuzz_pipeline(data, size, "");
  return 0;
}
