// SPDX-License-Identifier: MIT
#include "text/analyzer.hpp"
#include "text/ascii.hpp"
#include "text/careful_scanner.hpp"

namespace digest::text {

void tokenize(std::string_view text, TokenStream& out) {
  text = text.substr(0, kMaxTextBytes);
  out.tokens.clear();
  out.forms.clear();
  out.length = 0;
  CarefulScanner scanner(text, out);
  std::size_t at = 0;
  while (at < text.size()) {
    if (is_ascii_blank(text[at])) {
      ++at;
    } else {
      at = scanner.scan_chunk(at);
    }
  }
}

std::vector<AnalyzedTerm> analyze(std::string_view text) {
  TokenStream stream;
  tokenize(text, stream);
  std::vector<AnalyzedTerm> terms;
  terms.reserve(stream.tokens.size());
  for (const Token& token : stream.tokens) {
    const std::string_view form = stream.form(token);
    terms.push_back(
        {stem_class(form), std::string(form), token.kind, token.position, token.begin, token.end});
  }
  return terms;
}

}  // namespace digest::text
