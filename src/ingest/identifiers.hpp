// SPDX-License-Identifier: MIT
// Identifiers as people write them, brought into one form. Pure functions, safe from any thread; empty means: none.
#pragma once
#include <string>
#include <string_view>

namespace digest::ingest {

// "arXiv:2405.15071v2", "hep-th/9901001", "math.GT/0309136", "https://arxiv.org/abs/..." -> without version and subject
// class (arXiv, "Understanding the arXiv identifier").
std::string arxiv_id(std::string_view text);

// "hep-th", "math": an archive that identifiers before April 2007 begin with; lower case.
bool is_arxiv_archive(std::string_view name);

// "cs.LG", "math.AG", "hep-th": a category of today's arXiv; "cs" and "math" alone are words like others.
bool is_arxiv_category(std::string_view name);

// The first DOI in the text, as it is written there: up to white space or markup, without what a sentence, brackets or a
// resolver's page put behind it.
std::string_view find_doi(std::string_view text);

// "https://doi.org/10.1000/ABC", "doi:10.1000/abc" -> "10.1000/abc".
std::string doi(std::string_view text);

}  // namespace digest::ingest
