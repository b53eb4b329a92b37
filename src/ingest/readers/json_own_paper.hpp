// SPDX-License-Identifier: MIT
// A paper as this program prints it (schema digest.paper/1): its text was cleaned when it was first read, and
// cleaning it as LaTeX or HTML once more would change it. Pure functions; the object belongs to one thread.
#pragma once
#include <simdjson.h>
#include <digest/paper.hpp>

namespace digest::ingest {

// The first member says so; looking for it in every record of others would cost.
bool is_own_paper(const simdjson::dom::object& record);

// What the object says, added to `paper` (which brings its source). Characters that no text holds are dropped,
// identifiers and addresses are checked as those of any record.
Paper own_paper(const simdjson::dom::object& record, Paper paper);

}  // namespace digest::ingest
