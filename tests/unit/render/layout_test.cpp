// SPDX-License-Identifier: MIT
#include "render/layout.hpp"

#include <algorithm>

#include "support/catch.hpp"

using namespace digest::render;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    REQUIRE(end != std::string::npos);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace

TEST_CASE("width counts columns, not bytes") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("\xe6\x96\x87\xe5\xad\x97") == 4);
  CHECK(display_width("e\xcc\x81") == 1);
}

TEST_CASE("a paragraph wraps at spaces and loses no word") {
  const std::string text = "one two three four five six seven eight nine ten";
  for (std::size_t width = 1; width < 60; ++width) {
    std::string joined;
    for (const std::string& line : lines_of(paragraph({{text, Style::plain, {}}}, "", "", {width, false}))) {
      CHECK((display_width(line) <= std::max<std::size_t>(width, 1) || line.find(' ') != std::string::npos));
      joined += line;
    }
    joined.erase(std::remove(joined.begin(), joined.end(), ' '), joined.end());
    CHECK(joined == "onetwothreefourfivesixseveneightnineten");
  }
}

TEST_CASE("wide characters and long words break where they must") {
  const std::string wide = "\xe6\x96\x87\xe6\x96\x87\xe6\x96\x87\xe6\x96\x87\xe6\x96\x87";
  for (const std::string& line : lines_of(paragraph({{wide, Style::plain, {}}}, "", "", {4, false}))) CHECK(display_width(line) <= 4);
  const auto lines = lines_of(paragraph({{"abcdefghij", Style::plain, {}}}, "", "", {4, false}));
  CHECK(lines == std::vector<std::string>{"abcd", "efgh", "ij"});
}

TEST_CASE("without a width nothing wraps, without colour nothing is styled") {
  const std::string out = paragraph({{"a b", Style::bold, "https://x.org"}, {"c", Style::match, {}}}, "1. ", "   ", {0, false});
  CHECK(out == "1. a bc\n");
}

TEST_CASE("styles are closed at every line end") {
  const std::string out = paragraph({{"aaa bbb", Style::bold, {}}}, "", "", {3, true});
  CHECK(out == "\x1b[1maaa\x1b[0m\n\x1b[1mbbb\x1b[0m\n");
}

TEST_CASE("links go only where a browser may go") {
  CHECK(safe_address("https://arxiv.org/abs/1") == "https://arxiv.org/abs/1");
  CHECK(safe_address("javascript:alert(1)").empty());
  CHECK(safe_address("file:///etc/passwd").empty());
  CHECK(safe_address("https://x.org/\x1b\\").empty());
  CHECK(safe_address("https://x.org/a b").empty());
}
