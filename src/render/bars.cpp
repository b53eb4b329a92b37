// SPDX-License-Identifier: MIT
#include "render/bars.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "render/escape.hpp"

namespace digest::render {
namespace {

std::uint64_t most(const std::vector<FacetValue>& values) {
  std::uint64_t largest = 1;
  for (const FacetValue& value : values) largest = std::max(largest, value.count);
  return largest;
}

std::string xml(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace

std::string text_bars(const std::vector<FacetValue>& values, Layout layout) {
  constexpr std::size_t kDefaultColumns = 60, kBesides = 20;
  const std::size_t columns = layout.width > kBesides + 10 ? std::min(layout.width - kBesides, kDefaultColumns) : kDefaultColumns;
  const double unit = static_cast<double>(columns) / static_cast<double>(most(values));
  std::string out;
  for (const FacetValue& value : values) {
    // Whole blocks, and an eighth of one for what is left: even one paper shows.
    const auto eighths = std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(value.count) * unit * 8));
    std::string bar;
    for (std::size_t i = 0; i < eighths / 8; ++i) bar += "\xe2\x96\x88";
    if (eighths % 8 != 0) bar += fmt::format("\xe2\x96{}", static_cast<char>(0x90 - eighths % 8));
    out += fmt::format("{}  {} {}\n", printable(value.value), bar, value.count);
  }
  return out;
}

std::string svg_bars(std::string_view heading, const std::vector<FacetValue>& values) {
  constexpr double kBar = 28, kGap = 12, kHeight = 240, kTop = 48, kBottom = 36, kLeft = 16;
  const double width = std::max(320.0, 2 * kLeft + static_cast<double>(values.size()) * (kBar + kGap));
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0f} {:.0f}\" font-family=\"sans-serif\" font-size=\"12\">\n"
      "<title>{}</title>\n<text x=\"{:.0f}\" y=\"24\" font-size=\"16\">{}</text>\n",
      width, kTop + kHeight + kBottom, xml(heading), kLeft, xml(heading));
  const double unit = kHeight / static_cast<double>(most(values));
  double x = kLeft;
  for (const FacetValue& value : values) {
    const double height = static_cast<double>(value.count) * unit;
    out += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"#4477aa\"><title>{}: {}</title></rect>\n", x,
                       kTop + kHeight - height, kBar, height, xml(value.value), value.count);
    out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n", x + kBar / 2, kTop + kHeight - height - 4, value.count);
    out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n", x + kBar / 2, kTop + kHeight + 18, xml(value.value));
    x += kBar + kGap;
  }
  return out + "</svg>\n";
}

}  // namespace digest::render
