// SPDX-License-Identifier: MIT
#include "base/date.hpp"

#include "support/catch.hpp"

using namespace digest;

TEST_CASE("a date without month or day is a range of days") {
  REQUIRE(parse_date("1970-01-01")->first == 0);
  REQUIRE(parse_date("2024")->first == days_from_civil(2024, 1, 1));
  REQUIRE(parse_date("2024")->last == days_from_civil(2024, 12, 31));
  REQUIRE(parse_date("2024-02")->last == days_from_civil(2024, 2, 29));
  REQUIRE(parse_date("2023-02")->last == days_from_civil(2023, 2, 28));
}

TEST_CASE("what is no date is none") {
  for (const char* text : {"", "24", "2024-13", "2024-00", "2023-02-29", "2024-1-1", "2024/01/01", "abcd", "2024-01-", "0999"}) {
    INFO(text);
    REQUIRE_FALSE(parse_date(text));
  }
}

TEST_CASE("days and civil dates are inverse, over four centuries") {
  for (std::int32_t day = -80000; day < 80000; day += 1) {
    const std::string text = civil_from_days(day);
    REQUIRE(parse_date(text)->first == day);
  }
}
