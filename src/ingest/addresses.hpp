// SPDX-License-Identifier: MIT
// Addresses of papers as keys: which paper does somebody mean who pastes one? They find papers and never decide
// whether two are one, for many papers may have the same. Pure functions, safe from any thread.
#pragma once
#include <digest/paper.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace digest::ingest {

// "https://www.Example.org/a/b/#c" -> "url:example.org/a/b"; empty if it is no address.
std::string address_key(std::string_view url);

// Of the paper's first addresses, those that hold none of its identifiers: the others are found by these.
std::vector<std::string> address_keys(const Paper& paper);

// The keys that an address may have, the surest first: identifiers in it, itself, a DOI or an arXiv id somewhere in the
// path ("https://publisher.org/doi/full/10.1000/x/pdf").
std::vector<std::string> keys_of_address(std::string_view url);

}  // namespace digest::ingest
