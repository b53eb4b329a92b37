// SPDX-License-Identifier: MIT
// digest config: what is in force, and where it comes from.
#include <digest/error.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/command_functions.hpp"
#include "cli/configuration.hpp"
#include "render/escape.hpp"
#include "render/json_value.hpp"

namespace digest::cli {
namespace {

struct Row {
  std::string name, value, origin;
};

std::string color_origin(const Context& context, const std::vector<ConfigurationFile>& files) {
  if (context.arguments.given("color")) return "--color";
  for (const char* name : {"NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "CLICOLOR"}) {
    if (!variable(name).empty()) return std::string("$") + name;
  }
  if (variable("TERM") == "dumb") return "$TERM";
  const Setting* setting = effective_setting(files, *find_flag("config", "color"), "config");
  const bool forced = setting != nullptr && setting->value != "auto";
  return forced ? fmt::format("{}:{}", setting->file, setting->line) : "whether it is a terminal";
}

// Where things are.
void add_places(const Context& context, const std::vector<ConfigurationFile>& files, std::vector<Row>& rows) {
  std::error_code ignored;
  try {
    const IndexPlace place = index_place(context.environment, context.arguments);
    rows.push_back({"index", place.path, place.reason});
    rows.push_back(
        {"index exists", std::filesystem::is_directory(place.path, ignored) ? "yes" : "no", place.path});
  } catch (const Error&) {  // what is wrong is what one looks for here
    rows.push_back({"index", "", "HOME is not set"});
  }
  if (!context.environment.data_home.empty()) {
    const std::string marks = marks_path(context.environment);
    rows.push_back({"marks", marks, variable("XDG_DATA_HOME").empty() ? "built in" : "$XDG_DATA_HOME"});
    rows.push_back({"marks exist", std::filesystem::exists(marks, ignored) ? "yes" : "no", marks});
  }
  for (const ConfigurationFile& file : files)
    rows.push_back({"configuration", file.exists ? "read" : "none", file.path});
}

void add_screen(const Context& context, const std::vector<ConfigurationFile>& files, std::vector<Row>& rows) {
  rows.push_back({"color", context.screen.color ? "yes" : "no", color_origin(context, files)});
  rows.push_back({"width",
                  context.screen.width == 0 ? "not wrapped" : fmt::format("{}", context.screen.width),
                  context.screen.terminal ? "the terminal" : "not a terminal"});
  const bool own = !variable("DIGEST_PAGER").empty(), common = !variable("PAGER").empty();
  rows.push_back({"pager",
                  own      ? variable("DIGEST_PAGER")
                  : common ? variable("PAGER")
                           : "less -FIRX",
                  own      ? "$DIGEST_PAGER"
                  : common ? "$PAGER"
                           : "built in"});
}

std::ptrdiff_t times_in_table(std::string_view name) {
  const auto all = flags();
  return std::count_if(all.begin(), all.end(), [name](const Flag& flag) { return flag.name == name; });
}

// A flag that commands share is one row, unless a section says otherwise for one of them.
void add_flags(const Context& context, const std::vector<ConfigurationFile>& files, std::vector<Row>& rows) {
  for (const Flag& flag : flags()) {
    if (flag.settable == Settable::by_flag || flag.name == "color") continue;
    const auto row = [&](const std::string& name, const Setting* setting) {
      const std::string built_in = flag.value.empty() ? "false" : std::string(flag.fallback);
      rows.push_back({name, setting != nullptr ? setting->value : built_in,
                      setting != nullptr ? fmt::format("{}:{}", setting->file, setting->line) : "built in"});
    };
    const bool everywhere = flag.commands == "*";
    if (everywhere && context.arguments.given(flag.name)) {
      rows.push_back({std::string(flag.name), "true", fmt::format("--{}", flag.name)});
      continue;
    }
    if (everywhere && context.arguments.switched_off(flag.name)) {
      rows.push_back({std::string(flag.name), "false", fmt::format("--{}", opposite(flag))});
      continue;
    }
    const Setting* common = effective_setting(files, flag, "");
    // `threads` means one thing to `index` and another to `search`
    const bool alone = everywhere || times_in_table(flag.name) == 1;
    if (alone) row(std::string(flag.name), common);
    for (const Command& command : commands()) {
      if (!applies(flag, command.name)) continue;
      const Setting* own = effective_setting(files, flag, command.name);
      if (!alone || own != common) row(fmt::format("{}.{}", command.name, flag.name), own);
    }
  }
}

}  // namespace

Outcome run_config(Context& context) {
  std::vector<ConfigurationFile> files;
  if (!context.arguments.has("no-config"))
    files = configuration_files(context.environment, context.arguments);
  std::vector<Row> rows;
  add_places(context, files, rows);
  add_screen(context, files, rows);
  add_flags(context, files, rows);
  if (context.arguments.has("json")) {
    render::Json array = render::Json::array();
    for (const Row& one : rows)
      array.push_back({{"name", one.name}, {"value", one.value}, {"origin", one.origin}});
    context.out.write(render::dump({{"schema", "digest.config/1"}, {"settings", std::move(array)}}) + "\n");
    return Outcome::done;
  }
  for (const Row& one : rows) {
    context.out.write(render::printable(fmt::format("{:<14} {}  ({})", one.name, one.value, one.origin)) +
                      "\n");
  }
  return Outcome::done;
}

}  // namespace digest::cli
