// SPDX-License-Identifier: MIT
#include "render/layout.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>

#include "base/utf8.hpp"
#include "render/escape.hpp"

namespace digest::render {
namespace {

std::size_t width_of(char32_t c) {
  if (c >= 0x20 && c < 0x7f) return 1;
  return static_cast<std::size_t>(std::max(0, utf8proc_charwidth(static_cast<utf8proc_int32_t>(c))));
}

std::string_view code_of(Style style) {
  switch (style) {
    case Style::plain: return "";
    case Style::bold: return "\x1b[1m";
    case Style::match: return "\x1b[1;33m";
    case Style::dim: return "\x1b[2m";
  }
  return "";
}

// A character with what it looks like; the paragraph is wrapped over these.
struct Cell {
  std::string_view bytes;
  std::uint8_t width = 0;
  bool space = false;
  std::uint32_t span = 0;
};

std::vector<Cell> cells_of(const std::vector<std::string>& texts) {
  std::vector<Cell> cells;
  for (std::uint32_t span = 0; span < texts.size(); ++span) {
    const std::string_view text = texts[span];
    for (std::size_t at = 0; at < text.size();) {
      const Decoded decoded = decode_utf8(text, at);
      cells.push_back({text.substr(at, decoded.length), static_cast<std::uint8_t>(width_of(decoded.code_point)),
                       decoded.code_point == ' ', span});
      at += decoded.length;
    }
  }
  return cells;
}

// Where the line that starts at `begin` ends; `columns` at least 1.
std::size_t line_end(const std::vector<Cell>& cells, std::size_t begin, std::size_t columns) {
  std::size_t used = 0, last_break = begin;
  for (std::size_t i = begin; i < cells.size(); ++i) {
    if (cells[i].space) last_break = i;
    if (i > begin && (cells[i].width == 2 || (cells[i].width == 1 && cells[i - 1].width == 2))) last_break = i;
    used += cells[i].width;
    if (used > columns && !cells[i].space) {
      if (last_break > begin) return last_break;
      return std::max(i, begin + 1);
    }
  }
  return cells.size();
}

class LinePainter {
 public:
  LinePainter(const std::vector<Span>& spans, bool color) : spans_(spans), color_(color) {}

  void paint(const std::vector<Cell>& cells, std::size_t begin, std::size_t end, std::string& out) const {
    constexpr std::uint32_t kNone = UINT32_MAX;
    std::uint32_t open = kNone;
    for (std::size_t i = begin; i < end; ++i) {
      if (cells[i].span != open) {
        if (open != kNone) leave(spans_[open], out);
        open = cells[i].span;
        enter(spans_[open], out);
      }
      out += cells[i].bytes;
    }
    if (open != kNone) leave(spans_[open], out);
  }

 private:
  void enter(const Span& span, std::string& out) const {
    if (!color_) return;
    if (!span.link.empty()) out += "\x1b]8;;" + span.link + "\x1b\\";
    out += code_of(span.style);
  }
  void leave(const Span& span, std::string& out) const {
    if (!color_) return;
    if (span.style != Style::plain) out += "\x1b[0m";
    if (!span.link.empty()) out += "\x1b]8;;\x1b\\";
  }

  const std::vector<Span>& spans_;
  bool color_;
};

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded decoded = decode_utf8(text, at);
    width += width_of(decoded.code_point);
    at += decoded.length;
  }
  return width;
}

std::string paragraph(const std::vector<Span>& spans, std::string_view first_indent, std::string_view indent, Layout layout) {
  std::vector<std::string> texts;
  for (const Span& span : spans) texts.push_back(printable(span.text));
  const std::vector<Cell> cells = cells_of(texts);
  const LinePainter painter(spans, layout.color);
  std::string out;
  std::size_t begin = 0;
  do {
    const std::string_view before = begin == 0 ? first_indent : indent;
    std::size_t end = cells.size();
    if (layout.width > 0) {
      const std::size_t taken = std::min(before.size(), layout.width - 1);
      end = line_end(cells, begin, layout.width - taken);
    }
    out += before;
    painter.paint(cells, begin, end, out);
    out += '\n';
    begin = end;
    while (begin < cells.size() && cells[begin].space) ++begin;
  } while (begin < cells.size());
  return out;
}

std::string safe_address(std::string_view address) {
  const bool known = address.substr(0, 7) == "http://" || address.substr(0, 8) == "https://" || address.substr(0, 6) == "ftp://";
  if (!known) return {};
  // Beyond printable ASCII an address is percent-encoded, or it is not one we pass on.
  const bool clean = std::all_of(address.begin(), address.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  return clean ? std::string(address) : std::string();
}

}  // namespace digest::render
