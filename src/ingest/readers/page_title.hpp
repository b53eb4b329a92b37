// SPDX-License-Identifier: MIT
// What the lines of a title say besides the title: whose paper it is, where it lies, how long it takes to read. Pure
// functions, safe from any thread.
#pragma once
#include <string>
#include <string_view>

namespace digest::ingest {

struct TitleLines {
  std::string title;
  std::string authors;  // empty if no line is a list of names
  std::string url;      // of the paper; empty if none is named
};

// "• Title (25 minute read)", "Title - https://...", "Title / A Author, B Author / J Beads 1 (2025). doi:10.1000/x.1".
TitleLines title_lines(std::string_view block);

// The mark of a list at the start of a line, with the blanks behind it: "• ", "◦ ", "- "; 0 if it has none.
std::size_t bullet(std::string_view line);

// Where an address that ends the line begins, with the bracket or dash before it; npos if none does.
std::size_t ending_address(std::string_view line);

}  // namespace digest::ingest
