// SPDX-License-Identifier: MIT
// What a JSON value says, whichever shape a service gave it: text, people, dates. Pure functions; the views
// they give belong to the parsed document. Threads: any.
#pragma once
#include <simdjson.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace digest::ingest {

std::optional<simdjson::dom::element> json_member(const simdjson::dom::object& from, std::string_view key);
// The member if it is a string, trimmed; else empty.
std::string_view json_string_member(const simdjson::dom::object& from, std::string_view key);

// A string, the first text of a list, or what a wrapper holds: {"value": ...} of OpenReview, {"title": ...}
// of DataCite.
std::string_view json_text(const simdjson::dom::element& value);

// An abstract: a string, a list of sentences or paragraphs, or the inverted index of OpenAlex.
std::string json_abstract(const simdjson::dom::element& value);

// Names as they are to be shown: of a string, a list of strings, or a list of people in any of the services'
// shapes.
std::vector<std::string> json_authors(const simdjson::dom::element& value);

// YYYY[-MM[-DD]] of a string, a number (a year, or seconds or milliseconds since 1970), CSL's date-parts,
// arXiv's versions.
std::string json_date(const simdjson::dom::element& value, std::string_view digest_date);

}  // namespace digest::ingest
