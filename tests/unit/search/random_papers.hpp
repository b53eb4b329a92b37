// SPDX-License-Identifier: MIT
// Random ascending papers, for what meets rows of them.
#pragma once
#include <cstdint>
#include <random>
#include <vector>

namespace digest::test {

using Papers = std::vector<std::uint32_t>;

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(engine_()) % bound; }
  // Ascending, each at most `gap` behind the one before it.
  Papers papers(std::uint32_t count, std::uint32_t gap) {
    Papers out;
    for (std::uint32_t paper = below(gap); count > 0; --count, paper += 1 + below(gap)) out.push_back(paper);
    return out;
  }

 private:
  std::mt19937 engine_;
};

}  // namespace digest::test
