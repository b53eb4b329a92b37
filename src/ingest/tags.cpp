// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "ingest/markup.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

// A prefix ("mml:", "jats:") is looked through.
constexpr auto kInline = std::to_array<std::string_view>({
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "fixed-case", "font", "i", "inf", "ins", "italic", "kbd", "mark",
    "math", "mfenced", "mfrac", "mi", "mn", "mo", "mover", "mrow", "ms", "msqrt", "mspace", "mstyle", "msub", "msubsup",
    "msup", "mtext", "munder", "q", "s", "sans-serif", "sc", "semantics", "small", "span", "strike", "strong", "sub",
    "sup", "tex-math", "tt", "u", "underline", "var", "wbr"});
constexpr auto kBlock = std::to_array<std::string_view>({
    "blockquote", "br", "caption", "center", "dd", "details", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "img", "li", "list", "list-item", "ol", "pre", "section", "summary", "table", "tbody", "td", "th", "thead", "title",
    "tr", "ul"});
constexpr auto kParagraph = std::to_array<std::string_view>({"p", "sec"});

template <typename Names>
bool contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

enum class Kind { none, inline_tag, block, paragraph, dropped };

struct Tag {
  Kind kind = Kind::none;
  std::size_t length = 0;
};

constexpr std::size_t kLongestTag = 4096;  // a tag with a long link; beyond it "<" is a sign

Tag tag_at(std::string_view text) {
  if (text.substr(0, 4) == "<!--") {
    const std::size_t end = text.substr(0, kLongestTag).find("-->");
    return end == std::string_view::npos ? Tag{} : Tag{Kind::dropped, end + 3};
  }
  std::size_t at = text.size() > 1 && text[1] == '/' ? 2 : 1;
  const std::size_t first = at;
  while (at < text.size() && (is_alnum(text[at]) || text[at] == '-' || text[at] == ':')) ++at;
  std::string name = lower_case(text.substr(first, at - first));
  if (const std::size_t colon = name.find(':'); colon != std::string::npos) name.erase(0, colon + 1);
  if (at >= text.size() || (text[at] != '>' && text[at] != '/' && !is_blank(text[at]))) return {};
  // "a < b and c > d" has a blank after the sign; "x <b and y> z" is taken for prose by what an attribute looks like.
  const std::size_t end = text.substr(0, kLongestTag).find('>', at);
  if (end == std::string_view::npos) return {};
  const std::string_view inside = trim(text.substr(at, end - at));
  if (!inside.empty() && inside != "/" && inside.find('=') == std::string_view::npos) return {};
  if (inside.find('<') != std::string_view::npos) return {};
  const Kind kind = contains(kInline, name)      ? Kind::inline_tag
                    : contains(kParagraph, name) ? Kind::paragraph
                    : contains(kBlock, name)     ? Kind::block
                                                 : Kind::none;
  return {kind, end + 1};
}

}  // namespace

std::string remove_tags(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t at = text.find('<');
    out.append(text.substr(0, at));
    if (at == std::string_view::npos) break;
    text.remove_prefix(at);
    const Tag tag = tag_at(text);
    if (tag.kind == Kind::none) {
      out += '<';
      text.remove_prefix(1);
      continue;
    }
    if (tag.kind == Kind::block) out += ' ';
    if (tag.kind == Kind::paragraph) out += "\n\n";
    text.remove_prefix(tag.length);
  }
  return out;
}

}  // namespace digest::ingest
