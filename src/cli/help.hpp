// SPDX-License-Identifier: MIT
// Help, from the table of commands and flags. Pure functions.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/flags.hpp"

namespace digest::cli {

std::string short_help();  // what it is, two examples, where the rest is
std::string full_help();
std::string command_help(const Command& command);  // examples first
std::string version_text();

// query, json, formats, exit-codes, environment, ranking; empty: there is no such topic.
std::optional<std::string> topic_help(std::string_view topic);
const std::vector<std::string_view>& topics();

}  // namespace digest::cli
