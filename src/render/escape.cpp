// SPDX-License-Identifier: MIT
#include "render/escape.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.hpp"

namespace digest::render {
namespace {

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

// Bytes that may begin a control beyond ASCII: C1 (C2), U+061C (D8), U+200E and others (E2).
bool may_begin_control(unsigned char byte) { return byte == 0x7f || byte == 0xc2 || byte == 0xd8 || byte == 0xe2; }

}  // namespace

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

std::string printable(std::string_view text, Keep keep) {
  if (is_plain(text)) return std::string(text);
  std::string out;
  out.reserve(text.size() + 16);
  for (std::size_t at = 0; at < text.size();) {
    const Decoded decoded = decode_utf8(text, at);
    const char32_t c = decoded.code_point;
    if (c == '\n' || c == '\t') {
      out += keep == Keep::lines ? static_cast<char>(c) : ' ';
    } else if (c == '\r' && keep == Keep::lines && text.substr(at, 2) == "\r\n") {
      out += '\r';  // part of a line end, as in CSV; alone it would overwrite the line
    } else if (!is_control(c)) {
      append_utf8(out, c);
    } else if (c < 0x100) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
    } else {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    }
    at += decoded.length;
  }
  return out;
}

std::string terminal_safe_json(std::string json) {
  if (std::none_of(json.begin(), json.end(), [](char c) { return may_begin_control(static_cast<unsigned char>(c)); })) return json;
  std::string out;
  out.reserve(json.size() + 16);
  for (std::size_t at = 0; at < json.size();) {
    if (!may_begin_control(static_cast<unsigned char>(json[at]))) {
      out += json[at++];
      continue;
    }
    const Decoded decoded = decode_utf8(json, at);
    if (is_control(decoded.code_point)) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(decoded.code_point));
    } else {
      append_utf8(out, decoded.code_point);
    }
    at += decoded.length;
  }
  return out;
}

}  // namespace digest::render
