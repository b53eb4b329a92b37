// SPDX-License-Identifier: MIT
#include "cli/completion.hpp"

#include <fmt/format.h>

#include "cli/flags.hpp"
#include "cli/help.hpp"

namespace digest::cli {
namespace {

bool takes_file(const Flag& flag) { return flag.value == "FILE" || flag.value == "DIR"; }

// Operands that complete to file names.
bool operands_are_files(const Command& command) { return command.operands.find("FILE") != std::string_view::npos; }

std::string operand_words(const Command& command) {
  if (command.name == "completion") return "bash zsh fish";
  if (command.name != "help") return {};
  std::string words = fmt::format("{}", fmt::join(topics(), " "));
  for (const Command& one : commands()) words += fmt::format(" {}", one.name);
  return words;
}

std::string spaced(std::string_view choices) { return fmt::format("{}", fmt::join(split(choices, '|'), " ")); }

// As it is typed, and what undoes it.
std::vector<std::string> names_of(const Flag& flag) {
  std::vector<std::string> names{std::string(flag.name)};
  if (std::string other = opposite(flag); !other.empty()) names.push_back(std::move(other));
  return names;
}

std::string undoing(const Flag& flag) { return fmt::format("undo --{}", flag.name); }

// A text inside single quotes of a shell.
std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

// Of no command (""): of the flags that may stand before one.
std::string bash_values(std::string_view command) {
  std::string out;
  for (const Flag* flag : flags_of(command)) {
    if (flag->value.empty()) continue;
    std::string names = fmt::format("--{}", flag->name);
    if (flag->letter != 0) names += fmt::format("|-{}", flag->letter);
    if (!flag->choices.empty()) {
      out += fmt::format("        {}) COMPREPLY=($(compgen -W \"{}\" -- \"$current\")); return ;;\n", names, spaced(flag->choices));
    } else if (takes_file(*flag)) {
      out += fmt::format("        {}) COMPREPLY=($(compgen -f -- \"$current\")); return ;;\n", names);
    } else {
      out += fmt::format("        {}) return ;;\n", names);
    }
  }
  return out;
}

std::string bash_case(const Command& command) {
  std::string names;
  for (const Flag* flag : flags_of(command.name)) names += fmt::format(" --{}", fmt::join(names_of(*flag), " --"));
  std::string out = fmt::format("    {})\n      case \"$previous\" in\n{}      esac\n", command.name, bash_values(command.name));
  out += fmt::format("      if [[ $current == -* ]]; then COMPREPLY=($(compgen -W \"{}\" -- \"$current\")); return; fi\n", names.substr(1));
  if (const std::string words = operand_words(command); !words.empty()) {
    out += fmt::format("      COMPREPLY=($(compgen -W \"{}\" -- \"$current\"))\n", words);
  } else if (operands_are_files(command)) {
    out += "      COMPREPLY=($(compgen -f -- \"$current\"))\n";
  }
  return out + "      ;;\n";
}

std::string zsh_flag(const Flag& flag) {
  std::string help(flag.help);
  for (std::size_t at = 0; (at = help.find_first_of("[]:\\", at)) != std::string::npos; at += 2) help.insert(at, "\\");
  std::string value;
  if (!flag.choices.empty()) {
    value = fmt::format(":{}:({})", flag.value, spaced(flag.choices));
  } else if (takes_file(flag)) {
    value = fmt::format(":{}:_files", flag.value);
  } else if (!flag.value.empty()) {
    value = fmt::format(":{}:", flag.value);
  }
  const char* equals = flag.value.empty() ? "" : "=";
  std::string out = fmt::format(" \\\n        {}", in_quotes(fmt::format("*--{}{}[{}]{}", flag.name, equals, help, value)));
  if (flag.letter != 0) out += fmt::format(" \\\n        {}", in_quotes(fmt::format("*-{}[{}]{}", flag.letter, help, value)));
  if (const std::string other = opposite(flag); !other.empty()) {
    out += fmt::format(" \\\n        {}", in_quotes(fmt::format("*--{}[{}]", other, undoing(flag))));
  }
  return out;
}

}  // namespace

std::string bash_completion() {
  std::string names;
  for (const Command& command : commands()) names += fmt::format(" {}", command.name);
  std::string global;
  for (const Flag& flag : flags()) {
    if (flag.commands == "*") global += fmt::format(" --{}", fmt::join(names_of(flag), " --"));
  }
  std::string out = fmt::format(
      "# bash completion of digest\n"
      "_digest() {{\n"
      "  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} command= i\n"
      "  COMPREPLY=()\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case \"${{COMP_WORDS[i]}}\" in\n"
      "      --index|--color) i=$((i + 1)) ;;\n"
      "      -*) ;;\n"
      "      *) command=${{COMP_WORDS[i]}}; break ;;\n"
      "    esac\n"
      "  done\n"
      "  case \"$command\" in\n"
      "    '')\n"
      "      case \"$previous\" in\n{}      esac\n"
      "      if [[ $current == -* ]]; then COMPREPLY=($(compgen -W \"{}\" -- \"$current\"))\n"
      "      else COMPREPLY=($(compgen -W \"{}\" -- \"$current\")); fi\n"
      "      ;;\n",
      bash_values(""), global.substr(1), names.substr(1));
  for (const Command& command : commands()) out += bash_case(command);
  return out + "  esac\n}\ncomplete -o filenames -F _digest digest\n";
}

std::string zsh_completion() {
  std::string out =
      "#compdef digest\n# zsh completion of digest\n"
      "_digest() {\n  local -a commands\n  commands=(\n";
  for (const Command& command : commands()) out += fmt::format("    {}\n", in_quotes(fmt::format("{}:{}", command.name, command.summary)));
  out +=
      "  )\n"
      "  local -i at=2\n"
      "  while (( at < CURRENT )) && [[ ${words[at]} == -* ]]; do\n"
      "    [[ ${words[at]} == --index || ${words[at]} == --color ]] && (( at++ ))\n"
      "    (( at++ ))\n"
      "  done\n"
      "  if (( at >= CURRENT )); then _describe command commands; return; fi\n"
      "  local command=${words[at]}\n"
      "  words=(digest \"${(@)words[at+1,-1]}\")\n"
      "  (( CURRENT -= at - 1 ))\n"
      "  case $command in\n";
  for (const Command& command : commands()) {
    out += fmt::format("    {})\n      _arguments -s", command.name);
    for (const Flag* flag : flags_of(command.name)) out += zsh_flag(*flag);
    // A text gets no specification of its own: with one, zsh completes no flags in its place.
    if (const std::string words = operand_words(command); !words.empty()) {
      out += fmt::format(" \\\n        '*:operand:({})'", words);
    } else if (operands_are_files(command)) {
      out += " \\\n        '*:file:_files'";
    }
    out += "\n      ;;\n";
  }
  return out + "  esac\n}\nif [[ $zsh_eval_context[-1] == loadautofunc ]]; then _digest \"$@\"; else compdef _digest digest; fi\n";
}

std::string fish_completion() {
  std::string out = "# fish completion of digest\ncomplete -c digest -f\n";
  for (const Command& command : commands()) {
    out += fmt::format("complete -c digest -n __fish_use_subcommand -a {} -d {}\n", command.name, in_quotes(command.summary));
  }
  const auto one = [](std::string_view condition, const Flag& flag) {
    std::string line = fmt::format("complete -c digest {}-l {}", condition, flag.name);
    if (flag.letter != 0) line += fmt::format(" -s {}", flag.letter);
    if (!flag.choices.empty()) {
      line += fmt::format(" -x -a {}", in_quotes(spaced(flag.choices)));
    } else if (takes_file(flag)) {
      line += " -r -F";
    } else if (!flag.value.empty()) {
      line += " -x";
    }
    line += fmt::format(" -d {}\n", in_quotes(flag.help));
    if (const std::string other = opposite(flag); !other.empty()) {
      line += fmt::format("complete -c digest {}-l {} -d {}\n", condition, other, in_quotes(undoing(flag)));
    }
    return line;
  };
  for (const Flag& flag : flags()) {
    const std::string condition =
        flag.commands == "*" ? "" : fmt::format("-n {} ", in_quotes(fmt::format("__fish_seen_subcommand_from {}", flag.commands)));
    out += one(condition, flag);
  }
  for (const Command& command : commands()) {
    const std::string condition = in_quotes(fmt::format("__fish_seen_subcommand_from {}", command.name));
    if (operands_are_files(command)) out += fmt::format("complete -c digest -n {} -F\n", condition);
    if (const std::string words = operand_words(command); !words.empty()) {
      out += fmt::format("complete -c digest -n {} -a {}\n", condition, in_quotes(words));
    }
  }
  return out;
}

}  // namespace digest::cli
