// SPDX-License-Identifier: MIT
// Any bytes as a text: the fast and the careful way agree, and every token keeps what analyzer.hpp promises.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "text/tokenizer.hpp"
#include "unit/text/forms.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace digest::text;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  TokenStream fast, careful;
  tokenize(text, fast);
  tokenize_carefully(text, careful);
  if (!digest::test::same_tokens(fast, careful)) std::abort();
  if (!digest::test::broken_promise(fast, size).empty()) std::abort();
  for (const AnalyzedTerm& term : analyze(text)) {
    if (term.term.empty() || term.term.size() > kMaxFormBytes) std::abort();
  }
  return 0;
}
