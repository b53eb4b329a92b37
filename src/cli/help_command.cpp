// SPDX-License-Identifier: MIT
#include <digest/error.hpp>
#include <fmt/format.h>

#include "cli/command_functions.hpp"
#include "cli/completion.hpp"
#include "cli/help.hpp"
#include "cli/nearest.hpp"

namespace digest::cli {

Outcome run_help(Context& context) {
  if (context.arguments.texts().empty()) {
    context.out.write(full_help());
    return Outcome::done;
  }
  const std::string& wanted = context.arguments.texts().front();
  if (const Command* command = find_command(wanted)) {
    context.out.write(command_help(*command));
    return Outcome::done;
  }
  if (wanted == "man") {  // the source of digest(1), for the install
    context.out.write(man_page());
    return Outcome::done;
  }
  if (const auto text = topic_help(wanted)) {
    context.out.write(*text);
    return Outcome::done;
  }
  std::vector<std::string_view> known = topics();
  for (const Command& command : commands()) known.push_back(command.name);
  const std::string close = nearest(wanted, known);
  throw Error(ErrorKind::usage, fmt::format("There is no help on `{}`.{} The topics are {}; every command has help too.", wanted,
                                            close.empty() ? "" : fmt::format(" Did you mean `{}`?", close), fmt::join(topics(), ", ")));
}

}  // namespace digest::cli
