// SPDX-License-Identifier: MIT
// What the pages of arXiv.org say in the same words, saved as HTML or copied as text. Pure functions.
#pragma once
#include <digest/paper.hpp>

#include <cstdint>
#include <string_view>

namespace digest::ingest {

// "Title: Beads" -> "Beads"; a text without one of the site's labels comes back trimmed.
std::string_view without_arxiv_label(std::string_view text);

// "Computation and Language (cs.CL); Machine Learning (cs.LG)" -> cs.CL, cs.LG
void add_arxiv_subjects(Paper& paper, std::string_view text);

// "(showing 97 of 97 entries)", "(showing first 25 of 50 entries )": how many stand here; 0 if it does not say.
std::uint64_t shown_arxiv_entries(std::string_view heading);

// The day that a heading of a list names: "Showing new listings for Tuesday, 11 March 2025", "Tue, 11 Mar 2025 (showing
// ...". The text of it, to be normalised.
std::string_view day_of_arxiv_heading(std::string_view heading);

}  // namespace digest::ingest
