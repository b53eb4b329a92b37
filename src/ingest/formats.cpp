// SPDX-License-Identifier: MIT
#include "ingest/readers.hpp"

namespace digest::ingest {

// Pointers, because the formats are constants of other files: they are read only once the program runs.
const std::vector<Format>& formats() {
  static const std::vector<Format> all = {
      kPageFormat,
  };
  return all;
}

}  // namespace digest::ingest
