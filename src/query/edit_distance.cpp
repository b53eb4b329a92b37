// SPDX-License-Identifier: MIT
#include "query/edit_distance.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "query/characters.hpp"

namespace digest::query {

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = character(text, at);
    out.push_back(next.code_point);
    at += next.length;
  }
  return out;
}

std::uint32_t edit_distance(std::u32string_view a, std::u32string_view b) {
  std::vector<std::uint32_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), 0U);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<std::uint32_t>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace digest::query
