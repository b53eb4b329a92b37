// SPDX-License-Identifier: MIT
// Text on a terminal: styles, display width, wrapping. Pure functions.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace digest::render {

enum class Style { plain, bold, match, dim };

struct Span {
  std::string text;  // as it came: made printable here
  Style style = Style::plain;
  std::string link;  // address of a hyperlink (OSC 8); empty: none
};

struct Layout {
  std::size_t width = 0;  // columns; 0: never wrap
  bool color = false;     // styles and links
};

// Columns that the text takes: 2 for wide characters, 0 for combining marks (Unicode, through utf8proc).
std::size_t display_width(std::string_view text);

// The spans as one paragraph, each line behind `indent`, the first behind `first_indent` (plain text, spaces); ends
// with a line feed. Lines break at spaces, between wide characters, and inside a word that is longer than a line.
std::string paragraph(const std::vector<Span>& spans, std::string_view first_indent, std::string_view indent, Layout layout);

// The address if it may be opened or linked: http, https or ftp, without controls or spaces; empty otherwise.
std::string safe_address(std::string_view address);

}  // namespace digest::render
