// SPDX-License-Identifier: MIT
// How many slips apart two words are. Pure functions; safe from any thread.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace digest::query {

std::u32string code_points(std::string_view text);

// Insertions, deletions, substitutions and swaps of neighbours, no letter edited twice (optimal string
// alignment), in code points. The slow, obvious table: for field names and for tests.
std::uint32_t edit_distance(std::u32string_view a, std::u32string_view b);

}  // namespace digest::query
