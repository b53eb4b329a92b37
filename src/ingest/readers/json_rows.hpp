// SPDX-License-Identifier: MIT
// Archives that keep Markdown in JSON: {"SLAM": {"2605.13741": "|**2026-05-13**|**Title**|Author
// et.al.|[2605.13741](...)|null|\\n"}}
#pragma once
#include <simdjson.h>

#include <cstdint>

#include "ingest/reader.hpp"

namespace digest::ingest {

// Reads the members of such an object as rows of a table or items of a list; how many papers there were. 0,
// and nothing is said, if its members are something else.
std::uint64_t read_json_rows(const simdjson::dom::object& holder, std::uint64_t line,
                             const ReaderContext& context, PaperSink& sink);

}  // namespace digest::ingest
