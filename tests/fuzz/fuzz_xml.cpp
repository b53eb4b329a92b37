// SPDX-License-Identifier: MIT
// Any bytes through the XML readers.
#include "fuzz/markup_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace digest::ingest;
  digest::test::fuzz_readers({&kArxivAtomFormat, &kRssFormat, &kPubmedXmlFormat, &kAclXmlFormat, &kEndnoteXmlFormat, &kWorksXmlFormat}, data, size);
  return 0;
}
