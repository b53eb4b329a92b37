// SPDX-License-Identifier: MIT
#include "ingest/brackets.hpp"

#include <algorithm>

namespace digest::ingest {

BracketPairs::BracketPairs(std::string_view text, char open, char close) {
  if (text.find(open) == std::string_view::npos) return;
  std::vector<std::size_t> unclosed;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == open) {
      unclosed.push_back(pairs_.size());
      pairs_.emplace_back(i, std::string_view::npos);
    } else if (text[i] == close && !unclosed.empty()) {
      pairs_[unclosed.back()].second = i;
      unclosed.pop_back();
    }
  }
}

std::size_t BracketPairs::close_of(std::size_t at, std::size_t reach) const {
  const auto found = std::lower_bound(pairs_.begin(), pairs_.end(), std::pair<std::size_t, std::size_t>(at, 0));
  if (found == pairs_.end() || found->first != at || found->second - at >= reach) return std::string_view::npos;
  return found->second;
}

}  // namespace digest::ingest
