// SPDX-License-Identifier: MIT
// JSON written straight down, for what is written often: hits and papers. A tree of values costs ten times as much,
// which a single search would feel. Always well-formed if every begin has its end; strings may be any bytes.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace digest::render {

class JsonText {
 public:
  void begin_object() { open('{'); }
  void end_object() { out_ += '}'; }
  void begin_array() { open('['); }
  void end_array() { out_ += ']'; }
  void key(std::string_view name);  // then exactly one value

  void text(std::string_view value);          // ill-formed UTF-8 as U+FFFD, controls as escapes
  void text_or_null(std::string_view value);  // null if empty
  void number(std::uint64_t value);
  void number(double value);                  // shortest; null if not finite
  void boolean(bool value);
  void null();
  void texts(const std::vector<std::string>& values);

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void open(char bracket);
  void separate();  // a comma, unless this is the first of its kind
  void quote(std::string_view value);

  std::string out_;
};

}  // namespace digest::render
