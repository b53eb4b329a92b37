// SPDX-License-Identifier: MIT
// Any text through cleaning, as every kind of markup; and as a title, a list of authors, a date, a link.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/utf8.hpp"
#include "ingest/cleaning.hpp"
#include "ingest/identity.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace digest::ingest;
  const std::string text = digest::repair_utf8(std::string_view(reinterpret_cast<const char*>(data), size)).text;
  for (const Markup markup : {Markup::plain, Markup::latex, Markup::html, Markup::html_and_latex, Markup::markdown}) {
    const std::string out = clean(text, markup, Paragraphs::keep);
    if (!digest::is_valid_utf8(out)) std::abort();
    for (const char c : out) {
      if (static_cast<unsigned char>(c) < 0x20 && c != '\n') std::abort();
    }
  }
  digest::Paper paper;
  paper.title = text;
  paper.urls = {text, "https://" + text};
  paper.ids["source"] = text;
  paper.authors = split_authors(text);
  paper.date = normalise_date(text, "2025-01-01");
  find_identifiers(paper);
  order_urls(paper);
  if (!digest::is_valid_utf8(title_key(text)) || paper_id(paper).empty()) std::abort();
  lookup_keys(paper);
  digest::Paper other = paper;
  if (merge(paper, other)) std::abort();
  return 0;
}
