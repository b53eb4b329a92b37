// SPDX-License-Identifier: MIT
// A web page made small and harmless before it is parsed: scripts, styles, comments, pictures and mere formatting left
// out, nesting and attributes bounded, line ends kept so that line numbers stay true. Pure function, safe from any thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace digest::ingest {

// A parser's tree takes about 400 bytes a tag; a listing of 2,000 papers has 60,000.
inline constexpr std::size_t kMaxHtmlTags = 200'000;
inline constexpr std::size_t kMaxHtmlDepth = 256;

struct GuardedHtml {
  std::string html;
  bool cut = false;                     // more than kMaxHtmlTags
  std::vector<std::string> properties;  // values of data-props attributes (JSON, references not yet undone)
};

GuardedHtml guard_html(std::string_view page);

}  // namespace digest::ingest
