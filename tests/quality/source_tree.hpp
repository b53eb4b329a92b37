// SPDX-License-Identifier: MIT
// The project's own files, read by the tests that hold the house to its rules.
#pragma once
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace digest::test {

inline const std::filesystem::path& root() {
  static const std::filesystem::path path = DIGEST_SOURCE_DIR;
  return path;
}

inline std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

// Sources and headers under a folder, sorted.
inline std::vector<std::filesystem::path> sources_under(const std::string& folder) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root() / folder)) {
    const auto extension = entry.path().extension();
    if (extension == ".hpp" || extension == ".cpp") found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

inline std::string shown(const std::filesystem::path& path) {
  return std::filesystem::relative(path, root()).string();
}

}  // namespace digest::test
