// SPDX-License-Identifier: MIT
// Ninety-five of a hundred chunks between blanks are plain ASCII words. They are found by bit masks, 64 bytes at a time,
// and their forms are slices of one small-letter copy of the text; the rest goes to the careful scanner. Who scans says
// what becomes of the words: `Words` has
//   plain(at, word)   the words of a block: each run of ones in `word`, bit i of which is byte at + i of the text and of
//                     `out.forms`; their number is already added to `out.length`
//   careful(first)    tokens that the careful scanner has added to `out.tokens`, from `first` on
#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "text/analyzer.hpp"
#include "text/careful_scanner.hpp"
#include "text/char_block.hpp"

namespace digest::text {

// So many bytes behind the last word of a text can be read from TokenStream::forms.
inline constexpr std::size_t kFormsSlack = 16;

template <typename Words>
class WordScanner {
 public:
  WordScanner(std::string_view text, TokenStream& out, ReadBlock read_block, Words& words)
      : text_(text.substr(0, kMaxTextBytes)), out_(out), careful_(text_, out), read_block_(read_block), words_(words) {}

  void scan() {
    out_.tokens.clear();
    out_.forms.resize(text_.size() + kFormsSlack);
    out_.length = 0;
    std::size_t at = 0;
    while (at < text_.size()) at = scan_block(at);
  }

 private:
  static constexpr std::uint64_t bits_below(std::size_t count) {
    return count >= kBlockBytes ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
  }
  static std::size_t lowest(std::uint64_t bits) { return static_cast<std::size_t>(std::countr_zero(bits)); }
  static std::size_t width(std::uint64_t bits) { return static_cast<std::size_t>(std::bit_width(bits)); }  // past the highest bit

  // Scans what begins in the block at `at`, which no word runs across; returns where to go on.
  std::size_t scan_block(std::size_t at) {
    const CharBlock block = read(at);
    const std::size_t limit = width(block.blank);  // the last chunk may run out of the block: next time
    if (limit == 0) return scan_carefully(at);
    const std::uint64_t inside = bits_below(limit);
    std::size_t done = 0;
    for (;;) {
      const std::uint64_t open = inside & ~bits_below(done);
      const std::uint64_t careful = block.careful & open;
      if (careful == 0) {
        add_plain(at, block.word & open);
        return std::min(at + limit, text_.size());
      }
      const std::size_t chunk = std::max(done, width(block.blank & bits_below(lowest(careful))));
      add_plain(at, block.word & open & bits_below(chunk));
      const std::size_t next = scan_carefully(at + chunk);
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

  void add_plain(std::size_t at, std::uint64_t word) {
    if (word == 0) return;
    out_.length += static_cast<std::uint32_t>(std::popcount(word & ~(word << 1)));
    words_.plain(at, word);
  }

  std::size_t scan_carefully(std::size_t at) {
    const std::size_t first = out_.tokens.size();
    const std::size_t next = careful_.scan_chunk(at);
    words_.careful(first);
    return next;
  }

  std::string_view text_;
  TokenStream& out_;
  CarefulScanner careful_;
  ReadBlock read_block_;
  Words& words_;
};
static_assert(kBlockBytes < kMaxFormBytes, "a word inside a block is never too long");

}  // namespace digest::text
