// SPDX-License-Identifier: MIT
#include <digest/error.hpp>

#include "base/date.hpp"
#include "cli/arguments.hpp"
#include "support/catch.hpp"

using namespace digest;
using namespace digest::cli;

namespace {

const std::int32_t kToday = days_from_civil(2025, 3, 11);

std::optional<std::int32_t> since(const std::string& text) {
  return day(Arguments::parse({"search", "--since", text, "x"}), "since", kToday, Edge::first);
}
std::optional<std::uint64_t> memory(const std::string& text) {
  return size(Arguments::parse({"index", "--memory", text, "x"}), "memory");
}

}  // namespace

TEST_CASE("days: dates, and back from today") {
  CHECK(since("2024") == days_from_civil(2024, 1, 1));
  CHECK(since("2024-03") == days_from_civil(2024, 3, 1));
  CHECK(since("7d") == kToday - 7);
  CHECK(since("2w") == kToday - 14);
  CHECK(since("today") == kToday);
  CHECK(day(Arguments::parse({"search", "--until", "2024-02", "x"}), "until", kToday, Edge::last) ==
        days_from_civil(2024, 2, 29));
  for (const char* bad : {"", "d", "x", "2024-13", "-7d", "99999999999d", "7q"})
    CHECK_THROWS_AS(since(bad), Error);
}

TEST_CASE("sizes") {
  CHECK(memory("512M") == 512ULL << 20);
  CHECK(memory("2G") == 2ULL << 30);
  CHECK(memory("64KiB") == 64ULL << 10);
  CHECK(memory("1000") == 1000);
  for (const char* bad : {"", "M", "0", "-1", "1T1", "99999999999999999999G", "1.5G"})
    CHECK_THROWS_AS(memory(bad), Error);
}

TEST_CASE("numbers are whole texts") {
  const auto limit = [](const std::string& text) {
    return whole_number(Arguments::parse({"search", "-n", text, "x"}), "limit");
  };
  CHECK(limit("0") == 0);
  CHECK(limit("18446744073709551615") == UINT64_MAX);
  for (const char* bad : {"", "ten", "1 ", "-1", "18446744073709551616", "1e3"})
    CHECK_THROWS_AS(limit(bad), Error);
  const auto b = [](const std::string& text) {
    return number(Arguments::parse({"search", "--b", text, "x"}), "b");
  };
  CHECK(b("0.4") == 0.4);
  CHECK_THROWS_AS(b("-1"), Error);  // it lies between 0 and 1
  for (const char* bad : {"", "nan", "inf", "1e999", "0,4"}) CHECK_THROWS_AS(b(bad), Error);
  CHECK_FALSE(whole_number(Arguments::parse({"search", "x"}), "limit").has_value());
}
