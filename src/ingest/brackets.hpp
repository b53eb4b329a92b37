// SPDX-License-Identifier: MIT
// Which bracket closes which, of a whole text at once: asked bracket by bracket, a text of nothing else would be read as
// often as it has brackets. Threads: belongs to one caller.
#pragma once
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace digest::ingest {

class BracketPairs {
 public:
  // A bracket behind a backslash is text.
  BracketPairs(std::string_view text, char open, char close);

  // Where the bracket that opens at `at` closes; npos if it does not, or not within `reach` bytes.
  [[nodiscard]] std::size_t close_of(std::size_t at, std::size_t reach) const;

 private:
  std::vector<std::pair<std::size_t, std::size_t>> pairs_;  // by where they open
};

}  // namespace digest::ingest
