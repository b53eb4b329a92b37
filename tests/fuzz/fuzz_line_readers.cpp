// SPDX-License-Identifier: MIT
// Any bytes through a line-oriented reader; the first byte says which.
#include <array>

#include "fuzz/markup_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace digest::ingest;
  if (size == 0) return 0;
  const std::array<const Format*, 9> formats = {&kArxivFormat,   &kRisFormat,      &kNbibFormat, &kPubmedTextFormat, &kEndnoteFormat,
                                                &kWosFormat,     &kMarkdownFormat, &kCsvFormat,  &kJournalAlertFormat};
  const std::array<const Format*, 2> later = {&kOvidFormat, &kScholarTextFormat};  // the corpus keeps its meaning
  const Format* chosen = data[0] < 0xF0 ? formats[data[0] % formats.size()] : later[data[0] % later.size()];
  if (data[0] == 0xFF) chosen = &kArxivPageFormat;
  if (data[0] == 0xFE) chosen = &kScholarPageFormat;
  if (data[0] == 0xFD) chosen = &kPubmedPageFormat;
  if (data[0] == 0xFC) chosen = &kOrgFormat;
  if (data[0] == 0xFB) chosen = &kReferenceListFormat;
  if (data[0] == 0xFA) chosen = &kAlertRecordsFormat;
  if (data[0] == 0xFA) chosen = &kTabListFormat;
  if (data[0] == 0xF9) chosen = &kBlockListFormat;
  digest::test::fuzz_readers({chosen}, data + 1, size - 1);
  return 0;
}
