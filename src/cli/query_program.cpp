// SPDX-License-Identifier: MIT
// The commands of the program that answers queries.
#include <array>

#include "cli/command_functions.hpp"

namespace digest::cli {
namespace {

struct Entry {
  std::string_view name;
  CommandFunction function;
};
constexpr Entry kFunctions[] = {
    {"search", run_search},         {"show", run_show},       {"stats", run_stats}, {"check", run_check_index},
    {"optimize", run_optimize},     {"delete", run_delete},   {"analyze", run_analyze}, {"eval", run_eval},
    {"similar", run_similar},       {"new", run_new},         {"save", run_save},   {"saved", run_saved},
    {"tag", run_tag},               {"export", run_export},   {"dupes", run_dupes}, {"trends", run_trends},
    {"completion", run_completion}, {"config", run_config},   {"help", run_help},
};

}  // namespace

const Program kThisProgram = Program::query;

CommandFunction command_function(std::string_view name) {
  for (const Entry& entry : kFunctions) {
    if (entry.name == name) return entry.function;
  }
  return nullptr;
}

}  // namespace digest::cli
