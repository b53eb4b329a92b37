// SPDX-License-Identifier: MIT
#include "cli/arguments.hpp"

#include <fmt/format.h>
#include <digest/error.hpp>

#include "cli/cli11.hpp"
#include <algorithm>
#include <optional>
#include <set>

#include "cli/nearest.hpp"
#include "cli/usage.hpp"

namespace digest::cli {
namespace {

// CLI11 takes an operand shaped like a list apart; behind this byte it is only text.
constexpr char kGuard = '\x01';

bool is_flag(std::string_view word) {
  return word.size() > 1 && word[0] == '-';
}

// The flags that a word mentions, with what is known of whether the next word belongs to it.
struct Mention {
  std::vector<const Flag*> flags;
  bool wants_next = false;
  std::optional<bool> state;  // of a switch that says it: `--no-quiet`, `--json=true`
};

[[noreturn]] void unknown_flag(std::string_view command, std::string_view word) {
  std::vector<std::string> names;
  for (const Flag* flag : flags_of(command)) {
    names.emplace_back(flag->name);
    if (std::string other = opposite(*flag); !other.empty()) names.push_back(std::move(other));
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  const std::string_view name = word.substr(0, word.find('=')).substr(word.substr(0, 2) == "--" ? 2 : 1);
  std::string close = name.size() > 1 ? nearest(name, known) : std::string();
  if (!close.empty()) close = "--" + close;
  if (word.size() > 2 && name.size() == 1 && find_flag(command, name[0]) != nullptr) close = "-" + std::string(name);  // --n
  const std::string named = command.empty() ? "digest" : fmt::format("digest {}", command);
  std::string message = fmt::format("`{}` has no flag `{}`.", named, word.substr(0, word.find('=')));
  if (!close.empty()) message += fmt::format(" Did you mean `{}`?", close);
  if (find_flag(command, "query") != nullptr || command == "similar") {
    message += " Put `--` before a text that begins with a minus";
    message += find_flag(command, 'e') != nullptr ? ", or -e." : ".";
  } else if (close.empty()) {
    message += fmt::format(" `{} --help` lists them.", named);
  }
  usage(std::move(message));
}

const Flag* switch_with_opposite(std::string_view command, std::string_view name) {
  for (const Flag* flag : flags_of(command)) {
    if (opposite(*flag) == name) return flag;
  }
  return nullptr;
}

bool switch_state(std::string_view flag, std::string_view value) {
  if (value != "true" && value != "false")
    usage(fmt::format("`{}` cannot be `{}`: it takes no value, or true or false.", flag, value));
  return value == "true";
}

Mention mentioned_by_name(std::string_view command, std::string_view word) {
  const std::size_t equals = word.find('=');
  const std::string_view name = word.substr(2, equals == word.npos ? equals : equals - 2);
  const Flag* flag = find_flag(command, name);
  const bool undoes = flag == nullptr;
  if (undoes) flag = switch_with_opposite(command, name);
  if (flag == nullptr) unknown_flag(command, word);
  if (!is_switch(*flag)) return {{flag}, equals == word.npos, {}};
  const bool said = equals == word.npos || switch_state(word.substr(0, equals), word.substr(equals + 1));
  return {{flag}, false, said != undoes};
}

Mention mentioned(std::string_view command, std::string_view word) {
  if (word.substr(0, 2) == "--") return mentioned_by_name(command, word);
  Mention mention;
  if (word.size() > 2 && word[2] == '=') {  // -q=false
    const Flag* flag = find_flag(command, word[1]);
    if (flag != nullptr && is_switch(*flag)) return {{flag}, false, switch_state(word.substr(0, 2), word.substr(3))};
  }
  for (std::size_t i = 1; i < word.size(); ++i) {
    const Flag* flag = find_flag(command, word[i]);
    if (flag == nullptr) unknown_flag(command, word);
    mention.flags.push_back(flag);
    if (!is_switch(*flag)) {
      mention.wants_next = i + 1 == word.size();
      break;
    }
  }
  return mention;
}

// Where the command stands: flags may come before it, with their values.
std::size_t command_place(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--" || !is_flag(words[i])) return words[i] == "--" ? words.size() : i;
    for (const Flag& flag : flags()) {
      const bool is_it = words[i] == fmt::format("--{}", flag.name) ||
                         (flag.letter != 0 && words[i] == std::string{'-', flag.letter});
      if (is_it && !is_switch(flag)) {
        ++i;
        break;
      }
    }
  }
  return words.size();
}

const Command& command_named(std::string_view name) {
  if (const Command* command = find_command(name)) return *command;
  std::vector<std::string_view> known;
  for (const Command& command : commands()) known.push_back(command.name);
  const std::string close = nearest(name, known);
  usage(fmt::format("There is no command `{}`.{} `digest --help` lists the commands{}.", name,
                    close.empty() ? "" : fmt::format(" Did you mean `{}`?", close),
                    close.empty() ? "; `digest search` finds papers" : ""));
}

// CLI11 is told of the flags that were mentioned, not of all that exist: building those takes longer than a
// search.
void parse_with_cli11(const std::set<const Flag*>& mentioned, std::vector<std::string> words,
                      std::vector<std::string>& texts,
                      std::map<std::string, std::vector<std::string>, std::less<>>& values) {
  CLI::App app;
  app.set_help_flag();
  const auto collect = [&values](const Flag& flag) {
    return [&values, name = std::string(flag.name)](const CLI::results_t& found) {
      values[name] = found;
      return true;
    };
  };
  for (const Flag* flag : mentioned) {
    std::string names = fmt::format("--{}", flag->name);
    if (flag->letter != 0) names += fmt::format(",-{}", flag->letter);
    if (is_switch(*flag)) {
      app.add_flag_callback(names, [&values, name = std::string(flag->name)] { values[name] = {}; });
    } else {
      app.add_option(names, collect(*flag))
          ->expected(1)
          ->allow_extra_args(false)
          ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }
  }
  app.add_option("operands", texts)->expected(0, static_cast<int>(words.size()) + 1);
  std::reverse(words.begin(), words.end());
  try {
    app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    usage(fmt::format("{}.", error.what()));
  }
}

void unguard(std::string& text) {
  if (!text.empty() && text[0] == kGuard) text.erase(0, 1);
}

}  // namespace

Arguments Arguments::parse(const std::vector<std::string>& words) {
  Arguments result;
  const std::size_t place = command_place(words);
  if (place < words.size()) result.command_ = &command_named(words[place]);
  const std::string_view name = result.command_ != nullptr ? result.command_->name : std::string_view();

  std::set<const Flag*> all, off;
  std::vector<std::string> guarded;
  bool only_texts = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i == place) continue;
    // -later takes a tag off, but -q is a flag of every command
    const bool is_tag = name == "tag" && is_flag(words[i]) && words[i].substr(0, 2) != "--" &&
                        !(words[i].size() == 2 && find_flag(name, words[i][1]) != nullptr);
    if (only_texts || is_tag || !is_flag(words[i])) {
      guarded.push_back(kGuard + words[i]);
    } else if (words[i] == "--") {
      only_texts = true;
    } else {
      const Mention mention = mentioned(name, words[i]);
      all.insert(mention.flags.begin(), mention.flags.end());
      for (const Flag* flag : mention.flags) off.erase(flag);  // the last word counts
      if (mention.state == false) off.insert(mention.flags.back());
      guarded.push_back(mention.state ? fmt::format("--{}", mention.flags.back()->name) : words[i]);
      if (mention.state) continue;
      if (words[i].substr(0, 2) == "--" &&
          words[i].back() == '=') {  // an empty value, which CLI11 takes for none
        guarded.back().pop_back();
        guarded.emplace_back(1, kGuard);
      }
      if (mention.wants_next) {
        if (i + 1 == words.size()) {
          usage(fmt::format("`--{}` needs a value: {}.", mention.flags.back()->name,
                            mention.flags.back()->value));
        }
        guarded.push_back(kGuard + words[++i]);
      }
    }
  }
  parse_with_cli11(all, std::move(guarded), result.texts_, result.values_);
  for (std::string& text : result.texts_) unguard(text);
  for (const Flag* flag : off) {
    result.values_.erase(std::string(flag->name));
    result.off_.emplace(flag->name);
  }
  for (const Flag* flag : all) {
    if (is_switch(*flag)) continue;
    for (std::string& value : result.values_[std::string(flag->name)]) {
      unguard(value);
      check_value(*flag, fmt::format("`--{}`", flag->name), value);
    }
  }
  return result;
}

std::optional<std::string> Arguments::value(std::string_view flag) const {
  const auto found = values_.find(flag);
  if (found == values_.end() || found->second.empty()) return std::nullopt;
  return found->second.back();
}

std::vector<std::string> Arguments::values(std::string_view flag) const {
  const auto found = values_.find(flag);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

void Arguments::set_default(std::string_view flag, std::vector<std::string> values) {
  if (has(flag) || switched_off(flag)) return;
  values_.emplace(flag, std::move(values));
  defaults_.emplace(flag);
}

}  // namespace digest::cli
