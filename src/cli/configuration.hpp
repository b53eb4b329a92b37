// SPDX-License-Identifier: MIT
// Which flags do configuration files set? `config.toml` in the folder of the index, then the user's own.
// Flags that the table marks as settable, one a line (`limit = 20`), for all commands that have the flag or,
// below `[search]`, for one.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/environment.hpp"

namespace digest::cli {

struct Setting {
  const Flag* flag = nullptr;
  std::string command;  // empty: every command that has the flag
  std::string value;    // checked; of a switch: true or false
  std::string file;
  std::size_t line = 0;
};

// The lines of a file as CLI11 reads TOML; Error(usage) names file, line and the nearest right word.
std::vector<Setting> parse_configuration(std::string_view text, const std::string& file);

struct ConfigurationFile {
  std::string path;
  bool exists = false;
  std::vector<Setting> settings;
};

// The files that count here, strongest first. One that does not exist costs one failed open.
std::vector<ConfigurationFile> configuration_files(const Environment& environment,
                                                   const Arguments& arguments);

// The setting in force for a flag of this command; null: none. An empty command looks at what holds for all.
const Setting* effective_setting(const std::vector<ConfigurationFile>& files, const Flag& flag,
                                 std::string_view command);

// Sets what the files say and the user did not. Nothing for commands that only explain, and under
// --no-config.
void apply_configuration(Arguments& arguments, const Environment& environment);

}  // namespace digest::cli
