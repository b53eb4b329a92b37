// SPDX-License-Identifier: MIT
#include "cli/configuration.hpp"

#include <fmt/format.h>
#include <digest/error.hpp>

#include "support/catch.hpp"

using namespace digest;
using namespace digest::cli;

namespace {

std::string complaint(const std::string& text) {
  try {
    parse_configuration(text, "c.toml");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    return error.what();
  }
  return "";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string in_force(const std::vector<ConfigurationFile>& files, std::string_view command,
                     std::string_view flag) {
  const Setting* setting = effective_setting(files, *find_flag(command, flag), command);
  return setting == nullptr ? "" : setting->value;
}

}  // namespace

TEST_CASE("settings are flags, one a line, with their line numbers") {
  const auto settings = parse_configuration(
      "\xef\xbb\xbf# mine\r\nlimit = 20\r\n\r\ncolor = \"never\" # why not\n[index]\nmemory='1G'\nstrict = "
      "true\n",
      "c.toml");
  REQUIRE(settings.size() == 4);
  CHECK(settings[0].flag->name == "limit");
  CHECK(settings[0].value == "20");
  CHECK(settings[0].line == 2);
  CHECK(settings[1].value == "never");
  CHECK(settings[2].command == "index");
  CHECK(settings[2].value == "1G");
  CHECK(settings[3].line == 7);
  CHECK(parse_configuration("", "c.toml").empty());
}

TEST_CASE("a mistake in a file names file, line and the nearest right word") {
  CHECK(
      contains(complaint("\nlimt = 3"), "c.toml, line 2: There is no setting `limt`. Did you mean `limit`?"));
  CHECK(contains(complaint("limit = ten"), "c.toml, line 1: `limit` cannot be `ten`"));
  CHECK(contains(complaint("limit = -1"), "cannot be `-1`"));
  CHECK(contains(complaint("color = \"nevr\""), "Did you mean `never`?"));
  CHECK(contains(complaint("b = 1.5"), "between 0 and 1"));
  CHECK(contains(complaint("quiet = 1"), "true or false"));
  CHECK(contains(complaint("memory = lots"), "256M"));
  CHECK(contains(complaint("json = true"), "only be given as a flag"));
  CHECK(contains(
      complaint("[serch]\nlimit=1"),
      "line 1: A section is named after a command, and there is no command `serch`. Did you mean `search`?"));
  CHECK(contains(complaint("[stats]\nlimit=1"), "`digest stats` has no setting `limit`"));
  CHECK(contains(complaint("limit = 1\nlimit = 2"), "set on line 1 already"));
  CHECK(contains(complaint("limit = [1, 2]"), "takes one value"));
  CHECK(contains(complaint("limit = ["), "cannot be `[`"));
  CHECK(contains(complaint("b="), "looks like"));
  CHECK(contains(complaint("[]"), "names no command"));
}

TEST_CASE("no line takes the reader of configurations down") {
  for (const char* text : {"=", "= 5", "[[", "]]", "[[x]]", "[a.b.c]", "a.b = 1", "\"limit\" = 5 5",
                           "limit = \"", "limit = '\"", "limit = ,", "limit = [\"", "limit = []", "[limit",
                           "limit]", "''' = 1", "\\", "\x01\x02\x03", "limit = \xff"}) {
    CHECK_FALSE(complaint(text).empty());
  }
  CHECK(contains(complaint("[" + std::string(5000, '.') + "]"), "longer than"));
  CHECK_FALSE(complaint("[" + std::string(900, '.') + "]").empty());
}

TEST_CASE("every flag that a file may set can be set, with the values that the command line takes") {
  for (const Flag& flag : flags()) {
    if (flag.settable == Settable::by_flag) continue;
    const std::string value = flag.value.empty()      ? "true"
                              : !flag.choices.empty() ? std::string(split(flag.choices, '|').back())
                              : flag.value == "SIZE"  ? "64M"
                                                      : "1";
    const auto settings = parse_configuration(fmt::format("{} = \"{}\"\n", flag.name, value), "c.toml");
    REQUIRE(settings.size() == 1);
    CHECK(settings[0].flag->name == flag.name);
    CHECK(settings[0].value == value);
  }
}

TEST_CASE(
    "the file of the index is stronger than the user's, a section than what holds for all, a flag than "
    "both") {
  const std::vector<ConfigurationFile> files = {
      {"near", true, parse_configuration("limit = 1\n[new]\nlimit = 2\n", "near")},
      {"far", true, parse_configuration("limit = 3\nsort = date\n[search]  # for results\nlimit = 4\n", "far")}};
  CHECK(in_force(files, "search", "limit") == "1");
  CHECK(in_force(files, "new", "limit") == "2");
  CHECK(in_force(files, "search", "sort") == "date");
  CHECK(in_force(files, "search", "ranker").empty());

  Arguments typed = Arguments::parse({"search", "-n", "7", "x"});
  typed.set_default("limit", {"1"});
  typed.set_default("snippet", {"5"});
  CHECK(typed.value("limit") == "7");
  CHECK(typed.given("limit"));
  CHECK(typed.value("snippet") == "5");
  CHECK_FALSE(typed.given("snippet"));
}
