// SPDX-License-Identifier: MIT
// Which words have more of the later papers than of the earlier ones, and which fewer? Papers are handed in
// one by one; memory grows with their distinct words.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/analyzer.hpp"

namespace digest::search {

enum class Period { early, late };

struct TermShift {
  std::string word;                   // the form in which the term stands most often
  std::uint64_t early = 0, late = 0;  // papers that have the term
  double z = 0;  // log odds ratio over its standard error, each count + 1/2 (Haldane 1956); above 0: rising
};

struct TermShifts {
  std::vector<TermShift> rising, falling;  // the most certain first
};

class TermShiftCounter {
 public:
  void add(std::string_view text, Period period);
  // At most so many of each, none below 2.58 standard errors (one chance in a hundred).
  [[nodiscard]] TermShifts strongest(std::size_t most) const;

 private:
  struct Count {
    std::uint64_t papers[2] = {0, 0};
    std::uint64_t last_paper = 0;
    std::unordered_map<std::string, std::uint64_t> forms;
  };
  std::unordered_map<std::string, Count> counts_;       // by term
  std::unordered_map<std::string, std::string> terms_;  // form -> term; empty: a word that says nothing
  std::uint64_t papers_[2] = {0, 0};
  text::TokenStream stream_;
};

}  // namespace digest::search
