// SPDX-License-Identifier: MIT
#include "cli/handover.hpp"

#include <digest/error.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "cli/context.hpp"

namespace digest::cli {
namespace {

std::string own_folder() {
  char path[4096];
  const ssize_t length = ::readlink("/proc/self/exe", path, sizeof path);
  if (length <= 0 || static_cast<std::size_t>(length) == sizeof path) {
    throw Error(ErrorKind::io, "The program's own place cannot be found: /proc/self/exe is not readable.");
  }
  const std::string whole(path, static_cast<std::size_t>(length));
  return whole.substr(0, whole.rfind('/'));
}

}  // namespace

[[noreturn]] void become_other_program(char** argv) {
  const bool is_query = kThisProgram == Program::query;
  const std::string name = is_query ? "digest-ingest" : "digest";
  const std::string folder = own_folder();
  const std::string beside = folder + "/" + name;
  const std::string installed = folder + (is_query ? "/../libexec/digest/" : "/../../bin/") + name;
  for (const std::string& path : {beside, installed}) {
    if (::access(path.c_str(), X_OK) != 0) continue;
    ::execv(path.c_str(), argv);
    throw Error(ErrorKind::io, fmt::format("{} could not be started: {}.", path, std::strerror(errno)));
  }
  throw Error(ErrorKind::io, fmt::format("{} is missing: it belongs beside this program or at {}. Install digest again.", name, installed));
}

}  // namespace digest::cli
