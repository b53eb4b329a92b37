// SPDX-License-Identifier: MIT
// The ways to one result: tokenize() with a given kernel, and with none. For tests and measurements.
#pragma once
#include <string_view>

#include "text/analyzer.hpp"
#include "text/char_block.hpp"

namespace digest::text {

void tokenize_with(ReadBlock read_block, std::string_view text, TokenStream& out);

// Every chunk through the careful scanner: the obvious way, which the fast one must agree with (in tokens and
// forms; where a form lies in TokenStream::forms may differ).
void tokenize_carefully(std::string_view text, TokenStream& out);

}  // namespace digest::text
