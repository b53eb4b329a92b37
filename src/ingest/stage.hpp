// SPDX-License-Identifier: MIT
// One step on the way from bytes to papers: takes bytes in pieces, cut anywhere, and pushes what it makes of them to
// the next step. What it holds is bounded. Threads: one.
#pragma once
#include <string_view>

namespace digest::ingest {

class Stage {
 public:
  Stage() = default;
  virtual ~Stage() = default;
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  virtual void feed(std::string_view bytes) = 0;
  virtual void finish() = 0;  // end of input; called once
};

}  // namespace digest::ingest
