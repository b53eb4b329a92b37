// SPDX-License-Identifier: MIT
// What every command is given, and what it gives back.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/environment.hpp"
#include "cli/output.hpp"

namespace digest::cli {

enum class Outcome : int { done = 0, nothing_found = 1, failed = 2 };  // the exit code

struct Context {
  const Arguments& arguments;
  const Environment& environment;
  Screen screen;  // of standard output
  Output& out;
  Messages& messages;
};

using CommandFunction = Outcome (*)(Context&);

// The command, if this program carries it out; null otherwise. Each of the two programs has its own.
CommandFunction command_function(std::string_view name);
extern const Program kThisProgram;

}  // namespace digest::cli
