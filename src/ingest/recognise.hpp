// SPDX-License-Identifier: MIT
// Which format is a text? Every format scores its head; the extension of the file breaks ties. Threads: any.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/reader.hpp"

namespace digest::ingest {

struct Candidate {
  const Format* format = nullptr;
  Recognition recognition;
};

// Best first, score > 0 only.
std::vector<Candidate> recognise(std::string_view head, std::string_view file);

// The format of that name; Error(usage) naming the nearest one if there is none.
const Format& format_named(std::string_view name);

}  // namespace digest::ingest
