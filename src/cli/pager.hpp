// SPDX-License-Identifier: MIT
#pragma once
#include <string>

#include "cli/context.hpp"

namespace digest::cli {

// Text to standard output; through $DIGEST_PAGER, $PAGER or `less -FIRX` if that is a terminal and the text is longer
// than it, unless --no-pager was given.
void page(Context& context, const std::string& text);

}  // namespace digest::cli
