// SPDX-License-Identifier: MIT
// What ends a command for a mistake of the one who typed it.
#pragma once
#include <digest/error.hpp>
#include <string>
#include <utility>

namespace digest::cli {

// Throws Error(usage). `message`: what is wrong and how to mend it, in whole sentences.
[[noreturn]] inline void usage(std::string message) { throw Error(ErrorKind::usage, std::move(message)); }

}  // namespace digest::cli
