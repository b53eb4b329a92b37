// SPDX-License-Identifier: MIT
// The values of flags: numbers, sizes, days.
#include <fmt/format.h>
#include <digest/error.hpp>
#include <digest/search.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/date.hpp"
#include "cli/arguments.hpp"
#include "cli/nearest.hpp"

namespace digest::cli {
namespace {

constexpr std::string_view kWholeWanted = "a whole number, 0 or more, is wanted",
                           kNumberWanted = "a number such as 0.9 is wanted",
                           kSizeWanted = "a size such as 256M or 2G is wanted";

[[noreturn]] void wrong_value(std::string_view label, std::string_view value, std::string_view wanted) {
  throw Error(ErrorKind::usage, fmt::format("{} cannot be `{}`: {}.", label, value, wanted));
}

[[noreturn]] void wrong(std::string_view flag, std::string_view value, std::string_view wanted) {
  wrong_value(fmt::format("`--{}`", flag), value, wanted);
}

template <typename Number>
std::optional<Number> whole(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "7d" and its kin, counted back from today.
std::optional<std::int32_t> days_ago(std::string_view text, std::int32_t today) {
  if (text.size() < 2) return std::nullopt;
  constexpr std::uint32_t kMost = 40'000;  // more than a century of days
  const auto count = whole<std::uint32_t>(text.substr(0, text.size() - 1));
  if (!count || *count > kMost) return std::nullopt;
  const auto n = static_cast<std::int32_t>(*count);
  switch (text.back()) {
    case 'd':
      return today - n;
    case 'w':
      return today - 7 * n;
    case 'm':
      return today - 30 * n;
    case 'y':
      return today - 365 * n;
    default:
      return std::nullopt;
  }
}

std::optional<double> real(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> bytes(std::string_view digits) {
  const auto drop = [&digits](std::string_view end) {
    if (digits.size() > end.size() && digits.substr(digits.size() - end.size()) == end)
      digits.remove_suffix(end.size());
  };
  drop("B");
  drop("i");
  unsigned shift = 0;
  if (!digits.empty()) {
    switch (digits.back()) {
      case 'k':
      case 'K':
        shift = 10;
        break;
      case 'm':
      case 'M':
        shift = 20;
        break;
      case 'g':
      case 'G':
        shift = 30;
        break;
      default:
        break;
    }
    if (shift != 0) digits.remove_suffix(1);
  }
  const auto value = whole<std::uint64_t>(digits);
  if (!value || *value == 0 || *value > (std::numeric_limits<std::uint64_t>::max() >> shift))
    return std::nullopt;
  return *value << shift;
}

void check_choice(const Flag& flag, std::string_view label, std::string_view value) {
  const auto choices = split(flag.choices, '|');
  if (choices.empty() || std::find(choices.begin(), choices.end(), value) != choices.end()) return;
  const std::string close = nearest(value, choices);
  throw Error(ErrorKind::usage, fmt::format("{} cannot be `{}`.{} It is one of {}.", label, value,
                                            close.empty() ? "" : fmt::format(" Did you mean `{}`?", close),
                                            fmt::join(choices, ", ")));
}

void check_number(const Flag& flag, std::string_view label, std::string_view text) {
  const auto value = real(text);
  if (!value) wrong_value(label, text, kNumberWanted);
  if (flag.name == "min-score") return;
  if (flag.name == "b" && (*value < 0 || *value > 1)) wrong_value(label, text, "it lies between 0 and 1");
  if (flag.name == "k1" && (*value < 0 || *value > kMaxK1)) wrong_value(label, text, fmt::format("it lies between 0 and {}", kMaxK1));
  if (*value < 0) wrong_value(label, text, "it is never below 0");
}

}  // namespace

void check_value(const Flag& flag, std::string_view label, std::string_view value) {
  check_choice(flag, label, value);
  if (flag.value == "N" && !whole<std::uint64_t>(value)) wrong_value(label, value, kWholeWanted);
  if (flag.value == "WORDS" && value != "none" && !whole<std::uint64_t>(value))
    wrong_value(label, value, "a number of words, or `none`, is wanted");
  if (flag.value == "SIZE" && !bytes(value)) wrong_value(label, value, kSizeWanted);
  if (flag.value == "X") check_number(flag, label, value);
}

std::optional<std::uint64_t> whole_number(const Arguments& arguments, std::string_view flag) {
  const auto text = arguments.value(flag);
  if (!text) return std::nullopt;
  const auto value = whole<std::uint64_t>(*text);
  if (!value) wrong(flag, *text, kWholeWanted);
  return value;
}

std::optional<double> number(const Arguments& arguments, std::string_view flag) {
  const auto text = arguments.value(flag);
  if (!text) return std::nullopt;
  const auto value = real(*text);
  if (!value) wrong(flag, *text, kNumberWanted);
  return value;
}

std::optional<std::int32_t> day(const Arguments& arguments, std::string_view flag, std::int32_t today,
                                Edge edge) {
  const auto text = arguments.value(flag);
  if (!text) return std::nullopt;
  if (const auto range = parse_date(*text)) return edge == Edge::first ? range->first : range->last;
  if (*text == "today") return today;
  if (*text == "yesterday") return today - 1;
  if (const auto back = days_ago(*text, today)) return back;
  wrong(flag, *text,
        "a date (2024, 2024-03, 2024-03-11) or a time back from today (7d, 2w, 3m, 1y) is wanted");
}

std::optional<std::uint64_t> size(const Arguments& arguments, std::string_view flag) {
  const auto text = arguments.value(flag);
  if (!text) return std::nullopt;
  const auto value = bytes(*text);
  if (!value) wrong(flag, *text, kSizeWanted);
  return value;
}

}  // namespace digest::cli
