// SPDX-License-Identifier: MIT
// What publishers write into the descriptions of their feeds besides an abstract. Pure functions.
#pragma once
#include <digest/paper.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace digest::ingest {

using DateReader = std::function<std::string(std::string_view)>;

// Names, journal, day and DOI in the first and last lines of a description fill what the paper does not have yet; the
// text between them is the abstract, as it was written.
std::string_view read_feed_text(std::string_view html, Paper& paper, const DateReader& date_of);

// "Ann One a Department of X, University of Y" of Taylor & Francis -> "Ann One"
std::string_view without_affiliation(std::string_view creator);

}  // namespace digest::ingest
