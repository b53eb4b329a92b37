// SPDX-License-Identifier: MIT
// The two transfer encodings of mail (RFC 2045, section 6), line by line. Nothing is an error. Threads: one.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace digest::ingest {

// One line with its line end, if it has one.
void append_quoted_printable(std::string& out, std::string_view line);

class Base64 {
 public:
  void append(std::string& out, std::string_view text);  // both alphabets; other characters are passed over

 private:
  std::uint32_t bits_ = 0;
  int count_ = 0;
};

}  // namespace digest::ingest
