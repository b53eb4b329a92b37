// SPDX-License-Identifier: MIT
// Which AND, OR and NOT are operators: those in capitals that stand between operands. The others are words.
#pragma once
#include <string_view>

#include "query/lexer.hpp"

namespace digest::query {

// Gives operators their kind, and says in a note which were read as words.
void decide_operators(std::string_view text, const CodePoints& positions, Lexed& lexed);

}  // namespace digest::query
