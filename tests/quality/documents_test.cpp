// SPDX-License-Identifier: MIT
// Documents drift unless something holds on to them: the paths, commands and packages they name are checked
// here.
#include <set>

#include "quality/source_tree.hpp"
#include "support/catch.hpp"

using namespace digest::test;

namespace {

// What stands between single backquotes, fenced blocks left out.
std::vector<std::string> quoted(const std::string& text) {
  std::vector<std::string> found;
  bool fenced = false;
  for (const auto& line : lines_of(text)) {
    if (line.compare(0, 3, "```") == 0) fenced = !fenced;
    if (fenced || line.compare(0, 4, "    ") == 0) continue;
    for (std::size_t open = line.find('`'); open != line.npos;) {
      const auto close = line.find('`', open + 1);
      if (close == line.npos) break;
      found.push_back(line.substr(open + 1, close - open - 1));
      open = line.find('`', close + 1);
    }
  }
  return found;
}

// A path in the project, by its look: it begins with one of the top folders.
bool looks_like_path(const std::string& text) {
  if (text.find_first_of(" *<>|$") != text.npos) return false;
  for (const char* top : {"src/", "include/", "tests/", "data/"}) {
    if (text.compare(0, std::string(top).size(), top) == 0) return true;
  }
  return false;
}

std::set<std::string> words_of(const std::string& text) {
  std::set<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if (c == ' ' || c == '\n' || c == ')' || c == '"') {
      if (!word.empty()) words.insert(word);
      word.clear();
    } else {
      word += c;
    }
  }
  return words;
}

std::string line_with(const std::string& text, const std::string& part) {
  for (const auto& line : lines_of(text)) {
    if (line.find(part) != line.npos) return line;
  }
  return "";
}

}  // namespace

TEST_CASE("paths named in documents exist") {
  std::size_t named = 0;
  for (const char* document :
       {"README.md", "src/ARCHITECTURE.md", "data/README.md", "tests/bench/README.md"}) {
    REQUIRE(std::filesystem::exists(root() / document));
    for (const auto& text : quoted(text_of(root() / document))) {
      if (!looks_like_path(text)) continue;
      ++named;
      INFO(document << " names " << text);
      CHECK(std::filesystem::exists(root() / text));
    }
  }
  CHECK(named > 20);
}

TEST_CASE("every room has its place in the architecture") {
  const std::string text = text_of(root() / "src/ARCHITECTURE.md");
  for (const auto& entry : std::filesystem::directory_iterator(root() / "src")) {
    if (!entry.is_directory()) continue;
    INFO(entry.path());
    CHECK(text.find("`src/" + entry.path().filename().string() + "`") != text.npos);
  }
}

TEST_CASE("the README's two lines install what the build asks for, and name presets that exist") {
  const std::string readme = text_of(root() / "README.md");
  const std::string presets = text_of(root() / "CMakePresets.json");
  const std::string dependencies = text_of(root() / "src/cmake/DigestDependencies.cmake");
  const auto begin = dependencies.find("set(_digest_packages") + 20;
  const auto packages = words_of(dependencies.substr(begin, dependencies.find(')', begin) - begin));
  CHECK(packages.size() >= 10);
  for (const char* preset : {"demo", "test"}) {
    const std::string line = line_with(readme, std::string("cmake --workflow --preset ") + preset);
    INFO(line);
    CHECK(presets.find(std::string("\"name\": \"") + preset + "\"") != presets.npos);
    const auto words = words_of(line);
    for (const auto& package : packages) {
      INFO(package);
      CHECK(words.count(package) == 1);
    }
    for (const char* tool : {"g++", "cmake", "ninja-build", "pkg-config"}) CHECK(words.count(tool) == 1);
  }
}

TEST_CASE("the sample digest is what its description says") {
  const std::string text = text_of(root() / "data/well-known-papers.txt");
  const auto lines = lines_of(text);
  CHECK(text.back() != '\n');
  std::size_t abstracts = 0, about_grokking = 0;
  for (const auto& line : lines) {
    if (line.size() < 240) continue;
    ++abstracts;
    if (line.find("rokking") != line.npos) ++about_grokking;
  }
  CHECK(abstracts == 65);
  CHECK(about_grokking >= 4);
  CHECK(lines_of(text_of(root() / "data/well-known-papers.jsonl")).size() == 65);
}
