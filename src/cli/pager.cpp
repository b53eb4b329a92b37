// SPDX-License-Identifier: MIT
#include "cli/pager.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace digest::cli {
namespace {

std::string pager_command() {
  for (const char* name : {"DIGEST_PAGER", "PAGER"}) {
    if (const std::string command = variable(name); !command.empty()) return command;
  }
  return "less -FIRX";
}

bool is_long(const std::string& text, const Screen& screen) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1 > screen.height;
}

// The pager's standard input, or -1 if it could not be started.
struct Pager {
  pid_t process = -1;
  int input = -1;
};

Pager start(const std::string& command) {
  int ends[2];
  if (::pipe(ends) != 0) return {};
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGPIPE, SIG_DFL);
    ::dup2(ends[0], STDIN_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
  }
  ::close(ends[0]);
  if (child < 0) {
    ::close(ends[1]);
    return {};
  }
  return {child, ends[1]};
}

}  // namespace

void page(Context& context, const std::string& text) {
  const std::string command = pager_command();
  const bool wanted = context.screen.terminal && !context.arguments.has("no-pager") && command != "cat" && is_long(text, context.screen);
  const Pager pager = wanted ? start(command) : Pager{};
  if (pager.process < 0) {
    context.out.write(text);
    return;
  }
  try {
    Output to_pager(pager.input, "The pager");
    to_pager.write(text);
    to_pager.close();
  } catch (const ReaderGone&) {  // left before the end: no error
    ::close(pager.input);
  }
  int status = 0;
  while (::waitpid(pager.process, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127) context.out.write(text);  // there is no such pager
}

}  // namespace digest::cli
