// SPDX-License-Identifier: MIT
// Which commands and flags are there? The one table from which parsing, help, the man page, the completions and the
// nearest-word hints are made. Constant data; safe from any thread.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace digest::cli {

enum class Program { query, ingest };  // which of the two programs carries the command out

struct Command {
  std::string_view name;
  std::string_view operands;   // "QUERY...", as in the usage line
  std::string_view summary;    // one line, no full stop
  std::string_view details;    // paragraphs for the man page and the full help
  std::string_view examples;   // one a line: "command   # what it does"
  Program program = Program::query;
};

enum class Settable { by_flag, in_file };  // in_file: a configuration file may set it too

struct Flag {
  std::string_view name;       // without the dashes
  char letter;                 // 0: none
  std::string_view value;      // "N"; empty: a switch
  std::string_view choices;    // "text|json"; empty: any text
  std::string_view fallback;   // what holds without the flag, for the help; empty: nothing to say
  std::string_view help;       // one line, no full stop
  std::string_view details;    // more, for the man page; may be empty
  std::string_view commands;   // names separated by spaces; "*": all of them
  std::string_view group;      // heading in the help
  Settable settable = Settable::by_flag;
};

std::span<const Command> commands();
std::span<const Flag> flags();

const Command* find_command(std::string_view name);  // null: no such command
bool applies(const Flag& flag, std::string_view command);
bool is_switch(const Flag& flag);  // takes no value

// "no-quiet" for quiet, "pager" for no-pager: what undoes a switch that a file may have set; empty for all others.
std::string opposite(const Flag& flag);

// The command's own flags first, then the global ones, in the order of the table.
std::vector<const Flag*> flags_of(std::string_view command);
const Flag* find_flag(std::string_view command, std::string_view name);  // null: none
const Flag* find_flag(std::string_view command, char letter);

std::vector<std::string_view> split(std::string_view list, char separator);

}  // namespace digest::cli
