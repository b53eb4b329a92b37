// SPDX-License-Identifier: MIT
// The names before a colon. Pure functions; safe from any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace digest::query {

enum class FieldName : std::uint8_t { none, title, abstract, author, id, category, source, tag, date };

// The field of that name, any case ("year" and "date" are one field).
std::optional<FieldName> find_field(std::string_view name);

// The field whose name is one slip (a letter more, less, other, or two swapped) from `name`; empty if there
// is none.
std::string_view nearest_field(std::string_view name);

// Fields whose value is searched for in the text of papers; the others are filters.
inline bool is_text_field(FieldName field) {
  return field == FieldName::none || field == FieldName::title || field == FieldName::abstract;
}

}  // namespace digest::query
