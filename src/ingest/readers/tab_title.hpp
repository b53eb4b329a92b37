// SPDX-License-Identifier: MIT
// What a browser calls the page of a paper, in bookmarks and lists of tabs: "[2201.02177] Grokking", "Grokking |
// OpenReview". Pure functions.
#pragma once
#include <string_view>

namespace digest::ingest {

// Without arXiv's number before the title, and the name of the site behind it.
std::string_view without_site(std::string_view title);

}  // namespace digest::ingest
