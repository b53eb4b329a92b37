// SPDX-License-Identifier: MIT
#include "cli/nearest.hpp"

#include <algorithm>

namespace digest::cli {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

std::string nearest(std::string_view written, const std::vector<std::string_view>& known) {
  constexpr std::size_t kLongestTried = 64;
  if (written.empty() || written.size() > kLongestTried) return {};
  std::string word(written);  // "SEARCH", "--Json"; what is known is in small letters, but for a few names
  if (std::find(known.begin(), known.end(), written) == known.end()) {
    for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  std::string_view best;
  std::size_t best_cost = 2 + 2 * std::max<std::size_t>(1, word.size() / 3);  // two an edit
  for (const std::string_view candidate : known) {
    const bool begins = word.size() >= 2 && candidate.substr(0, word.size()) == std::string_view(word);
    const std::size_t cost = begins ? 1 : 2 * edit_distance(word, candidate);
    if (cost < best_cost) {
      best_cost = cost;
      best = candidate;
    }
  }
  return std::string(best);
}

}  // namespace digest::cli
