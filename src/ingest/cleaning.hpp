// SPDX-License-Identifier: MIT
// Text as its authors meant it: character references, inline tags, LaTeX and wrapped lines undone, nothing else.
// Display text and index text are the same text. Pure functions, safe from any thread; never fail on unbalanced
// input: on any surprise the original is kept.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace digest::ingest {

enum class Markup { plain, latex, html, html_and_latex, markdown };

// One field. White space is collapsed; with keep_paragraphs an empty line stays as "\n\n".
enum class Paragraphs { join, keep };
std::string clean(std::string_view raw, Markup markup, Paragraphs paragraphs = Paragraphs::join);

// "Doe, Jane and Roe, R." / "J. Doe, R. Roe" / "Doe J; Roe R" -> names as written, trimmed.
std::vector<std::string> split_authors(std::string_view raw);

// "['Marx, Karl', \"O'Neil, A.\"]" is how Python writes a list into a table or a string; what is within, as it stands.
bool is_python_list(std::string_view text);
std::vector<std::string> python_list(std::string_view text);

// A date in any of the forms that digests use ("2025-03-11T...", "Tue, 11 Mar 2025 ...", "11 March 2025", "2025 Jan",
// "Mar 11, 2025") as YYYY[-MM[-DD]]; empty where there is none. A date without a year takes it from `digest_date`.
std::string normalise_date(std::string_view raw, std::string_view digest_date = {});

}  // namespace digest::ingest
