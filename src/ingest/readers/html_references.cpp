// SPDX-License-Identifier: MIT
// Web pages that list papers as references: what people and groups call their publications, what encyclopedias cite.
#include <utility>

#include "ingest/readers/html_page.hpp"
#include "ingest/readers/reference_parts.hpp"

namespace digest::ingest {
namespace {

// The text of a block without what leads back to its place, and without its number.
std::string reference_text(std::string_view block) {
  std::string text = clean(block, Markup::plain);
  if (text.starts_with("^ ")) text.erase(0, 2);
  text.erase(0, reference_mark(text));
  return text;
}

}  // namespace

// Nearly all long blocks must be references: a text that cites is none.
bool HtmlReader::read_references(const HtmlPage& page) {
  constexpr std::size_t kLong = 80;
  std::vector<Paper> papers;
  std::size_t others = 0;
  for (const HtmlBlock& block : html_blocks(page)) {
    if (block.text.size() < kLong) continue;
    const std::string text = reference_text(block.text);
    const auto found = parse_reference(text);
    if (!found) {
      ++others;
      continue;
    }
    Paper paper = new_paper(block.line);
    add_url(paper, block.link);
    set_reference(paper, text, *found);
    papers.push_back(std::move(paper));
  }
  if (papers.size() < 2 || others * 3 > papers.size()) return false;
  report(0, Severity::note, "no-abstract", "This page lists papers as references and has no abstracts; the papers are found by title only.");
  for (Paper& paper : papers) emit(std::move(paper));
  return true;
}

}  // namespace digest::ingest
