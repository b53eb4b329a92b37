// SPDX-License-Identifier: MIT
#include "cli/environment.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <digest/error.hpp>

#include <charconv>
#include <cstdlib>
#include <ctime>

namespace digest::cli {
namespace {

constexpr std::size_t kDefaultWidth = 80, kDefaultHeight = 24, kNarrowest = 20;

bool is_folder(const std::string& path) {
  struct stat facts {};
  return ::stat(path.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode);
}

std::string current_folder() {
  char buffer[4096];
  return ::getcwd(buffer, sizeof buffer) != nullptr ? std::string(buffer) : std::string();
}

std::size_t columns_variable() {
  const std::string text = variable("COLUMNS");
  std::size_t columns = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), columns);
  return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() ? columns : 0;
}

bool wants_color(bool terminal, const Arguments& arguments) {
  const std::string wanted = arguments.value("color").value_or("auto");
  if (wanted != "auto" && arguments.given("color")) return wanted == "always";
  if (!variable("NO_COLOR").empty()) return false;
  for (const char* name : {"CLICOLOR_FORCE", "FORCE_COLOR"}) {
    const std::string force = variable(name);
    if (!force.empty() && force != "0") return true;
  }
  if (variable("CLICOLOR") == "0" || variable("TERM") == "dumb") return false;
  return wanted == "auto" ? terminal : wanted == "always";
}

// One of the XDG base directories; the specification says to ignore a relative one.
std::string base_folder(const char* name, const char* below_home) {
  const std::string named = variable(name), home = variable("HOME");
  if (!named.empty() && named[0] == '/') return named;
  return home.empty() ? "" : home + below_home;
}

}  // namespace

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

Environment read_environment() {
  Environment environment;
  environment.folder = current_folder();
  environment.home = variable("HOME");
  environment.data_home = base_folder("XDG_DATA_HOME", "/.local/share");
  environment.config_home = base_folder("XDG_CONFIG_HOME", "/.config");
  environment.index = variable("DIGEST_INDEX");
  constexpr std::time_t kSecondsADay = 86'400;
  environment.today = static_cast<std::int32_t>(std::time(nullptr) / kSecondsADay);
  return environment;
}

Screen screen_of(int descriptor, const Arguments& arguments) {
  Screen screen;
  screen.terminal = ::isatty(descriptor) == 1;
  screen.color = wants_color(screen.terminal, arguments);
  if (!screen.terminal) return screen;
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0) {
    screen.width = size.ws_col;
    screen.height = size.ws_row;
  }
  if (screen.width == 0) screen.width = columns_variable();
  if (screen.width == 0) screen.width = kDefaultWidth;
  if (screen.width < kNarrowest) screen.width = kNarrowest;
  if (screen.height == 0) screen.height = kDefaultHeight;
  return screen;
}

IndexPlace index_place(const Environment& environment, const Arguments& arguments) {
  if (const auto flag = arguments.value("index")) return {*flag, "--index", {*flag + " (--index)"}};
  if (!environment.index.empty())
    return {environment.index, "$DIGEST_INDEX", {environment.index + " ($DIGEST_INDEX)"}};
  IndexPlace place;
  for (std::string folder = environment.folder; !folder.empty();) {
    const std::string candidate = (folder == "/" ? "" : folder) + "/.digest";
    if (is_folder(candidate)) return {candidate, "found here or above", {candidate}};
    const std::size_t slash = folder.rfind('/');
    if (folder == "/" || slash == std::string::npos) break;
    folder.resize(slash == 0 ? 1 : slash);
  }
  if (!environment.folder.empty())
    place.looked.push_back("a folder .digest in " + environment.folder + " or above it");
  if (environment.data_home.empty()) {
    throw Error(
        ErrorKind::usage,
        "There is no place for an index: HOME is not set. Name one with `--index DIR` or $DIGEST_INDEX.");
  }
  place.path = environment.data_home + "/digest";
  place.reason = "built in";
  place.looked.push_back(place.path);
  return place;
}

std::string marks_path(const Environment& environment) {
  if (environment.data_home.empty()) {
    throw Error(ErrorKind::usage,
                "There is no place for tags and saved searches: neither XDG_DATA_HOME nor HOME is set.");
  }
  return environment.data_home + "/digest/user.db";
}

}  // namespace digest::cli
