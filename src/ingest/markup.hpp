// SPDX-License-Identifier: MIT
// The single steps of cleaning (cleaning.hpp), each from text to text. Pure functions; unbalanced input stays as it is.
#pragma once
#include <string>
#include <string_view>

namespace digest::ingest {

// "&amp; &#233; &eacute;" -> characters. Unknown names stay. One round only: "&amp;lt;" is "&lt;".
std::string decode_references(std::string_view text);

// Known tags go: inline ones without a trace ("Frame<i>N</i>et"), block ones leave a space, paragraphs an empty line.
// "x < y > z" is no tag.
std::string remove_tags(std::string_view text);

// Accents to letters, text commands to their text, quotes and dashes to characters; math between dollars stays.
std::string remove_latex(std::string_view text);

// Emphasis, links and escapes to their text.
std::string remove_markdown(std::string_view text);

}  // namespace digest::ingest
