// SPDX-License-Identifier: MIT
// Journals that BibTeX of the Astrophysics Data System names by macros of AASTeX ("\apjl"): ADS, "Journal abbreviations
// for BibTeX" (aastex macros).
#pragma once
#include <string_view>

namespace digest::ingest {

// The journal of a value that is such a macro alone, in braces or not; empty if it is none.
std::string_view journal_of_macro(std::string_view value);

}  // namespace digest::ingest
