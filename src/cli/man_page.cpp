// SPDX-License-Identifier: MIT
#include <digest/version.hpp>
#include <fmt/format.h>

#include "cli/completion.hpp"
#include "cli/flags.hpp"
#include "cli/help.hpp"

namespace digest::cli {
namespace {

// Text of a man page: backslashes, hyphens and a dot or quote at the head of a line mean something to roff.
std::string roff(std::string_view text) {
  std::string out;
  bool at_head = true;
  for (const char c : text) {
    if (at_head && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    at_head = c == '\n';
  }
  return out;
}

std::string flag_entry(const Flag& flag) {
  std::string names = flag.letter != 0 ? fmt::format("\\fB\\-{}\\fR, \\fB\\-\\-{}\\fR", flag.letter, roff(flag.name))
                                       : fmt::format("\\fB\\-\\-{}\\fR", roff(flag.name));
  if (!flag.value.empty()) names += fmt::format(" \\fI{}\\fR", roff(flag.value));
  if (const std::string other = opposite(flag); !other.empty()) names += fmt::format(", \\fB\\-\\-{}\\fR", roff(other));
  std::string text(flag.help);
  if (!flag.choices.empty()) text += fmt::format(": {}", fmt::join(split(flag.choices, '|'), ", "));
  text += '.';
  if (!flag.fallback.empty()) text += fmt::format(" Default: {}.", flag.fallback);
  if (!flag.details.empty()) text += fmt::format(" {}", flag.details);
  text[0] = static_cast<char>(text[0] >= 'a' && text[0] <= 'z' ? text[0] - 'a' + 'A' : text[0]);
  return fmt::format(".TP\n{}\n{}\n", names, roff(text));
}

std::string command_entry(const Command& command) {
  std::string out = fmt::format(".SS \"digest {}\"\n.B digest {}\n[\\fIFLAGS\\fR] \\fI{}\\fR\n.PP\n{}.\n", command.name, command.name,
                                roff(command.operands), roff(command.summary));
  if (!command.details.empty()) out += fmt::format(".PP\n{}\n", roff(command.details));
  for (const Flag* flag : flags_of(command.name)) {
    if (flag->commands != "*") out += flag_entry(*flag);
  }
  return out + fmt::format(".PP\nExamples:\n.PP\n.nf\n.RS\n{}\n.RE\n.fi\n", roff(command.examples));
}

}  // namespace

std::string man_page() {
  std::string out = fmt::format(
      ".TH DIGEST 1 \"\" \"digest {}\" \"User Commands\"\n.SH NAME\ndigest \\- a searchable index of paper digests\n"
      ".SH SYNOPSIS\n.B digest\n\\fICOMMAND\\fR [\\fIFLAGS\\fR] [\\fIOPERANDS\\fR]\n.SH DESCRIPTION\n"
      "Reads digests of research papers (titles and abstracts in mails, feeds, pages, reference files, plain text) into an index "
      "and ranks the papers for a query with BM25.\n.SH \"FLAGS OF EVERY COMMAND\"\n",
      kVersion);
  for (const Flag& flag : flags()) {
    if (flag.commands == "*") out += flag_entry(flag);
  }
  out += ".SH COMMANDS\n";
  for (const Command& command : commands()) out += command_entry(command);
  const std::pair<std::string_view, std::string_view> sections[] = {{"query", "QUERIES"},         {"ranking", "RANKING"},
                                                                    {"formats", "FORMATS"},       {"json", "JSON"},
                                                                    {"environment", "ENVIRONMENT"}, {"configuration", "FILES"}, {"exit-codes", "EXIT STATUS"}};
  for (const auto& [topic, heading] : sections) out += fmt::format(".SH \"{}\"\n.nf\n{}.fi\n", heading, roff(*topic_help(topic)));
  return out;
}

}  // namespace digest::cli
