// SPDX-License-Identifier: MIT
// UTF-8 (Unicode 15, section 3.9): decode, encode, validate, repair. Pure functions, safe from any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace digest {

inline constexpr char32_t kReplacement = 0xFFFD;

struct Decoded {
  char32_t code_point = kReplacement;
  std::uint32_t length = 1;  // bytes consumed, at least 1
  bool valid = false;
};

// The code point that starts at text[at]; at < text.size(). Ill-formed input gives U+FFFD and the length of the
// maximal ill-formed part (Unicode's recommended practice), so that repairing in pieces and at once agree.
Decoded decode_utf8(std::string_view text, std::size_t at);

void append_utf8(std::string& out, char32_t code_point);

bool is_valid_utf8(std::string_view text);

// The text with every ill-formed part replaced by U+FFFD, and how many there were.
struct Repaired {
  std::string text;
  std::size_t replaced = 0;
};
Repaired repair_utf8(std::string_view text);

}  // namespace digest
