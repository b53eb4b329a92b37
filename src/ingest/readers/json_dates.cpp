// SPDX-License-Identifier: MIT
#include <array>
#include <cstdint>

#include "base/date.hpp"
#include "ingest/cleaning.hpp"
#include "ingest/readers/json_text.hpp"

namespace digest::ingest {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

std::string two_digits(std::uint64_t number) {
  return (number < 10 ? "-0" : "-") + std::to_string(number);
}

std::uint64_t number_of(const element& value) {
  std::uint64_t number = 0;
  if (value.get(number) == simdjson::SUCCESS) return number;
  for (const char c : json_text(value)) {
    if (c < '0' || c > '9' || number > 100'000) return 0;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return number;
}

std::string civil(std::uint64_t year, std::uint64_t month, std::uint64_t day) {
  if (year < 1000 || year > 9999) return {};
  std::string date = std::to_string(year);
  if (month < 1 || month > 12) return date;
  date += two_digits(month);
  if (day < 1 || day > 31) return date;
  return date + two_digits(day);
}

// CSL and Crossref: {"date-parts": [[2025, 1, 5]]}
std::string date_of_parts(const element& value) {
  array outer;
  array parts;
  if (value.get(outer) != simdjson::SUCCESS || outer.size() == 0 ||
      outer.at(0).get(parts) != simdjson::SUCCESS)
    return {};
  std::array<std::uint64_t, 3> number{};
  std::size_t count = 0;
  for (const element item : parts) {
    if (count == number.size()) break;
    number[count++] = number_of(item);
  }
  return civil(number[0], number[1], number[2]);
}

// A number is a year, or seconds or milliseconds since 1970.
std::string date_of_number(double number) {
  if (number >= 1000 && number <= 9999) return civil(static_cast<std::uint64_t>(number), 0, 0);
  if (number >= 1e11) number /= 1000;
  if (number < 1e8 || number > 1e11) return {};
  return civil_from_days(static_cast<std::int32_t>(number / 86400));
}

}  // namespace

std::string json_date(const element& value, std::string_view digest_date) {
  double number = 0;
  if (value.is_number() && value.get(number) == simdjson::SUCCESS) return date_of_number(number);
  object wrapped;
  if (value.get(wrapped) == simdjson::SUCCESS) {
    if (const auto parts = json_member(wrapped, "date-parts")) return date_of_parts(*parts);
    if (const auto inner = json_member(wrapped, "value")) return json_date(*inner, digest_date);
    for (const std::string_view key : {"raw", "literal", "date-time"}) {
      if (const std::string_view text = json_string_member(wrapped, key); !text.empty())
        return normalise_date(text, digest_date);
    }
    const auto year = json_member(wrapped, "year");
    return year ? civil(number_of(*year), 0, 0) : std::string();
  }
  array versions;  // arXiv snapshot: [{"version": "v1", "created": "Mon, 2 Apr 2007 ..."}]
  object first;
  if (value.get(versions) == simdjson::SUCCESS) {
    if (versions.size() == 0 || versions.at(0).get(first) != simdjson::SUCCESS) return {};
    const std::string_view created = json_string_member(first, "created");
    return normalise_date(created.empty() ? json_string_member(first, "date") : created, digest_date);
  }
  const std::string_view text = json_text(value);
  if (text.size() == 4 && number_of(value) >= 1000) return std::string(text);
  return normalise_date(text, digest_date);
}

}  // namespace digest::ingest
