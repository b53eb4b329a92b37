// SPDX-License-Identifier: MIT
// What does a backslash in a text stand for? A letter with an accent, a symbol with a name, markup to be seen
// through, or nothing that counts. Knows single commands only: there are no groups, no modes and no state, so
// unbalanced input cannot confuse it. Pure functions, safe from any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace digest::text {

struct LatexPiece {
  enum class Kind : std::uint8_t {
    letters,    // \'e, \"{u}, \o: `letters` is what stands for it, before folding; belongs to the word around
                // it
    name,       // \alpha: `letters` is the name, a word of its own
    markup,     // \textbf, \mathcal, \left: what follows counts, the command does not
    joint,      // \- and \/: nothing, inside a word
    separator,  // \%, \\, \cite{key}: nothing, between words
  };
  Kind kind = Kind::separator;
  std::string_view letters;
  std::size_t next = 0;  // the first byte behind it, always after the backslash
};

// text[at] is a backslash.
LatexPiece read_latex(std::string_view text, std::size_t at);

// A font command that lost its backslash ("textbf{x}"): folded name, to be followed by a brace.
bool is_bare_markup(std::string_view name);

}  // namespace digest::text
