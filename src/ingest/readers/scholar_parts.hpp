// SPDX-License-Identifier: MIT
// What Google Scholar's alerts have in common, as HTML and as text. Pure functions.
#pragma once
#include <digest/paper.hpp>

#include <string>
#include <string_view>

namespace digest::ingest {

// "https://scholar.google.com/scholar_url?url=TARGET&hl=en": the target. Not decoded it may hold '&' itself, but Scholar's
// own parameters begin with "&hl=".
std::string scholar_target(std::string_view link);

// "A One, B Two… - Venue, 2019"
void read_scholar_byline(std::string_view line, Paper& paper);

}  // namespace digest::ingest
