// SPDX-License-Identifier: MIT
// What the lines of a page of arXiv.org say, copied from a browser as text: lists, search results, abstract pages. Pure
// functions; any thread.
#pragma once
#include <string>
#include <string_view>

namespace digest::ingest::arxiv_page {

enum class Part { title, authors, abstract, subjects, journal, doi, cite, other, submitted };

struct NamedPart {
  std::string_view label;
  Part part;
};

// The label that begins the line; null if none does.
const NamedPart* part_of(std::string_view line);

// "[12] arXiv:2503.00001 (cross-list from cs.CV) [pdf, html, other]", "arXiv:2503.00001 [pdf, other] cs.CL cs.LG".
struct Head {
  std::string_view id;
  std::string_view subjects;
};

// Empty for other lines.
Head list_head(std::string_view line);

// "[Submitted on 4 Mar 2025 (v1), last revised 9 Apr 2025 (this version, v2)]": the first day; empty for other lines.
std::string_view submission_day(std::string_view line);

// What the pages have between, before and behind papers: no part of one.
bool is_border(std::string_view line);

// "View PDF", "HTML (experimental)".
bool is_button(std::string_view line);

// A line as the page shows it: also where a tool kept the page as Markdown, with headings, quotations, links, a table of
// two columns ("| Subjects: | Computation and Language (cs.CL) |") and escaped brackets.
std::string shown(std::string_view line);

}  // namespace digest::ingest::arxiv_page
