// SPDX-License-Identifier: MIT
// Which quotes and brackets of a query mean something, decided before anything else is read: a quote pairs
// with the next one, a bracket groups only if it is balanced and not glued to a word ("GPT-4V(ision)" is
// text). Pure functions; safe from any thread.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "query/characters.hpp"
#include "query/query.hpp"

namespace digest::query {

inline constexpr std::uint32_t kMaxDepth = 32;

struct Mark {
  enum class Role : std::uint8_t { text, open_quote, close_quote, open, close };
  Role role = Role::text;
  std::uint32_t begin = 0;  // bytes
  std::uint32_t end = 0;
};

struct Structure {
  std::vector<Mark> marks;  // in the order of the text; none is Role::text
  std::vector<Note> notes;
};

Structure find_structure(std::string_view text, const CodePoints& positions);

}  // namespace digest::query
