// SPDX-License-Identifier: MIT
#include "render/bars.hpp"

#include <algorithm>

#include "support/catch.hpp"

using namespace digest;
using namespace digest::render;

namespace {

std::size_t times(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++count;
  return count;
}

}  // namespace

TEST_CASE("bars in text: the longest fills the line, one paper shows, none does not") {
  const std::string out = text_bars({{"2023", 400}, {"2024", 1}, {"2025", 0}}, {40, false});
  CHECK(out ==
        "2023  "
        "\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2"
        "\x96\x88\xe2\x96\x88"
        "\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2"
        "\x96\x88\xe2\x96\x88 400\n"
        "2024  \xe2\x96\x8f 1\n2025  0\n");
  CHECK(text_bars({}, {80, false}).empty());
}

TEST_CASE("a drawing has a bar for each value, escapes what it is given, and stays as wide as a page") {
  const std::string one = svg_bars("a <b> & \"c\"\x1b", {{"20<23", 1}});
  CHECK(times(one, "<rect") == 2);  // the ground and the bar
  CHECK(one.find("a &lt;b&gt; &amp; &quot;c&quot;") != std::string::npos);
  CHECK(one.find("20&lt;23") != std::string::npos);
  CHECK(one.find('\x1b') == std::string::npos);

  std::vector<FacetValue> many;
  for (int i = 0; i < 400; ++i) many.push_back({"2023-01", static_cast<std::uint64_t>(i) * 1000});
  const std::string wide = svg_bars("many", many);
  CHECK(wide.find("width=\"960\"") != std::string::npos);
  CHECK(times(wide, "<rect") == 401);
  CHECK(times(wide, "text-anchor=\"middle\"") <= 17);  // labels that do not touch
  CHECK(times(wide, "text-anchor=\"end\"") <= 5);
  CHECK(times(svg_bars("none", {}), "<rect") == 1);
}
