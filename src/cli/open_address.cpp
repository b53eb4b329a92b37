// SPDX-License-Identifier: MIT
#include "cli/open_address.hpp"

#include <digest/error.hpp>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <vector>

#include "cli/environment.hpp"

namespace digest::cli {
namespace {

constexpr int kNotFound = 127;  // what a shell, and posix_spawnp's child, ends with if there is no such program

enum class Opened { yes, no, no_such_program };

Opened opened(const std::string& program, const std::string& address) {
  std::string name = program, operand = address;
  char* arguments[] = {name.data(), operand.data(), nullptr};
  pid_t child = 0;
  if (::posix_spawnp(&child, name.c_str(), nullptr, nullptr, arguments, environ) != 0) return Opened::no_such_program;
  int status = 0;
  if (::waitpid(child, &status, 0) != child) return Opened::no;
  if (WIFEXITED(status) && WEXITSTATUS(status) == kNotFound) return Opened::no_such_program;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? Opened::yes : Opened::no;
}

}  // namespace

void open_address(const std::string& address) {
  std::vector<std::string> openers{"xdg-open", "open", "wslview"};
  const std::string own = variable("BROWSER");
  if (!own.empty()) openers.insert(openers.begin(), own);
  for (const std::string& opener : openers) {
    const Opened result = opened(opener, address);
    if (result == Opened::yes) return;
    if (result == Opened::no) throw Error(ErrorKind::io, fmt::format("`{}` could not open {}.", opener, address));
  }
  throw Error(ErrorKind::io, fmt::format("No program was found to open {} with; $BROWSER names one.", address));
}

}  // namespace digest::cli
