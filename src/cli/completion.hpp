// SPDX-License-Identifier: MIT
// Completions and the man page, from the table of commands and flags. Pure functions.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace digest::cli {

std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();
std::string man_page();  // digest(1), roff with the man macros

}  // namespace digest::cli
