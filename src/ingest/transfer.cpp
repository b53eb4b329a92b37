// SPDX-License-Identifier: MIT
#include "ingest/transfer.hpp"

#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

int hex(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

int base64_value(char c) {
  if (is_upper(c)) return c - 'A';
  if (is_lower(c)) return c - 'a' + 26;
  if (is_digit(c)) return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

}  // namespace

void append_quoted_printable(std::string& out, std::string_view line) {
  std::string_view end;
  while (!line.empty() && is_blank(line.back())) {
    if (line.back() == '\n') end = "\n";
    line.remove_suffix(1);
  }
  // A soft break: the line goes on.
  if (!line.empty() && line.back() == '=' && !end.empty()) line.remove_suffix(1), end = {};
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '=' && at + 2 < line.size() && hex(line[at + 1]) >= 0 && hex(line[at + 2]) >= 0) {
      out += static_cast<char>(hex(line[at + 1]) * 16 + hex(line[at + 2]));
      at += 2;
    } else {
      out += line[at];
    }
  }
  out += end;
}

void Base64::append(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '=') bits_ = 0, count_ = 0;
    const int value = base64_value(c);
    if (value < 0) continue;
    bits_ = (bits_ << 6U) | static_cast<std::uint32_t>(value);
    count_ += 6;
    if (count_ < 8) continue;
    count_ -= 8;
    out += static_cast<char>((bits_ >> static_cast<unsigned>(count_)) & 0xFFU);
    bits_ &= (1U << static_cast<unsigned>(count_)) - 1U;
  }
}

}  // namespace digest::ingest
