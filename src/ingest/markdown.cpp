// SPDX-License-Identifier: MIT
#include "ingest/brackets.hpp"
#include "ingest/markup.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

constexpr std::size_t kLongestLink = 1000;

// "[text](link)" or "[text][12]" at the front, whose first bracket closes at `close`: the text, and how long the whole is;
// 0 if it is no link.
struct Link {
  std::string_view text;
  std::size_t length = 0;
};

Link link_at(std::string_view text, std::size_t close) {
  if (close == std::string_view::npos || close + 1 >= text.size()) return {};
  const char open = text[close + 1];
  if (open != '(' && open != '[') return {};
  const std::size_t end = text.substr(0, close + 1 + kLongestLink).find(open == '(' ? ')' : ']', close + 1);
  if (end == std::string_view::npos) return {};
  const std::string_view target = text.substr(close + 2, end - close - 2);
  const bool is_target = open == '[' ? digits_at(target, 0) == target.size()
                                     : target.find("://") != std::string_view::npos || target.substr(0, 1) == "#" ||
                                           target.substr(0, 1) == "/" || target.substr(0, 7) == "mailto:";
  return is_target ? Link{text.substr(1, close - 1), end + 1} : Link{};
}

// Emphasis marks stand at the border of a word: "**bold**" and "*x*", but not "2 * 3" or "a*b".
bool is_emphasis(std::string_view text, std::size_t at, std::size_t length) {
  const bool before = at == 0 || !is_alnum(text[at - 1]);
  const bool after = at + length >= text.size() || !is_alnum(text[at + length]);
  const bool blank_before = at == 0 || is_blank(text[at - 1]);
  const bool blank_after = at + length >= text.size() || is_blank(text[at + length]);
  return (before || after) && !(blank_before && blank_after);
}

}  // namespace

std::string remove_markdown(std::string_view text) {
  if (text.find_first_of("*_`[\\") == std::string_view::npos) return std::string(text);
  const BracketPairs brackets(text, '[', ']');
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '\\' && at + 1 < text.size() && std::string_view("*_`[]|#<>!-.()+").find(text[at + 1]) != std::string_view::npos) {
      out += text[at + 1], at += 2;
      continue;
    }
    if (c == '[' || (c == '!' && text.substr(at, 2) == "![")) {
      const std::size_t image = c == '!' ? 1 : 0;
      const std::size_t close = brackets.close_of(at + image, kLongestLink);
      const Link link = close == std::string_view::npos ? Link{} : link_at(text.substr(at + image), close - at - image);
      if (link.length != 0) {
        if (image == 0) out += remove_markdown(link.text);
        at += link.length + image;
        continue;
      }
    }
    if (c == '*' || c == '_') {
      const std::size_t length = text.substr(at, 2) == std::string_view(c == '*' ? "**" : "__") ? 2 : 1;
      if (is_emphasis(text, at, length)) {
        at += length;
        continue;
      }
    }
    if (c != '`' || text.substr(at, 2) == "``") {
      const std::size_t length = c == '`' ? 2 : 1;
      out.append(text, at, length), at += length;
      continue;
    }
    ++at;
  }
  return out;
}

}  // namespace digest::ingest
