// SPDX-License-Identifier: MIT
// What did the user type? Raw arguments, matched with the table of flags; nothing resolved yet. Errors are
// Error(usage) and name the nearest right word.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cli/flags.hpp"

namespace digest::cli {

class Arguments {
 public:
  // `words`: the arguments after the program's name.
  static Arguments parse(const std::vector<std::string>& words);

  [[nodiscard]] const Command* command() const { return command_; }               // null: none was given
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }  // operands, untouched

  [[nodiscard]] bool has(std::string_view flag) const { return values_.find(flag) != values_.end(); }
  [[nodiscard]] std::optional<std::string> value(std::string_view flag) const;  // the last one given
  [[nodiscard]] std::vector<std::string> values(std::string_view flag) const;   // all of them

  // A switch that was typed as `--no-quiet`, or as `--quiet=false`.
  [[nodiscard]] bool switched_off(std::string_view flag) const { return off_.find(flag) != off_.end(); }

  // What a configuration file says; without effect on a flag that was given or switched off.
  void set_default(std::string_view flag, std::vector<std::string> values);
  // Typed by the user, not from a file.
  [[nodiscard]] bool given(std::string_view flag) const {
    return has(flag) && defaults_.find(flag) == defaults_.end();
  }

 private:
  const Command* command_ = nullptr;
  std::vector<std::string> texts_;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::set<std::string, std::less<>> defaults_;  // those of them that are from a file
  std::set<std::string, std::less<>> off_;
};

// Error(usage) where the value cannot be the flag's, whatever else is said; `label` is what the message calls
// it.
void check_value(const Flag& flag, std::string_view label, std::string_view value);

// Resolved values; Error(usage) where they cannot be what the flag wants.
std::optional<std::uint64_t> whole_number(const Arguments& arguments, std::string_view flag);
std::optional<double> number(const Arguments& arguments, std::string_view flag);
// "2024-03", "7d", "2w", "3m", "1y": a day since 1970-01-01. `last`: the last day of a shortened date.
enum class Edge { first, last };
std::optional<std::int32_t> day(const Arguments& arguments, std::string_view flag, std::int32_t today,
                                Edge edge);
// "512M": bytes.
std::optional<std::uint64_t> size(const Arguments& arguments, std::string_view flag);

}  // namespace digest::cli
