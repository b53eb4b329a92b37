// SPDX-License-Identifier: MIT
#pragma once
#include <string>

namespace digest::cli {

// A small file, or standard input for "-", as a whole. Error(input) if it cannot be read or is larger than 256 MiB.
std::string whole_input(const std::string& path);

}  // namespace digest::cli
