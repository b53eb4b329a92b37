// SPDX-License-Identifier: MIT
// Files of an index that anybody may have written: a small index made by the real writer to change, checksums put
// right again so that what lies behind them is reached, and everything that can be asked of an index. An answer or a
// digest::Error, never anything else, whatever the files hold.
#pragma once
#include <digest/error.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "support/faulty_directory.hpp"

namespace digest::test {

// Bytes of the fuzzer as decisions; zeros when they run out.
class Decisions {
 public:
  Decisions(const std::uint8_t* data, std::size_t size) : at_(data), end_(data + size) {}
  [[nodiscard]] bool empty() const { return at_ == end_; }
  std::uint8_t byte() { return at_ == end_ ? std::uint8_t{0} : *at_++; }
  std::uint16_t word() {
    const unsigned low = byte();
    return static_cast<std::uint16_t>(low | static_cast<unsigned>(byte()) << 8);
  }
  std::string_view rest() const { return {reinterpret_cast<const char*>(at_), static_cast<std::size_t>(end_ - at_)}; }

 private:
  const std::uint8_t* at_;
  const std::uint8_t* end_;
};

template <typename Work>
void only_errors(Work work) {
  try {
    work();
  } catch (const Error&) {
  }
}

// 0: two segments and a grave; 1: one segment whose lists have several blocks. Made once.
const Files& small_index(unsigned which);

// Recomputes every checksum, from the sections of a segment up to the commit, and the sizes in the commit.
void repair_checksums(Files& files);

enum class Asked { mapped, small_reads };
// Opens the index, reads its papers, walks its words, searches, checks.
void ask_everything(const Files& files, Asked how);
// Opens it for writing: adds, removes, merges, commits.
void write_on(const Files& files);

}  // namespace digest::test
