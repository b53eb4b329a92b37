// SPDX-License-Identifier: MIT
#include "base/memory.hpp"

#include <string>
#include <vector>

#include "support/catch.hpp"

using digest::release;

TEST_CASE("release() frees what an assignment of nothing may keep") {
  std::string text(100'000, 'x');
  release(text);
  CHECK(text.empty());
  CHECK(text.capacity() == std::string().capacity());
  std::vector<int> numbers(1000, 7);
  release(numbers);
  CHECK(numbers.capacity() == 0);
}
