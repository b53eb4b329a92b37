// SPDX-License-Identifier: MIT
// Bytes of a text in some character set to valid UTF-8 with LF line ends, without byte-order marks and without NUL.
// The result does not depend on where the input was cut.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "ingest/stage.hpp"

namespace digest::ingest {

// What had to be mended, for one diagnostic at the end.
struct TextDamage {
  std::uint64_t replaced = 0;    // ill-formed parts that became U+FFFD
  std::uint64_t first_line = 0;  // of the first of them
  std::uint64_t nul_bytes = 0;   // dropped
  std::string assumed;           // the character set that was assumed where none was stated: "Windows-1252"
};

// Does it look like something else than text (programs, images, office files)?
bool looks_binary(std::string_view head);

// Where the text of the decoder goes, and at the end what was wrong with it.
class TextTarget {
 public:
  virtual ~TextTarget() = default;
  virtual void text(std::string_view utf8) = 0;
  virtual void end(const TextDamage& damage) = 0;
};

// `label`: what a mail header or an XML declaration says; empty: found out by byte-order mark, by being valid UTF-8,
// else Windows-1252 (which ISO-8859-1 means in practice: WHATWG Encoding Standard).
std::unique_ptr<Stage> make_text_decoder(std::string_view label, TextTarget& target);

// A short text at once, for mail headers.
std::string decode_text(std::string_view bytes, std::string_view label);

}  // namespace digest::ingest
