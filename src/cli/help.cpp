// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include <digest/version.hpp>
#include <fmt/format.h>

#include <algorithm>

#include "text/analyzer.hpp"

namespace digest::cli {
namespace {

constexpr std::size_t kWidth = 79, kColumn = 26;

// Words of a text as lines of at most kWidth columns, all but the first behind `indent` spaces.
std::string wrapped(std::string_view text, std::size_t indent) {
  std::string out;
  std::size_t used = indent;
  for (const std::string_view word : split(text, ' ')) {
    if (used > indent && used + 1 + word.size() > kWidth) {
      out += "\n" + std::string(indent, ' ');
      used = indent;
    } else if (used > indent) {
      out += ' ';
      ++used;
    }
    out += word;
    used += word.size();
  }
  return out + "\n";
}

std::string names_of(const Flag& flag) {
  std::string names = flag.letter != 0 ? fmt::format("-{}, --{}", flag.letter, flag.name) : fmt::format("    --{}", flag.name);
  if (!flag.value.empty()) names += fmt::format(" {}", flag.value);
  if (const std::string other = opposite(flag); !other.empty()) names += fmt::format(", --{}", other);
  return names;
}

std::string flag_line(const Flag& flag) {
  std::string text(flag.help);
  if (!flag.choices.empty()) text += fmt::format(": {}", fmt::join(split(flag.choices, '|'), ", "));
  if (!flag.fallback.empty()) text += fmt::format(" [{}]", flag.fallback);
  const std::string names = names_of(flag);
  const std::string gap = names.size() + 2 < kColumn ? std::string(kColumn - names.size() - 2, ' ') : "\n" + std::string(kColumn, ' ');
  return "  " + names + gap + wrapped(text, kColumn);
}

std::string flag_section(std::string_view command) {
  std::string out;
  std::string_view group;
  for (const Flag* flag : flags_of(command)) {
    if (flag->group != group) {
      group = flag->group;
      out += fmt::format("\n{}\n", group);
    }
    out += flag_line(*flag);
  }
  return out;
}

std::string example_lines(std::string_view examples) {
  std::string out;
  for (const std::string_view line : split(examples, '\n')) out += fmt::format("  {}\n", line);
  return out;
}

}  // namespace

std::string short_help() {
  return "digest: a searchable index of paper digests\n\n"
         "  digest index inbox/                   # read digests, files or folders\n"
         "  digest search grokking transformers   # find papers in them\n\n"
         "`digest --help` lists the commands, `digest search --help` the flags of one.\n";
}

std::string full_help() {
  std::string out =
      "digest: a searchable index of paper digests\n\n"
      "  digest index inbox/                   # read digests, files or folders\n"
      "  digest search grokking transformers   # find papers in them\n\n"
      "Usage: digest COMMAND [FLAGS] [OPERANDS]\n\nCommands\n";
  for (const Command& command : commands()) out += fmt::format("  {:<12}{}", command.name, wrapped(command.summary, 14));
  out += "\nFlags of every command\n";
  for (const Flag& flag : flags()) {
    if (flag.commands == "*") out += flag_line(flag);
  }
  return out + "\n" + wrapped(fmt::format("`digest help COMMAND` shows the flags of a command; `digest help TOPIC` explains {}.", fmt::join(topics(), ", ")), 0);
}

std::string command_help(const Command& command) {
  std::string out = wrapped(fmt::format("digest {}: {}", command.name, command.summary), 0) + "\n" + example_lines(command.examples);
  out += fmt::format("\nUsage: digest {} [FLAGS]{}{}\n", command.name, command.operands.empty() ? "" : " ", command.operands);
  if (!command.details.empty()) out += "\n" + wrapped(command.details, 0);
  return out + flag_section(command.name);
}

std::string version_text() {
  return fmt::format("digest {} (analysis {}, compiler {})\n", kVersion, text::kAnalysisVersion, __VERSION__);
}

}  // namespace digest::cli
