// SPDX-License-Identifier: MIT
#include "render/json_text.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/utf8.hpp"
#include "render/escape.hpp"

namespace digest::render {
namespace {

bool is_plain(char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; }

// Sixteen at once, without a branch: the compiler makes vector instructions of it.
constexpr std::size_t kStride = 16;
bool are_plain(const char* from) {
  unsigned odd = 0;
  for (std::size_t i = 0; i < kStride; ++i) {
    const auto c = static_cast<unsigned char>(from[i]);
    odd |= static_cast<unsigned>(c < 0x20) | static_cast<unsigned>(c >= 0x7f) | static_cast<unsigned>(c == '"') | static_cast<unsigned>(c == '\\');
  }
  return odd == 0;
}

void append_escape(std::string& out, char32_t c) {
  switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    case '\b': out += "\\b"; break;
    case '\f': out += "\\f"; break;
    default: fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
  }
}

}  // namespace

void JsonText::separate() {
  // A string ends in a quote: a bracket or colon at the end is never part of one.
  if (out_.empty() || out_.back() == '{' || out_.back() == '[' || out_.back() == ':') return;
  out_ += ',';
}

void JsonText::open(char bracket) {
  separate();
  out_ += bracket;
}

void JsonText::key(std::string_view name) {
  separate();
  quote(name);
  out_ += ':';
}

void JsonText::text(std::string_view value) {
  separate();
  quote(value);
}

void JsonText::text_or_null(std::string_view value) {
  if (value.empty()) {
    null();
  } else {
    text(value);
  }
}

void JsonText::quote(std::string_view value) {
  out_ += '"';
  for (std::size_t at = 0; at < value.size();) {
    std::size_t end = at;
    while (end + kStride <= value.size() && are_plain(value.data() + end)) end += kStride;
    while (end < value.size() && is_plain(value[end])) ++end;
    out_.append(value.substr(at, end - at));
    at = end;
    if (at == value.size()) break;
    const Decoded decoded = decode_utf8(value, at);
    const char32_t c = decoded.code_point;
    if (!decoded.valid) {
      append_utf8(out_, kReplacement);
    } else if (c == '"' || c == '\\' || is_control(c)) {
      append_escape(out_, c);
    } else {
      out_.append(value.substr(at, decoded.length));
    }
    at += decoded.length;
  }
  out_ += '"';
}

void JsonText::number(std::uint64_t value) {
  separate();
  fmt::format_to(std::back_inserter(out_), "{}", value);
}

void JsonText::number(double value) {
  if (!std::isfinite(value)) return null();
  separate();
  const std::size_t before = out_.size();
  fmt::format_to(std::back_inserter(out_), "{}", value);
  if (out_.find_first_of(".e", before) == std::string::npos) out_ += ".0";
}

void JsonText::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
}

void JsonText::null() {
  separate();
  out_ += "null";
}

void JsonText::texts(const std::vector<std::string>& values) {
  begin_array();
  for (const std::string& value : values) text(value);
  end_array();
}

}  // namespace digest::render
