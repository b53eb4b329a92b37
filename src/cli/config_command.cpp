// SPDX-License-Identifier: MIT
// digest config: what is in force, and where it comes from.
#include <fmt/format.h>

#include <filesystem>

#include "cli/command_functions.hpp"
#include "render/escape.hpp"
#include "render/json_value.hpp"

namespace digest::cli {
namespace {

struct Setting {
  std::string name, value, origin;
};

std::string color_origin(const Context& context) {
  if (context.arguments.has("color")) return "--color";
  for (const char* name : {"NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "CLICOLOR"}) {
    if (!variable(name).empty()) return std::string("$") + name;
  }
  return variable("TERM") == "dumb" ? "$TERM" : "whether it is a terminal";
}

std::vector<Setting> settings(const Context& context) {
  const IndexPlace place = index_place(context.environment, context.arguments);
  std::vector<Setting> list;
  list.push_back({"index", place.path, place.reason});
  std::error_code ignored;
  list.push_back({"index exists", std::filesystem::is_directory(place.path, ignored) ? "yes" : "no", place.path});
  if (!context.environment.data_home.empty()) {
    const std::string marks = marks_path(context.environment);
    list.push_back({"marks", marks, variable("XDG_DATA_HOME").empty() ? "the default" : "$XDG_DATA_HOME"});
    list.push_back({"marks exist", std::filesystem::exists(marks, ignored) ? "yes" : "no", marks});
  }
  list.push_back({"color", context.screen.color ? "yes" : "no", color_origin(context)});
  list.push_back({"width", context.screen.width == 0 ? "not wrapped" : fmt::format("{}", context.screen.width),
                  context.screen.terminal ? "the terminal" : "not a terminal"});
  const bool own = !variable("DIGEST_PAGER").empty(), common = !variable("PAGER").empty();
  list.push_back({"pager", own ? variable("DIGEST_PAGER") : common ? variable("PAGER") : "less -FIRX",
                  own ? "$DIGEST_PAGER" : common ? "$PAGER" : "the default"});
  return list;
}

}  // namespace

Outcome run_config(Context& context) {
  const std::vector<Setting> list = settings(context);
  if (context.arguments.has("json")) {
    render::Json array = render::Json::array();
    for (const Setting& one : list) array.push_back({{"name", one.name}, {"value", one.value}, {"origin", one.origin}});
    context.out.write(render::dump({{"schema", "digest.config/1"}, {"settings", std::move(array)}}) + "\n");
    return Outcome::done;
  }
  for (const Setting& one : list) {
    context.out.write(render::printable(fmt::format("{:<13} {}  ({})", one.name, one.value, one.origin)) + "\n");
  }
  return Outcome::done;
}

}  // namespace digest::cli
