// SPDX-License-Identifier: MIT
#include "base/utf8.hpp"

#include "support/catch.hpp"

using namespace digest;

TEST_CASE("every code point survives encoding and decoding") {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, c);
    const Decoded back = decode_utf8(text, 0);
    REQUIRE((back.valid && back.code_point == c && back.length == text.size()));
  }
}

TEST_CASE("ill-formed parts are replaced one by one (Unicode 15, table 3-8)") {
  const std::string text = "\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64";
  const Repaired repaired = repair_utf8(text);
  REQUIRE(repaired.text == "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd");
  REQUIRE(repaired.replaced == 6);
  REQUIRE(is_valid_utf8(repaired.text));
  REQUIRE_FALSE(is_valid_utf8(text));
}

TEST_CASE("overlong forms, surrogates and what lies beyond U+10FFFF are ill-formed") {
  for (const char* text : {"\xC0\x80", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xFF"}) {
    REQUIRE_FALSE(is_valid_utf8(text));
    REQUIRE(is_valid_utf8(repair_utf8(text).text));
  }
}
