// SPDX-License-Identifier: MIT
#include <array>

#include "ingest/cleaning.hpp"
#include "ingest/readers/json_text.hpp"
#include "ingest/readers/record_reader.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

std::string joined_name(std::initializer_list<std::string_view> parts) {
  std::string name;
  for (const std::string_view part : parts) {
    if (part.empty()) continue;
    if (!name.empty()) name += ' ';
    name += part;
  }
  return name;
}

std::string name_of(const object& person, int depth = 0) {
  const std::string_view role = json_string_member(person, "creatorType");
  if (!role.empty() && role != "author") return {};
  for (const std::string_view key : {"name", "fullname", "full_name", "display_name", "literal", "fullName",
                                     "creator", "text", "collectiveName"}) {
    if (const std::string_view name = json_string_member(person, key); !name.empty())
      return std::string(without_person_number(name));
  }
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kParts = {
      {{"given", "family"},
       {"firstName", "lastName"},
       {"first", "last"},
       {"first_name", "last_name"},
       {"forenames", "keyname"}}};
  for (const auto& [given, family] : kParts) {
    const std::string_view last = json_string_member(person, family);
    if (last.empty()) continue;
    return joined_name({json_string_member(person, given), json_string_member(person, "dropping-particle"),
                        json_string_member(person, "non-dropping-particle"), last,
                        json_string_member(person, "suffix")});
  }
  object inner;
  const auto author = json_member(person, "author");
  return depth == 0 && author && author->get(inner) == simdjson::SUCCESS ? name_of(inner, 1) : std::string();
}

// arXiv's authors_parsed: ["Last", "First", "Jr."]
std::string name_of(const array& parts) {
  std::array<std::string_view, 3> part;
  std::size_t count = 0;
  for (const element item : parts) {
    if (count == part.size()) break;
    part[count++] = json_text(item);
  }
  return joined_name({part[1], part[0], part[2]});
}

std::vector<std::string> names_in(const array& list) {
  std::vector<std::string> names;
  for (const element item : list) {
    object person;
    array parts;
    std::string name;
    if (item.get(person) == simdjson::SUCCESS)
      name = name_of(person);
    else if (item.get(parts) == simdjson::SUCCESS)
      name = name_of(parts);
    else
      name = std::string(json_text(item));
    name = clean_title(name);
    if (starts_ignoring_case(name, "and ")) name.erase(0, 4);  // of the last, where a sentence was cut at its commas
    if (!name.empty()) names.push_back(std::move(name));
  }
  return names;
}

std::vector<std::string> authors_of(const element& value, int depth) {
  array list;
  if (value.get(list) == simdjson::SUCCESS) return names_in(list);
  object wrapped;
  if (value.get(wrapped) != simdjson::SUCCESS) return split_authors(clean_title(json_text(value)));
  for (const std::string_view key :
       {"value", "author", "authors"}) {  // {"author": [...]} of DBLP and Europe PMC
    const auto inner = json_member(wrapped, key);
    if (inner && depth < 2) return authors_of(*inner, depth + 1);
  }
  std::string name = name_of(wrapped);
  return name.empty() ? std::vector<std::string>() : std::vector<std::string>{clean_title(name)};
}

}  // namespace

std::vector<std::string> json_authors(const element& value) {
  return authors_of(value, 0);
}

}  // namespace digest::ingest
