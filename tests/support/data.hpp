// SPDX-License-Identifier: MIT
// Data outside the project: found through DIGEST_TEST_DATA, or the test says that it was skipped.
#pragma once
#include <cstdlib>
#include <optional>
#include <string>

namespace digest::test {

inline std::optional<std::string> external_data(const std::string& name) {
  const char* root = std::getenv("DIGEST_TEST_DATA");
  if (root == nullptr || *root == '\0') return std::nullopt;
  return std::string(root) + "/" + name;
}

}  // namespace digest::test

// In a test case: DIGEST_NEEDS(path, "trending-digest.txt");
#define DIGEST_NEEDS(variable, name)                                                  \
  const auto variable##_found = digest::test::external_data(name);                    \
  if (!variable##_found) {                                                            \
    WARN("skipped: set DIGEST_TEST_DATA to the folder that holds " << (name));        \
    return;                                                                           \
  }                                                                                   \
  const std::string variable = *variable##_found
