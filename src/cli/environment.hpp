// SPDX-License-Identifier: MIT
// Where does the program run? Environment variables, terminals, folders: read here and nowhere else.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.hpp"

namespace digest::cli {

// One stream, as far as it concerns how text is laid out on it.
struct Screen {
  bool terminal = false;
  bool color = false;     // and links
  std::size_t width = 0;  // columns; 0: do not wrap
  std::size_t height = 0;
};

struct Environment {
  std::string folder;  // the current one
  std::string home;
  std::string data_home;    // $XDG_DATA_HOME or ~/.local/share; empty if there is neither
  std::string config_home;  // $XDG_CONFIG_HOME or ~/.config; likewise
  std::string index;        // $DIGEST_INDEX
  std::int32_t today = 0;   // day since 1970-01-01, UTC
};

Environment read_environment();
std::string variable(const char* name);  // empty if it is not set

// Flag, then NO_COLOR, CLICOLOR_FORCE, CLICOLOR=0, TERM=dumb (no-color.org, bixense.com/clicolors), then a
// configuration file, then whether it is a terminal.
Screen screen_of(int descriptor, const Arguments& arguments);

// The folder of the index, and why it is that one; for a message, every place that was looked at.
struct IndexPlace {
  std::string path;
  std::string reason;               // "--index", "$DIGEST_INDEX", "found here or above", "built in"
  std::vector<std::string> looked;  // in words
};
IndexPlace index_place(const Environment& environment, const Arguments& arguments);

// $XDG_DATA_HOME/digest/user.db; Error(usage) if there is no home at all.
std::string marks_path(const Environment& environment);

}  // namespace digest::cli
