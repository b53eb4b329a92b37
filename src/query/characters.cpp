// SPDX-License-Identifier: MIT
#include "query/characters.hpp"

#include <algorithm>

namespace digest::query {

CodePoints::CodePoints(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
    return;
  index_.resize(text.size() + 1);
  std::uint32_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::uint32_t length = character(text, at).length;
    std::fill_n(index_.begin() + static_cast<std::ptrdiff_t>(at), length, count++);
    at += length;
  }
  index_.back() = count;
}

}  // namespace digest::query
