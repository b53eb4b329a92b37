// SPDX-License-Identifier: MIT
#include "text/tokenizer.hpp"

#include <bit>

#include "text/ascii.hpp"
#include "text/word_scanner.hpp"

namespace digest::text {
namespace {

// Every word a token.
struct TokenWords {
  TokenStream& out;

  void plain(std::size_t at, std::uint64_t word) {
    std::uint64_t begins = word & ~(word << 1);
    std::uint64_t ends = ~word & (word << 1);
    auto position = out.length - static_cast<std::uint32_t>(std::popcount(begins));
    for (; begins != 0; begins &= begins - 1, ends &= ends - 1) {
      const auto begin = static_cast<std::size_t>(std::countr_zero(begins));
      const auto end = static_cast<std::size_t>(std::countr_zero(ends));
      Token token;
      token.begin = static_cast<std::uint32_t>(at + begin);
      token.end = static_cast<std::uint32_t>(at + end);
      token.position = position++;
      token.form_begin = token.begin;
      token.form_length = static_cast<std::uint16_t>(end - begin);
      out.tokens.push_back(token);
    }
  }
  void careful(std::size_t) {}
};

}  // namespace

void tokenize_with(ReadBlock read_block, std::string_view text, TokenStream& out) {
  TokenWords words{out};
  WordScanner(text, out, read_block, words).scan();
}

void tokenize_carefully(std::string_view text, TokenStream& out) {
  text = text.substr(0, kMaxTextBytes);
  out.tokens.clear();
  out.forms.clear();
  out.length = 0;
  CarefulScanner scanner(text, out);
  std::size_t at = 0;
  while (at < text.size()) at = is_ascii_blank(text[at]) ? at + 1 : scanner.scan_chunk(at);
}

void tokenize(std::string_view text, TokenStream& out) { tokenize_with(best_read_block(), text, out); }

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
