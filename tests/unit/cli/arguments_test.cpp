// SPDX-License-Identifier: MIT
#include "cli/arguments.hpp"

#include <digest/error.hpp>

#include "support/catch.hpp"

using namespace digest;
using cli::Arguments;
using Words = std::vector<std::string>;

namespace {

std::string complaint(const Words& words) {
  try {
    Arguments::parse(words);
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    return error.what();
  }
  return "";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("flags stand anywhere, before the command too") {
  for (const Words& words : {Words{"search", "-n", "5", "--index", "d", "a", "b"},
                             Words{"--index", "d", "search", "a", "-n5", "b"},
                             Words{"--index=d", "--limit", "5", "search", "a", "b"},
                             Words{"search", "a", "b", "--limit=5", "--index", "d"}}) {
    const Arguments arguments = Arguments::parse(words);
    REQUIRE(arguments.command() != nullptr);
    CHECK(arguments.command()->name == "search");
    CHECK(arguments.value("limit") == "5");
    CHECK(arguments.value("index") == "d");
    CHECK(arguments.texts() == Words{"a", "b"});
  }
}

TEST_CASE("short flags may be joined") {
  const Arguments arguments = Arguments::parse({"search", "-qcn3", "x"});
  CHECK(arguments.has("quiet"));
  CHECK(arguments.has("count"));
  CHECK(arguments.value("limit") == "3");
}

TEST_CASE("operands arrive untouched, whatever they look like") {
  for (const char* text :
       {"[MASK]", "[]", "[a,b]", "{}", "", " ", "a=b", "-", "\x01x", "'quoted'", "%1", "/x", "@NAME", "++"}) {
    CHECK(Arguments::parse({"search", text}).texts() == Words{text});
    CHECK(Arguments::parse({"search", "-e", text}).values("query") == Words{text});
  }
  CHECK(Arguments::parse({"search", "--query=[MASK]"}).values("query") == Words{"[MASK]"});
  CHECK(Arguments::parse({"search", "-e[a,b]"}).values("query") == Words{"[a,b]"});
  CHECK(Arguments::parse({"search", "-e", "-survey"}).values("query") == Words{"-survey"});
}

TEST_CASE("after -- everything is text") {
  CHECK(Arguments::parse({"search", "--", "-survey", "--json", "--"}).texts() ==
        Words{"-survey", "--json", "--"});
}

TEST_CASE("a flag given twice: the last value counts, repeatable ones keep all") {
  const Arguments arguments =
      Arguments::parse({"search", "-n", "1", "-n", "2", "--facet", "year", "--facet", "tag", "x"});
  CHECK(arguments.value("limit") == "2");
  CHECK(arguments.values("facet") == Words{"year", "tag"});
}

TEST_CASE("mistakes name the right word") {
  CHECK(contains(complaint({"serch", "x"}), "`search`"));
  CHECK(contains(complaint({"search", "--jsn", "x"}), "`--json`"));
  CHECK(contains(complaint({"search", "--format", "jsno", "x"}), "`json`"));
  CHECK(contains(complaint({"search", "-survey"}), "`--`"));
  CHECK(contains(complaint({"stats", "--rebuild"}), "no flag `--rebuild`"));
  CHECK(contains(complaint({"search", "--limit"}), "needs a value"));
}

TEST_CASE("an empty value is a value") {
  const Arguments arguments = Arguments::parse({"search", "--query=", "x"});
  CHECK(arguments.values("query") == Words{""});
  CHECK(arguments.texts() == Words{"x"});
  CHECK(contains(complaint({"search", "--limit=", "x"}), "cannot be ``"));
  CHECK(contains(complaint({"search", "--json=x", "x"}), "true or false"));
}

TEST_CASE("a switch takes no value but true and false") {
  CHECK_FALSE(complaint({"search", "--json=maybe", "x"}).empty());
  CHECK(Arguments::parse({"search", "--json=true", "x"}).has("json"));
  CHECK_FALSE(Arguments::parse({"search", "--json=false", "x"}).has("json"));
  CHECK(Arguments::parse({"search", "-q=true", "x"}).has("quiet"));
  CHECK_FALSE(Arguments::parse({"-q=false", "search", "x"}).has("quiet"));
}

TEST_CASE("what a file may switch on can be switched off, and the last word counts") {
  Arguments off = Arguments::parse({"search", "--no-quiet", "x"});
  off.set_default("quiet", {});
  CHECK_FALSE(off.has("quiet"));
  CHECK(off.switched_off("quiet"));
  Arguments paged = Arguments::parse({"show", "--pager", "x"});
  paged.set_default("no-pager", {});
  CHECK_FALSE(paged.has("no-pager"));
  CHECK(Arguments::parse({"search", "--no-quiet", "-q"}).has("quiet"));
  CHECK(Arguments::parse({"search", "-qc", "--no-quiet=false"}).has("quiet"));
  CHECK_FALSE(Arguments::parse({"search", "-qc", "--no-quiet"}).has("quiet"));
  CHECK(Arguments::parse({"search", "-qc", "--no-quiet"}).has("count"));
  CHECK(contains(complaint({"search", "--no-json", "x"}), "no flag `--no-json`"));
  CHECK(contains(complaint({"search", "--no-quite", "x"}), "`--no-quiet`"));
}

TEST_CASE("no command is no error here") {
  CHECK(Arguments::parse({}).command() == nullptr);
  CHECK(Arguments::parse({"--version"}).has("version"));
  CHECK(Arguments::parse({"--index", "search"}).command() == nullptr);
}

TEST_CASE("tags may begin with a minus") {
  CHECK(Arguments::parse({"tag", "-q", "+a", "id"}).has("quiet"));
  CHECK(Arguments::parse({"tag", "-h"}).has("help"));
  CHECK(Arguments::parse({"tag", "--", "-q", "id"}).texts() == Words{"-q", "id"});
  const Arguments arguments = Arguments::parse({"tag", "+a", "-later", "--index", "d", "id"});
  CHECK(arguments.texts() == Words{"+a", "-later", "id"});
  CHECK(arguments.value("index") == "d");
}
