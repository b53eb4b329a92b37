// SPDX-License-Identifier: MIT
#include "cli/handover.hpp"

#include <fmt/format.h>
#include <sys/auxv.h>
#include <unistd.h>
#include <digest/error.hpp>

#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include "cli/context.hpp"

namespace digest::cli {
namespace {

std::string own_folder() {
  char path[4096];
  const ssize_t length = ::readlink("/proc/self/exe", path, sizeof path);
  std::string whole;
  if (length > 0 && static_cast<std::size_t>(length) < sizeof path) {
    whole.assign(path, static_cast<std::size_t>(length));
  } else if (const auto* started_as =
                 reinterpret_cast<const char*>(::getauxval(AT_EXECFN))) {  // no /proc here
    whole = started_as;
  }
  if (whole.find('/') == std::string::npos)
    throw Error(ErrorKind::io, "The program's own place cannot be found: /proc/self/exe is not readable.");
  return whole.substr(0, whole.rfind('/'));
}

// In a portable package the shared libraries lie beside the program, with the loader that belongs to them.
void start_with_own_libraries(const std::string& path, char** argv) {
  const std::string libraries = path.substr(0, path.rfind('/')) + "/lib", loader = libraries + "/loader";
  if (::access(loader.c_str(), X_OK) != 0) return;
  std::vector<const char*> words = {loader.c_str(), "--library-path", libraries.c_str(), path.c_str()};
  for (char** word = argv + 1; *word != nullptr; ++word) words.push_back(*word);
  words.push_back(nullptr);
  ::execv(loader.c_str(), const_cast<char* const*>(words.data()));
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
    start_with_own_libraries(path, argv);
    ::execv(path.c_str(), argv);
    throw Error(ErrorKind::io, fmt::format("{} could not be started: {}.", path, std::strerror(errno)));
  }
  throw Error(ErrorKind::io,
              fmt::format("{} is missing: it belongs beside this program or at {}. Install digest again.",
                          name, installed));
}

}  // namespace digest::cli
