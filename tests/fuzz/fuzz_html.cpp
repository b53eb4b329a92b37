// SPDX-License-Identifier: MIT
// Any bytes through the HTML readers.
#include "fuzz/markup_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace digest::ingest;
  digest::test::fuzz_readers({&kScholarFormat, &kArxivHtmlFormat, &kHfHtmlFormat, &kPubmedHtmlFormat, &kHtmlFormat}, data, size);
  return 0;
}
