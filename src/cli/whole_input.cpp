// SPDX-License-Identifier: MIT
#include "cli/whole_input.hpp"

#include <digest/error.hpp>
#include <fmt/format.h>

#include "storage/input.hpp"

namespace digest::cli {

std::string whole_input(const std::string& path) {
  constexpr std::size_t kMost = 256U << 20, kPiece = 64U << 10;
  storage::Input input = storage::Input::open(path);
  std::string text;
  for (std::size_t length = 0;;) {
    text.resize(length + kPiece);
    const std::size_t got = input.read(text.data() + length, kPiece);
    length += got;
    text.resize(length);
    if (got == 0) return text;
    if (length > kMost) throw Error(ErrorKind::input, fmt::format("{} is larger than 256 MiB.", path));
  }
}

}  // namespace digest::cli
