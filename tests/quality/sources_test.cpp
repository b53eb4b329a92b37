// SPDX-License-Identifier: MIT
// The rules that no compiler checks: which room may include which, and what library code never does.
#include <map>

#include "quality/source_tree.hpp"
#include "support/catch.hpp"

using namespace digest::test;

namespace {

// Which floor each room is on: it includes itself and lower floors only (src/ARCHITECTURE.md).
const std::map<std::string, int> kFloors = {{"base", 0},    {"storage", 1}, {"text", 1},   {"ingest", 1},
                                            {"query", 2},   {"index", 3},   {"search", 4}, {"evaluate", 5},
                                            {"library", 5}, {"render", 5},  {"cli", 6}};

std::string first_part(const std::string& path) {
  return path.substr(0, path.find('/'));
}

// The path of `#include "..."`, or nothing.
std::string own_include(const std::string& line) {
  static const std::string kStart = "#include \"";
  if (line.compare(0, kStart.size(), kStart) != 0) return "";
  return line.substr(kStart.size(), line.find('"', kStart.size()) - kStart.size());
}

// Without what follows `//`.
std::string code_of(const std::string& line) {
  return line.substr(0, line.find("//"));
}

}  // namespace

TEST_CASE("a room includes itself and lower floors") {
  std::size_t includes = 0;
  for (const auto& path : sources_under("src")) {
    const std::string room = first_part(std::filesystem::relative(path, root() / "src").string());
    INFO(shown(path));
    REQUIRE(kFloors.count(room) == 1);
    for (const auto& line : lines_of(text_of(path))) {
      const std::string included = own_include(line);
      if (included.empty()) continue;
      ++includes;
      INFO(line);
      const std::string from = first_part(included);
      REQUIRE(kFloors.count(from) == 1);
      CHECK((from == room || kFloors.at(from) < kFloors.at(room)));
      CHECK(std::filesystem::exists(root() / "src" / included));
    }
  }
  CHECK(includes > 50);
}

TEST_CASE("a source includes its own header first, which so compiles alone") {
  std::size_t pairs = 0;
  for (const auto& path : sources_under("src")) {
    auto header = path;
    header.replace_extension(".hpp");
    if (path.extension() != ".cpp" || !std::filesystem::exists(header)) continue;
    ++pairs;
    const auto lines = lines_of(text_of(path));
    const auto first = std::find_if(lines.begin(), lines.end(), [](const auto& line) { return line.compare(0, 8, "#include") == 0; });
    INFO(shown(path));
    REQUIRE(first != lines.end());
    CHECK(own_include(*first) == std::filesystem::relative(header, root() / "src").string());
  }
  CHECK(pairs > 100);
}

TEST_CASE("the front door shows nothing of the house behind it") {
  for (const auto& path : sources_under("include")) {
    for (const auto& line : lines_of(text_of(path))) {
      INFO(shown(path) << ": " << line);
      CHECK(own_include(line).empty());
      CHECK(line.find("#include <nlohmann") == line.npos);
      CHECK(line.find("#include <CLI") == line.npos);
    }
  }
}

TEST_CASE("every file says its licence first") {
  for (const char* folder : {"src", "include", "tests"}) {
    for (const auto& path : sources_under(folder)) {
      INFO(shown(path));
      CHECK(text_of(path).compare(0, 31, "// SPDX-License-Identifier: MIT") == 0);
    }
  }
}

TEST_CASE("what no source does") {
  // Start-up time, worst cases, data as a format string, programs started.
  const std::vector<std::string> never = {"<iostream>", "<regex>",      "std::regex", "std::cout",
                                          "std::cerr",  "fmt::runtime", "popen(",     "std::system("};
  // Library code never prints, exits or reads the environment: that is for the command line.
  const std::vector<std::string> only_in_cli = {"getenv(",    "std::exit(",   "std::abort(", "fmt::print(",
                                                "std::puts(", "std::printf(", "stderr",      "stdout"};
  for (const auto& path : sources_under("src")) {
    const std::string name = shown(path);
    for (const auto& line : lines_of(text_of(path))) {
      const std::string code = code_of(line);
      INFO(name << ": " << line);
      for (const auto& word : never) CHECK(code.find(word) == code.npos);
      if (name.compare(0, 8, "src/cli/") == 0) continue;
      for (const auto& word : only_in_cli) CHECK(code.find(word) == code.npos);
    }
  }
}

TEST_CASE("what belongs to one room stays there") {
  const std::vector<std::pair<std::string, std::vector<std::string>>> rooms = {
      {"<CLI/", {"cli"}},
      {"<nlohmann/", {"render", "cli", "library"}},
      {"<sqlite3.h>", {"library"}},
      {"<libstemmer.h>", {"text"}},
      {"<expat.h>", {"ingest"}},
      {"<gumbo.h>", {"ingest"}},
      {"<lzma.h>", {"ingest"}},
      {"<sys/mman.h>", {"storage", "base"}},  // files there, memory here
      {"<fcntl.h>", {"storage", "cli"}}};
  for (const auto& path : sources_under("src")) {
    const std::string room = first_part(std::filesystem::relative(path, root() / "src").string());
    for (const auto& line : lines_of(text_of(path))) {
      if (line.compare(0, 8, "#include") != 0) continue;
      INFO(shown(path) << ": " << line);
      for (const auto& [header, allowed] : rooms) {
        if (line.find(header) != line.npos) CHECK(std::count(allowed.begin(), allowed.end(), room) == 1);
      }
    }
  }
}
