// SPDX-License-Identifier: MIT
// main is a switch: arguments and environment, one call, errors printed once.
#include <digest/error.hpp>

#include <exception>
#include <new>

#include "cli/configuration.hpp"
#include "cli/context.hpp"
#include "cli/handover.hpp"
#include "cli/help.hpp"
#include "storage/mapping.hpp"

namespace digest::cli {
namespace {

bool belongs_to_other_program(const Arguments& arguments) {
  const Command& command = *arguments.command();
  const Program carrier =
      command.name == "check" && !arguments.texts().empty() ? Program::ingest : command.program;
  return carrier != kThisProgram;
}

// A word too many is a mistake that would pass unnoticed: `digest dupes author:x` looks at all papers.
void refuse_operands(const Arguments& arguments) {
  const Command& command = *arguments.command();
  if (!command.operands.empty() || arguments.texts().empty()) return;
  const std::string name(command.name);
  throw Error(ErrorKind::usage, "`digest " + name + "` takes no operand, and `" + arguments.texts().front() +
                                    "` is one. `digest " + name + " --help` shows its flags.");
}

Outcome run(const std::vector<std::string>& words, char** argv) {
  Arguments arguments = Arguments::parse(words);
  const bool only_help = arguments.has("version") || arguments.has("help") || arguments.command() == nullptr;
  if (!only_help) refuse_operands(arguments);
  if (!only_help && belongs_to_other_program(arguments)) become_other_program(argv);
  const Environment environment = read_environment();
  if (!only_help) apply_configuration(arguments, environment);
  Messages messages(screen_of(2, arguments), "digest");
  if (arguments.has("quiet")) messages.set_quiet();
  Output out(1, "Standard output");
  Context context{arguments, environment, screen_of(1, arguments), out, messages};

  Outcome outcome = Outcome::done;
  if (arguments.has("version")) {
    out.write(version_text());
  } else if (arguments.has("help")) {
    out.write(arguments.command() != nullptr ? command_help(*arguments.command()) : full_help());
  } else if (arguments.command() == nullptr) {
    messages.raw(short_help());
    return Outcome::failed;
  } else {
    outcome = command_function(arguments.command()->name)(context);
  }
  out.close();
  return outcome;
}

int guarded_run(int argc, char** argv) {
  guard_standard_streams();
  storage::report_cut_mappings();
  const Messages plain(Screen{}, "digest");
  try {
    std::vector<std::string> words;
    for (int i = 1; i < argc; ++i) words.emplace_back(argv[i]);
    return static_cast<int>(run(words, argv));
  } catch (const ReaderGone&) {
    return static_cast<int>(Outcome::done);
  } catch (const std::bad_alloc&) {
    plain.error("There is not enough memory.");
  } catch (const std::exception& error) {
    plain.error(error.what());
  }
  return static_cast<int>(Outcome::failed);
}

}  // namespace
}  // namespace digest::cli

int main(int argc, char** argv) {
  return digest::cli::guarded_run(argc, argv);
}
