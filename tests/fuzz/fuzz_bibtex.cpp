// SPDX-License-Identifier: MIT
// Any bytes through the BibTeX reader.
#include "fuzz/markup_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  digest::test::fuzz_readers({&digest::ingest::kBibtexFormat}, data, size);
  return 0;
}
