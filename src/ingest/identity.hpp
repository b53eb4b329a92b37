// SPDX-License-Identifier: MIT
// When are two records the same paper, and what does the merged paper look like (CONTRACT: Identity).
// Pure functions, safe from any thread.
#pragma once
#include <digest/paper.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace digest::ingest {

// Fills Paper::ids from what the record's urls and ids say (arxiv.org/abs/..., huggingface.co/papers/..., doi.org/...,
// 10.48550/arXiv...), and normalises them: arXiv ids without version, DOIs lower case without resolver.
void find_identifiers(Paper& paper);

// The paper's own page first, then what else the record links to, then what its abstract mentions and PDFs: an order
// that does not depend on the order of arrival.
void order_urls(Paper& paper);

// The title with case, accents, punctuation and LaTeX folded: letters and digits of any script only.
std::string title_key(std::string_view title);

// The identifiers and titles under which another record of this paper may be found, strongest first:
// {"arxiv:2405.15071", "doi:10...", "pmid:...", "acl:...", "openreview:...", "title:<title_key>"}; where there is no
// title, "abstract:" and the abstract folded likewise.
std::vector<std::string> lookup_keys(const Paper& paper);

// What another paper that is known has in common with one.
enum class Namesake { none, of_title, of_abstract_too, of_all };

// The key made short and stable: "arxiv:2405.15071", "doi:...", or "t:" and twelve characters of a hash of the title; of
// title and abstract for a paper with a namesake; of all that is said of it if the abstract is the same too, or none; and
// of where, if nothing else tells them apart.
std::string paper_id(const Paper& paper, Namesake namesake = Namesake::none);

// A family name that both papers list, as the second writes it; empty if there is none.
std::string common_author(const Paper& a, const Paper& b);

// May these two records be one paper? Decided on ids, title, abstract and authors as CONTRACT says.
bool same_paper(const Paper& known, const Paper& other);

// Completes `known` with what `other` adds; true if anything changed. Order of arrival does not change the result,
// but for the order of sources.
bool merge(Paper& known, const Paper& other);

}  // namespace digest::ingest
