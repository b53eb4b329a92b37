// SPDX-License-Identifier: MIT
// Ninety-five of a hundred chunks between blanks are plain ASCII words. They are found by bit masks, 64 bytes
// at a time, and their forms are slices of one small-letter copy of the text; the rest goes to the careful
// scanner.
#include "text/tokenizer.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "text/ascii.hpp"
#include "text/careful_scanner.hpp"

namespace digest::text {
namespace {

constexpr std::uint64_t bits_below(std::size_t count) {
  return count >= kBlockBytes ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

std::size_t lowest(std::uint64_t bits) {
  return static_cast<std::size_t>(std::countr_zero(bits));
}

// Past the highest bit that is set.
std::size_t width(std::uint64_t bits) {
  return static_cast<std::size_t>(std::bit_width(bits));
}

void start(std::string_view text, TokenStream& out) {
  out.tokens.clear();
  out.forms.clear();
  out.forms.resize(text.size());
  out.length = 0;
}

class FastScanner {
 public:
  FastScanner(std::string_view text, TokenStream& out, ReadBlock read_block)
      : text_(text), out_(out), careful_(text, out), read_block_(read_block) {}

  void scan() {
    std::size_t at = 0;
    while (at < text_.size()) at = scan_block(at);
  }

 private:
  // Scans what begins in the block at `at`, which no word runs across; returns where to go on.
  std::size_t scan_block(std::size_t at) {
    const CharBlock block = read(at);
    const std::size_t limit = width(block.blank);  // the last chunk may run out of the block: next time
    if (limit == 0) return careful_.scan_chunk(at);
    const std::uint64_t inside = bits_below(limit);
    std::size_t done = 0;
    for (;;) {
      const std::uint64_t open = inside & ~bits_below(done);
      const std::uint64_t careful = block.careful & open;
      if (careful == 0) {
        add_words(at, block.word & open);
        return std::min(at + limit, text_.size());
      }
      const std::size_t chunk = std::max(done, width(block.blank & bits_below(lowest(careful))));
      add_words(at, block.word & open & bits_below(chunk));
      const std::size_t next = careful_.scan_chunk(at + chunk);
      if (next - at >= limit) return next;
      done = next - at;
    }
  }

  CharBlock read(std::size_t at) {
    char* lower = out_.forms.data() + at;
    const std::size_t rest = text_.size() - at;
    if (rest >= kBlockBytes) return read_block_(text_.data() + at, lower);
    std::array<char, kBlockBytes> padded, folded;
    std::memset(padded.data(), ' ', padded.size());
    std::memcpy(padded.data(), text_.data() + at, rest);
    const CharBlock block = read_block_(padded.data(), folded.data());
    std::memcpy(lower, folded.data(), rest);
    return block;
  }

  void add_words(std::size_t at, std::uint64_t word) {
    std::uint64_t begins = word & ~(word << 1);
    std::uint64_t ends = ~word & (word << 1);
    while (begins != 0) {
      const std::size_t begin = at + lowest(begins);
      const std::size_t end = at + lowest(ends);
      Token token;
      token.begin = static_cast<std::uint32_t>(begin);
      token.end = static_cast<std::uint32_t>(end);
      token.position = out_.length++;
      token.form_begin = token.begin;
      token.form_length = static_cast<std::uint16_t>(end - begin);
      out_.tokens.push_back(token);
      begins &= begins - 1;
      ends &= ends - 1;
    }
  }

  std::string_view text_;
  TokenStream& out_;
  CarefulScanner careful_;
  ReadBlock read_block_;
};
static_assert(kBlockBytes < kMaxFormBytes, "a word inside a block is never too long");

}  // namespace

void tokenize_with(ReadBlock read_block, std::string_view text, TokenStream& out) {
  text = text.substr(0, kMaxTextBytes);
  start(text, out);
  FastScanner(text, out, read_block).scan();
}

void tokenize_carefully(std::string_view text, TokenStream& out) {
  text = text.substr(0, kMaxTextBytes);
  start(text, out);
  CarefulScanner scanner(text, out);
  std::size_t at = 0;
  while (at < text.size()) at = is_ascii_blank(text[at]) ? at + 1 : scanner.scan_chunk(at);
}

void tokenize(std::string_view text, TokenStream& out) {
  static const ReadBlock read_block = best_read_block();
  tokenize_with(read_block, text, out);
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
