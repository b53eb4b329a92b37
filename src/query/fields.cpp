// SPDX-License-Identifier: MIT
#include "query/fields.hpp"

#include <array>
#include <string>
#include <utility>

#include "query/edit_distance.hpp"

namespace digest::query {

namespace {

constexpr std::array<std::pair<std::string_view, FieldName>, 9> kFields{{{"title", FieldName::title},
                                                                         {"abstract", FieldName::abstract},
                                                                         {"author", FieldName::author},
                                                                         {"id", FieldName::id},
                                                                         {"category", FieldName::category},
                                                                         {"source", FieldName::source},
                                                                         {"tag", FieldName::tag},
                                                                         {"year", FieldName::date},
                                                                         {"date", FieldName::date}}};

std::string lower(std::string_view name) {
  std::string out(name);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

std::optional<FieldName> find_field(std::string_view name) {
  if (name.size() > 8) return std::nullopt;
  const std::string folded = lower(name);
  for (const auto& [known, field] : kFields) {
    if (known == folded) return field;
  }
  return std::nullopt;
}

std::string_view nearest_field(std::string_view name) {
  if (name.size() < 3 || name.size() > 9) return {};
  const std::u32string folded = code_points(lower(name));
  for (const auto& known : kFields) {
    if (edit_distance(folded, code_points(known.first)) <= 1) return known.first;
  }
  return {};
}

}  // namespace digest::query
