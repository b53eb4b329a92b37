// SPDX-License-Identifier: MIT
#include "ingest/readers/page_recognise.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ingest/readers/block_lines.hpp"
#include "ingest/readers/markdown_parts.hpp"
#include "ingest/readers/page_lines.hpp"
#include "ingest/readers/page_title.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

// How often a short block is followed by a long one.
int alternations(std::string_view head) {
  int pairs = 0;
  std::size_t size = 0;
  bool after_short = false, is_names = false;
  std::string_view first;  // the only line of the block so far
  const auto close = [&] {
    if (size == 0) return;
    const bool is_long_block = size >= 240;
    if (is_long_block && after_short) ++pairs;
    after_short = !is_long_block;
    size = 0;
  };
  while (!head.empty()) {
    const PageLine line = page_line(take_line(head));
    if (line.kind != PageLine::Kind::text && line.kind != PageLine::Kind::heading) {
      close();
      continue;
    }
    if (line.kind == PageLine::Kind::heading) close();
    const bool numbered = size > 0 && is_numbered_title(first);
    if ((numbered && (is_author_list(line.text) || is_long(line.text))) || (is_names && !is_author_list(line.text))) {
      is_names = numbered && is_author_list(line.text);
      close();
    }
    first = size == 0 ? line.text : std::string_view();
    size += line.text.size() + 1;
    if (line.kind == PageLine::Kind::heading) close();
  }
  close();
  return pairs;
}

// How many titles have the address of a paper, behind them or on the next line.
int listed_papers(std::string_view head) {
  int papers = 0;
  bool after_title = false;
  while (!head.empty()) {
    const std::string_view text = trim(take_line(head));
    const PageLine line = page_line(text);
    const std::size_t end = text.size() < 400 ? ending_address(text) : std::string_view::npos;
    const bool ends_in_one = end != std::string_view::npos && end >= 15 && leads_to_paper(text.substr(end)) && begins_with_title(trim(text.substr(bullet(text), end - bullet(text))));
    papers += ends_in_one || (after_title && line.kind == PageLine::Kind::link && leads_to_paper(line.url)) ? 1 : 0;
    const bool may_be = (text.size() >= 15 && text.size() < 400 && may_be_title(text.substr(bullet(text)))) || (after_title && (is_author_list(text) || is_name(text)));  // names may stand between
    after_title = !ends_in_one && line.kind == PageLine::Kind::text && may_be && !is_long(text);
  }
  return papers;
}

}  // namespace

Recognition recognise_page(std::string_view head) {
  const std::string_view first = trim(head.substr(0, 1024));
  if (first.substr(0, 1) == "<" || first.substr(0, 1) == "{") return {};
  if (head.find("Get trending papers in your email inbox") != std::string_view::npos) {
    return {80, "the banner of a trending-papers page"};
  }
  if (head.find("and the research community") != std::string_view::npos && (head.find("Daily Papers") != std::string_view::npos || head.find("Trending Papers") != std::string_view::npos)) {
    return {75, "the headings of the papers page of huggingface.co"};
  }
  const int pairs = alternations(head);
  constexpr int kMost = 20;
  const int listed = pairs == 0 ? listed_papers(head) : 0;
  if (listed >= 2) return {std::min(kMost, 8 + 3 * listed), fmt::format("{} titles, each with the address of a paper", listed)};
  if (pairs == 0) return {};
  return {std::min(kMost, 5 + 3 * pairs), fmt::format("{} short paragraphs, each followed by a long one", pairs)};
}

}  // namespace digest::ingest
