// SPDX-License-Identifier: MIT
// A paper as bytes, before compression (FORMAT.md, "Papers"). Pure functions.
#pragma once
#include <digest/paper.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace digest::index {

struct StoredRecord {
  std::string id;  // as digest prints it
  Paper paper;
};

void append_paper(std::string& out, std::string_view id, const Paper& paper);
StoredRecord parse_paper(std::string_view bytes);  // Error(corrupt)

}  // namespace digest::index
