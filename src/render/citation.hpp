// SPDX-License-Identifier: MIT
// What the reference formats share: names apart, dates apart, addresses, readable keys. Pure functions.
#pragma once
#include <digest/paper.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace digest::render {

// "Doe, Jane" and "Jane Doe" -> {Doe, Jane}; a name of one word has no given part.
struct Name {
  std::string family;
  std::string given;
};
Name split_name(std::string_view name);

// "2025-03-11" -> {"2025", "03", "11"}; fewer parts where the date has fewer.
std::vector<std::string_view> date_parts(std::string_view date);

std::string identifier(const Paper& paper, const std::string& kind);  // empty: the paper has none

// The paper's addresses; those that its identifiers stand for, where none of them is among its own.
std::vector<std::string> addresses(const Paper& paper);

// Keys such as "doe2025grokking": letters and digits of ASCII only, unique within one document.
class KeyMaker {
 public:
  std::string key_of(const Paper& paper);

 private:
  std::map<std::string, unsigned> used_;
};

}  // namespace digest::render
