// SPDX-License-Identifier: MIT
// Which paper does a user mean by an id: as digest prints it, or an identifier, bare or in a URL? And by a title?
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/segment.hpp"

namespace digest::index {

struct Location {
  std::size_t segment = 0;  // index into the segments given
  std::uint32_t paper = 0;  // slot within it
  friend auto operator<=>(const Location&, const Location&) = default;
};

// Living papers only; the first key that finds one wins.
std::optional<Location> locate(const std::vector<const Segment*>& segments, std::string_view id);

// Living papers of this title, but for case, accents, punctuation and LaTeX; none where more than `most` have it.
std::vector<Location> locate_title(const std::vector<const Segment*>& segments, std::string_view title, std::size_t most);

}  // namespace digest::index
