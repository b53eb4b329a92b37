// SPDX-License-Identifier: MIT
#include "render/bars.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "render/escape.hpp"
#include "render/text.hpp"

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
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// A drawing is as wide as its bars want to be, up to a page; then bars get narrower and fewer of them are
// named.
constexpr double kTop = 48, kHeight = 240, kBottom = 36, kLeft = 64, kRight = 24, kWidest = 960,
                 kNarrowest = 320, kLetter = 7;

struct Plot {
  double pitch = 40, width = 0, unit = 1;
  std::size_t every = 1;             // of so many bars one is named
  std::uint64_t most = 1, step = 1;  // between lines

  explicit Plot(const std::vector<FacetValue>& values) : most(render::most(values)) {
    const auto bars = static_cast<double>(std::max<std::size_t>(1, values.size()));
    pitch = std::min(pitch, (kWidest - kLeft - kRight) / bars);
    width = std::max(kNarrowest, kLeft + kRight + bars * pitch);
    unit = kHeight / static_cast<double>(most);
    std::size_t longest = 0;
    for (const FacetValue& value : values) longest = std::max(longest, value.value.size());
    const double label = kLetter * static_cast<double>(std::min<std::size_t>(longest + 1, 100));
    while (static_cast<double>(every) * pitch < label) ++every;
    // 1, 2, 5, 10, 20, 50, ...: at most five lines
    for (std::uint64_t power = 1; most / step > 5; power *= 10) {
      for (const std::uint64_t digit : {1U, 2U, 5U}) {
        step = digit * power;
        if (most / step <= 5) break;
      }
    }
  }
};

}  // namespace

std::string text_bars(const std::vector<FacetValue>& values, Layout layout) {
  constexpr std::size_t kDefaultColumns = 60, kBesides = 20;
  const std::size_t columns =
      layout.width > kBesides + 10 ? std::min(layout.width - kBesides, kDefaultColumns) : kDefaultColumns;
  const double unit = static_cast<double>(columns) / static_cast<double>(most(values));
  std::string out;
  for (const FacetValue& value : values) {
    // Whole blocks, and an eighth of one for what is left: even one paper shows.
    const std::size_t least = value.count > 0 ? 1 : 0;
    const auto eighths =
        std::max(least, static_cast<std::size_t>(static_cast<double>(value.count) * unit * 8));
    std::string bar;
    for (std::size_t i = 0; i < eighths / 8; ++i) bar += "\xe2\x96\x88";
    if (eighths % 8 != 0) bar += fmt::format("\xe2\x96{}", static_cast<char>(0x90 - eighths % 8));
    if (!bar.empty()) bar += ' ';
    out += fmt::format("{}  {}{}\n", printable(value.value), bar, thousands(value.count));
  }
  return out;
}

std::string svg_bars(std::string_view heading, const std::vector<FacetValue>& values) {
  const Plot plot(values);
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
      "height=\"{1:.0f}\" "
      "font-family=\"sans-serif\" font-size=\"12\" fill=\"#222222\">\n<title>{2}</title>\n"
      "<rect width=\"{0:.0f}\" height=\"{1:.0f}\" fill=\"#ffffff\"/>\n<text x=\"{3:.0f}\" y=\"24\" "
      "font-size=\"16\">{2}</text>\n",
      plot.width, kTop + kHeight + kBottom, xml(heading), kLeft);
  for (std::uint64_t mark = plot.step; mark <= plot.most; mark += plot.step) {
    const double y = kTop + kHeight - static_cast<double>(mark) * plot.unit;
    out += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"#dddddd\"/>\n",
                       kLeft, y, plot.width - kRight, y);
    out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n", kLeft - 6, y + 4,
                       thousands(mark));
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double height = static_cast<double>(values[i].count) * plot.unit,
                 x = kLeft + static_cast<double>(i) * plot.pitch;
    out += fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"#4477aa\"><title>{}: "
        "{}</title></rect>\n",
        x + plot.pitch * 0.1, kTop + kHeight - height, plot.pitch * 0.8, height, xml(values[i].value),
        values[i].count);
    if (i % plot.every != 0) continue;
    out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n",
                       x + plot.pitch / 2, kTop + kHeight + 18, xml(values[i].value));
  }
  return out + fmt::format(
                   "<line x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{2:.1f}\" y2=\"{1:.1f}\" "
                   "stroke=\"#222222\"/>\n</svg>\n",
                   kLeft, kTop + kHeight, plot.width - kRight);
}

}  // namespace digest::render
