// SPDX-License-Identifier: MIT
// Which known word did the user mean? Pure functions.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace digest::cli {

// Edits (insert, drop, replace, swap neighbours) between two words; Damerau 1964, restricted form.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The closest of the known words; empty if none is close. A known word that begins with the given one is close.
std::string nearest(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace digest::cli
