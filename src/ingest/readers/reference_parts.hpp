// SPDX-License-Identifier: MIT
// A reference as bibliographies print it: which part of it are names, title, venue and year? Pure functions.
#pragma once
#include <digest/paper.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace digest::ingest {

struct Reference {
  std::string_view authors, title, venue;  // parts of the text
  std::string_view year;
};

// IEEE, MLA, Chicago: A. Doe and B. Roe, "Title," Venue, 2024.  APA: Doe, A., & Roe, B. (2024). Title. Venue.  ACM: Ann Doe and
// Bob Roe. 2024. Title. Venue.  Vancouver: Doe A, Roe B. Title. Venue. 2024.  Nature, NeurIPS: names, title, venue, year last.
// Nothing where names, title or year are missing, so that prose is none. The text is one line.
std::optional<Reference> parse_reference(std::string_view text);

// The parts of a reference whose names and title are known: "In Proceedings of X, pages 1-9, 2024."  Behind a title in quotes
// venues have short forms: "Proc. Adv. Neural Inf. Process. Syst., 2017".
std::string_view reference_venue(std::string_view rest, bool in_quotes = false);
std::string_view reference_year(std::string_view rest);

std::vector<std::string> reference_authors(std::string_view names);

// Title, names, year and venue; and what the whole text says of identifiers and addresses.
void set_reference(Paper& paper, std::string_view text, const Reference& found);

// "[12] ", "(3) ", "12. ", "[Doe+24] ", "- ": the mark before a reference; where the reference begins, 0 if there is none.
std::size_t reference_mark(std::string_view line);

}  // namespace digest::ingest
