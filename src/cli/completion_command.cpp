// SPDX-License-Identifier: MIT
#include <digest/error.hpp>
#include <fmt/format.h>

#include "cli/command_functions.hpp"
#include "cli/completion.hpp"
#include "cli/nearest.hpp"

namespace digest::cli {

Outcome run_completion(Context& context) {
  const auto& texts = context.arguments.texts();
  const std::string shell = texts.empty() ? "" : texts[0];
  if (shell == "bash") {
    context.out.write(bash_completion());
  } else if (shell == "zsh") {
    context.out.write(zsh_completion());
  } else if (shell == "fish") {
    context.out.write(fish_completion());
  } else {
    const std::string close = nearest(shell, {"bash", "zsh", "fish"});
    throw Error(ErrorKind::usage, fmt::format("`digest completion` needs a shell: bash, zsh or fish.{}",
                                              close.empty() ? "" : fmt::format(" Did you mean `{}`?", close)));
  }
  return Outcome::done;
}

}  // namespace digest::cli
