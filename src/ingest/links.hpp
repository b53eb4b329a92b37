// SPDX-License-Identifier: MIT
// Links inside running text. Pure functions, safe from any thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace digest::ingest {

// The links of a text without what punctuation follows them, appended to `urls` unless they are there already.
void add_links(std::string_view text, std::vector<std::string>& urls);

}  // namespace digest::ingest
