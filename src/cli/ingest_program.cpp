// SPDX-License-Identifier: MIT
// The commands of the program that reads digests.
#include "cli/command_functions.hpp"

namespace digest::cli {

const Program kThisProgram = Program::ingest;

CommandFunction command_function(std::string_view name) {
  if (name == "index") return run_index;
  if (name == "parse") return run_parse;
  return name == "check" ? run_check_files : nullptr;
}

}  // namespace digest::cli
