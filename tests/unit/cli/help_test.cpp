// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cli/completion.hpp"
#include "support/catch.hpp"

using namespace digest::cli;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("every line of help fits a terminal of 80 columns") {
  std::vector<std::string> texts{short_help(), full_help()};
  for (const Command& command : commands()) texts.push_back(command_help(command));
  for (const std::string_view topic : topics()) texts.push_back(topic_help(topic).value_or(""));
  for (const std::string& text : texts) {
    for (const std::string_view line : split(text, '\n')) {
      INFO(line);
      CHECK(line.size() <= 80);
    }
  }
}

TEST_CASE("every flag is in the help of its commands, in the man page and in the completions") {
  const std::string man = man_page(), bash = bash_completion(), zsh = zsh_completion(),
                    fish = fish_completion();
  for (const Flag& flag : flags()) {
    for (const std::string& bare : {std::string(flag.name), opposite(flag)}) {
      if (bare.empty()) continue;
      const std::string name = "--" + bare;
      INFO(name);
      for (const Command& command : commands()) {
        if (applies(flag, command.name)) CHECK(contains(command_help(command), name));
      }
      std::string escaped;
      for (const char c : name) escaped += c == '-' ? "\\-" : std::string(1, c);
      CHECK(contains(man, escaped));
      CHECK(contains(bash, name));
      CHECK(contains(zsh, name));
      CHECK(contains(fish, fmt::format("-l {} ", bare)));
    }
  }
}

TEST_CASE("every command is in the help, has help, and has an example") {
  for (const Command& command : commands()) {
    CHECK(contains(full_help(), fmt::format("  {} ", command.name)));
    CHECK(contains(command_help(command), fmt::format("Usage: digest {}", command.name)));
    CHECK(contains(std::string(command.examples), fmt::format("digest {}", command.name)));
  }
}

TEST_CASE(
    "the table is sound: flags belong to commands that exist, and no two of a command share a name or a "
    "letter") {
  for (const Flag& flag : flags()) {
    if (flag.commands == "*") continue;
    for (const auto name : split(flag.commands, ' ')) CHECK(find_command(name) != nullptr);
  }
  for (const Command& command : commands()) {
    std::set<std::string> names;
    std::set<char> letters;
    for (const Flag* flag : flags_of(command.name)) {
      INFO(command.name << " --" << flag->name);
      CHECK(names.insert(std::string(flag->name)).second);
      if (!opposite(*flag).empty()) CHECK(names.insert(opposite(*flag)).second);
      if (flag->letter != 0) CHECK(letters.insert(flag->letter).second);
    }
  }
}

TEST_CASE("help fits on a terminal") {
  const auto widest = [](const std::string& text) {
    std::size_t most = 0, at = 0;
    while (at < text.size()) {
      const std::size_t end = text.find('\n', at);
      most = std::max(most, end - at);
      at = end + 1;
    }
    return most;
  };
  CHECK(widest(full_help()) <= 100);
  for (const auto topic : topics()) CHECK(widest(*topic_help(topic)) <= 92);
}

TEST_CASE("every topic has a text") {
  for (const auto topic : topics()) CHECK(topic_help(topic).has_value());
  CHECK_FALSE(topic_help("nothing").has_value());
}
