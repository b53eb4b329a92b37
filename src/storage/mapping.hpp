// SPDX-License-Identifier: MIT
// Files mapped into memory, and what happens if one is cut short by somebody else while it is mapped: the
// kernel then answers a read with SIGBUS. A program that maps calls report_cut_mappings() once at its start;
// the signal is then turned into a sentence that names the file and exit code 2. Signals that have nothing to
// do with our mappings keep their meaning. A program that embeds the library and has its own idea of SIGBUS
// simply does not call it.
//
// The handler may use nothing but what is safe in a signal: so the mappings stand in a table of fixed size,
// the one piece of state in this program that is not owned by an object. More mappings than it holds are
// still mapped.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace digest::storage {

class Mapping {
 public:
  Mapping() = default;
  // Maps the first `length` bytes of an open file, read only; `name` for the message. `length` > 0. Empty if
  // the system refuses: then the file is read instead.
  Mapping(int descriptor, std::size_t length, std::string_view name);
  ~Mapping();
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  [[nodiscard]] std::string_view bytes() const { return {begin_, length_}; }

 private:
  const char* begin_ = nullptr;
  std::size_t length_ = 0;
  int slot_ = -1;
};

void report_cut_mappings();

}  // namespace digest::storage
