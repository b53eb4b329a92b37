// SPDX-License-Identifier: MIT
// How far is it? One line on standard error, on a terminal only, after half a second, ten times a second at most,
// erased at the end.
#pragma once
#include <chrono>
#include <cstdint>
#include <string_view>

#include "cli/output.hpp"

namespace digest::cli {

class Progress {
 public:
  // `total_bytes`: of all inputs, 0 if unknown.
  Progress(const Messages& messages, std::uint64_t total_bytes);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(std::uint64_t papers, std::uint64_t bytes);
  void say(std::string_view what);  // of work whose end is not known
  void erase();

 private:
  using Clock = std::chrono::steady_clock;
  const Messages& messages_;
  std::uint64_t total_bytes_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_;
  bool shown_ = false;
  bool wanted_;
};

}  // namespace digest::cli
