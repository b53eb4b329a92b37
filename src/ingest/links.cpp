// SPDX-License-Identifier: MIT
#include "ingest/links.hpp"

#include <algorithm>

#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

constexpr std::size_t kMostLinks = 50;   // a paper with more is a list of links
constexpr std::size_t kLongest = 2048;   // bytes of an address

std::string_view without_punctuation(std::string_view url) {
  for (;;) {
    if (url.empty()) return url;
    const char last = url.back();
    const bool opened = url.find('(') != std::string_view::npos;
    if (std::string_view(".,;:!?'\"*").find(last) == std::string_view::npos && !(last == ')' && !opened) && last != ']') return url;
    url.remove_suffix(1);
  }
}

}  // namespace

void add_links(std::string_view text, std::vector<std::string>& urls) {
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    std::size_t begin = at;
    if (at >= 5 && text.substr(at - 5, 5) == "https") begin = at - 5;
    else if (at >= 4 && text.substr(at - 4, 4) == "http") begin = at - 4;
    if (begin == at) continue;
    std::size_t end = at + 3;
    const std::size_t most = std::min(text.size(), begin + 2 * kLongest);  // far enough to know that it is too long
    while (end < most && !is_blank(text[end]) && std::string_view("{}<>\"\\").find(text[end]) == std::string_view::npos) ++end;
    const std::string_view url = without_punctuation(text.substr(begin, end - begin));
    if (url.size() < at - begin + 6 || url.size() > kLongest || urls.size() >= kMostLinks) continue;
    if (std::find(urls.begin(), urls.end(), url) == urls.end()) urls.emplace_back(url);
  }
}

}  // namespace digest::ingest
