// SPDX-License-Identifier: MIT
#include "render/escape.hpp"

#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "support/catch.hpp"

using namespace digest;
using render::printable;

TEST_CASE("controls of every kind are shown, not sent") {
  CHECK(printable("a\x1b[2Jb") == "a\\x1b[2Jb");
  CHECK(printable("\x07\x7f") == "\\x07\\x7f");
  CHECK(printable("\xc2\x9b" "31m") == "\\x9b31m");
  CHECK(printable("\xe2\x80\xae" "right") == "\\u202eright");
  CHECK(printable("\xe2\x81\xa6") == "\\u2066");
  CHECK(printable("\xd8\x9c") == "\\u061c");
}

TEST_CASE("text that needs no escape stays as it is") {
  CHECK(printable("na\xc3\xafve \xe6\x96\x87") == "na\xc3\xafve \xe6\x96\x87");
  CHECK(printable("a\nb\tc") == "a b c");
  CHECK(printable("a\nb\tc", render::Keep::lines) == "a\nb\tc");
  CHECK(printable("x\r\ny\r", render::Keep::lines) == "x\r\ny\\x0d");
  CHECK(printable("x\ry", render::Keep::lines) == "x\\x0dy");
}

TEST_CASE("ill-formed bytes become replacement characters, a lone C1 byte too") {
  CHECK(printable("a\x9bz") == "a\xef\xbf\xbdz");
  CHECK(is_valid_utf8(printable("\xff\xfe\xc3(")));
}

TEST_CASE("no code point that controls a terminal gets through") {
  for (char32_t c = 0; c < 0x3000; ++c) {
    std::string text;
    append_utf8(text, c);
    const std::string shown = printable(text);
    for (std::size_t at = 0; at < shown.size();) {
      const Decoded decoded = decode_utf8(shown, at);
      REQUIRE_FALSE(render::is_control(decoded.code_point));
      at += decoded.length;
    }
  }
}

TEST_CASE("JSON made safe for a terminal has the same value") {
  nlohmann::ordered_json value;
  value["text"] = "\x7f \xc2\x9b \xe2\x80\xae \xe6\x96\x87 \xc3\xa9 \x1b";
  const std::string safe = render::terminal_safe_json(value.dump());
  CHECK(safe.find("\xe2\x80\xae") == std::string::npos);
  CHECK(safe.find("\xc2\x9b") == std::string::npos);
  CHECK(safe.find('\x7f') == std::string::npos);
  CHECK(nlohmann::ordered_json::parse(safe) == value);
}
