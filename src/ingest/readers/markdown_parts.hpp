// SPDX-License-Identifier: MIT
// The pieces of Markdown that paper archives are made of: links, table rows, "Label: value" lines.
// Pure functions, safe from any thread; unbalanced input is text.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace digest::ingest {

struct MarkdownLink {
  std::string text;
  std::string url;
  std::size_t at = 0;  // where it begins in the line
};

// [text](url), <url> and bare addresses, in order; images are not links.
std::vector<MarkdownLink> markdown_links(std::string_view line);

bool is_web_address(std::string_view text);  // begins like one

// Does this address lead to a paper (arXiv, DOI, OpenReview, a publisher), not to code or a home page?
bool leads_to_paper(std::string_view url);

// Could this be the title of a paper, rather than "PDF", "Code" or an identifier?
bool looks_like_title(std::string_view text);

// The cells of "| a | b |"; an escaped bar or one in a code span does not divide.
std::vector<std::string> table_cells(std::string_view row);
// The same with the blanks around them: of cells that a bar of the text divided, they are part of it.
std::vector<std::string> untrimmed_cells(std::string_view row);
bool is_table_rule(std::string_view line);        // "|---|:--:|"
bool ends_with_bar(std::string_view row);

// `record`: what a database says of its record; where `other` may be a section of an abstract, this ends it.
enum class Label { none, title, authors, abstract, summary, link, date, category, venue, doi, other, record };

struct Labelled {
  Label label = Label::none;
  bool marked = false;  // the label was set in bold or italics
  std::string_view value;
};

// "**Authors:** A, B", "- Abstract: We", "> *TL;DR*: x". The list mark is expected to be gone.
Labelled labelled_line(std::string_view line);
// The label that a whole text is: "Abstract", "**Authors**"; none otherwise.
Label label_named(std::string_view text);

// The column that a table's header names.
Label column_named(std::string_view header);

// A line without HTML tags that only lay it out (<details>, <summary>, <br>, <b>).
std::string without_layout_tags(std::string_view line);

// Is the line links and what lies between them: "[Paper](...) | [Code](...) | 45 upvotes"?
bool is_link_row(std::string_view line);

// A title without numbering, emphasis and "(Read more on ...)".
std::string plain_title(std::string_view raw);

}  // namespace digest::ingest
