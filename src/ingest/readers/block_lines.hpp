// SPDX-License-Identifier: MIT
// What one line of a list of papers in plain text is: names, addresses, a title. Pure functions, safe from any thread.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace digest::ingest {

// "- ", "* ", "3. ", "[3] ": the mark before an entry of a list; where the entry begins, 0 if there is none.
std::size_t entry_mark(std::string_view line);

// The number in that mark; 0 if it has none.
int entry_number(std::string_view line);

// A line of nothing but addresses and identifiers, with their labels, categories and dates:
// "arXiv:2401.01234v2 [cs.CL] | 12 Jan 2024", "https://arxiv.org/abs/2401.01234", "doi: 10.1000/x".
struct AddressLine {
  std::vector<std::string> urls;  // of numbers: the addresses that they stand for
  bool leads_to_paper = false;
  std::string date;
};
AddressLine address_line(std::string_view line);

// A title and behind it the address or the number of the paper, or before it: "Title (arXiv:2401.01234)".
struct TitledAddress {
  std::string_view title;  // and names, as the list has them
  std::string url;         // empty if there is none
};
TitledAddress titled_address(std::string_view line);

// "Mary Example (MIT), Peter Other1,2 et al.": the names without what is not theirs; empty if the line is no list of them.
std::string names_line(std::string_view line);

// One name, and nothing else: what may be one.
bool may_be_one_name(std::string_view line);

// "In Proceedings of X, 2024", "NeurIPS 2024 (oral)", "Accepted at X": where a paper appeared.
bool is_venue_line(std::string_view line);

// One that can be nothing else: "ICML 2024", "Journal of Beads, 2024".
bool names_a_venue(std::string_view line);

// Could this be the title of a paper, and not the line of a letter, a sentence or the head of a list?
bool may_be_title(std::string_view text);
bool begins_with_title(std::string_view text);  // names may follow: "Title. A. Doe, B. Roe, 2022."

// Does the text have words of research: "propose", "neural", "patients"? English only: where it has none, nothing is said.
bool speaks_of_research(std::string_view text);

}  // namespace digest::ingest
