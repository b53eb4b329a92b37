// SPDX-License-Identifier: MIT
// Any bytes as a query: no error, a well-formed tree that prints as a query read alike, and rewriting that
// settles.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "unit/query/promises.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using digest::query::test::FakeVocabulary;
  static const FakeVocabulary kVocabulary{"fine-tuning sparse grok grokking the of",
                                          "finetuning tuning fine a b c++ r 3",
                                          "naive gpt4v title author and or not"};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string broken = digest::query::test::broken_promise(text, kVocabulary);
  if (broken.empty()) return 0;
  std::fprintf(stderr, "%.*s\n%s\n", static_cast<int>(text.size()), reinterpret_cast<const char*>(data),
               broken.c_str());
  std::abort();
}
