// SPDX-License-Identifier: MIT
#include <digest/limits.hpp>

#include <cstdint>
#include <new>

#include "ingest/readers/json_paper.hpp"

namespace digest::ingest {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

// The code unit of "\uXXXX" at `at`, or -1.
std::int32_t escaped_unit(std::string_view text, std::size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return -1;
  std::int32_t unit = 0;
  for (std::size_t i = at + 2; i < at + 6; ++i) {
    const char c = text[i];
    std::int32_t digit = 0;
    if (c >= '0' && c <= '9')
      digit = c - '0';
    else if (c >= 'a' && c <= 'f')
      digit = c - 'a' + 10;
    else if (c >= 'A' && c <= 'F')
      digit = c - 'A' + 10;
    else
      return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

// Copies the escape at `at`, or U+FFFD for half a surrogate pair or an escape that JSON does not know;
// returns its end.
std::size_t copy_escape(std::string_view text, std::size_t at, std::string& out) {
  if (at + 1 >= text.size()) {
    out += "\\\\";
    return at + 1;
  }
  if (text[at + 1] != 'u') {
    const bool known = std::string_view("\"\\/bfnrt").find(text[at + 1]) != std::string_view::npos;
    out += known ? text.substr(at, 2)
                 : std::string_view("\\\\");  // "\alpha" written raw: the backslash stays one
    return known ? at + 2 : at + 1;
  }
  const std::int32_t unit = escaped_unit(text, at);
  if (unit < 0) {
    out += "\\\\";
    return at + 1;
  }
  const bool high = unit >= 0xD800 && unit < 0xDC00;
  const std::int32_t next = high ? escaped_unit(text, at + 6) : -1;
  if (high && next >= 0xDC00 && next < 0xE000) {
    out += text.substr(at, 12);
    return at + 12;
  }
  if (unit >= 0xD800 && unit < 0xE000) {
    out += "\\ufffd";
  } else {
    out += text.substr(at, 6);
  }
  return at + 6;
}

std::size_t copy_string(std::string_view text, std::size_t at, std::string& out) {
  out += text[at++];
  while (at < text.size()) {
    const char c = text[at];
    if (c == '\\') {
      at = copy_escape(text, at, out);
      continue;
    }
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    ++at;
    if (c == '"') break;
  }
  return at;
}

// NaN and its like, also "None" and "undefined"; 0 if there is none at `at`.
std::size_t no_number(std::string_view text, std::size_t at) {
  for (const std::string_view word : {"NaN", "-Infinity", "Infinity", "undefined", "None", "-NaN"}) {
    if (text.substr(at, word.size()) == word) return word.size();
  }
  return 0;
}

}  // namespace

std::string mend_json(std::string_view text) {
  std::string out;
  out.reserve(text.size() + simdjson::SIMDJSON_PADDING);
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"') {
      at = copy_string(text, at, out);
      continue;
    }
    if (c == ',') {
      std::size_t next = at + 1;
      while (next < text.size() && is_blank(text[next])) ++next;
      if (next < text.size() && (text[next] == '}' || text[next] == ']')) {
        at = next;
        continue;
      }
    }
    if (const std::size_t length = no_number(text, at); length > 0) {
      out += "null";
      at += length;
      continue;
    }
    out += c;
    ++at;
  }
  return out;
}

JsonValueParser::JsonValueParser() {
  // The depth stays when the parser grows; the capacity is what a usual record needs.
  if (parser_.allocate(std::size_t{64} << 10, kMaxJsonDepth) != simdjson::SUCCESS) throw std::bad_alloc();
}

simdjson::simdjson_result<simdjson::dom::element> JsonValueParser::parse_padded(std::string& text) {
  if (text.capacity() < text.size() + simdjson::SIMDJSON_PADDING)
    text.reserve(2 * text.size() + simdjson::SIMDJSON_PADDING);
  const std::size_t length = text.size();
  text.append(simdjson::SIMDJSON_PADDING, ' ');  // bytes that exist, so that no tool sees a read past the end
  auto parsed = parser_.parse(text.data(), length, false);
  if (parsed.error() == simdjson::MEMALLOC) throw std::bad_alloc();  // no fault of the record's
  return parsed;
}

simdjson::simdjson_result<simdjson::dom::element> JsonValueParser::parse(std::string& text) {
  const std::size_t length = text.size();
  auto parsed = parse_padded(text);
  if (parsed.error() == simdjson::SUCCESS) return parsed;
  std::string mended = mend_json(std::string_view(text).substr(0, length));
  if (std::string_view(mended) == std::string_view(text).substr(0, length)) return parsed;
  mended_ = std::move(mended);
  return parse_padded(mended_);
}

}  // namespace digest::ingest
