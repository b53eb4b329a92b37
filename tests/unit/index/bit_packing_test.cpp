// SPDX-License-Identifier: MIT
#include "index/bit_packing.hpp"

#include <digest/error.hpp>

#include <random>
#include <vector>

#include "support/catch.hpp"

using namespace digest::index;

TEST_CASE("packed numbers come back, whatever their number and width") {
  std::mt19937 engine(1);
  const auto random = [&] { return static_cast<std::uint32_t>(engine()); };
  for (unsigned width = 0; width <= 32; ++width) {
    for (std::size_t count = 1; count <= kBlockSize; ++count) {
      std::vector<std::uint32_t> values(count), back(kBlockSize);
      for (std::uint32_t& value : values) {
        value = width == 0 ? 0 : random() >> (32 - width);
        if (random() % 20 == 0) value = random() >> (random() % 32);  // a patch
      }
      std::string bytes;
      append_packed(bytes, values.data(), count);
      REQUIRE(packed_size(bytes + "tail", count) == bytes.size());
      REQUIRE(unpack(bytes + "tail", count, back.data()) == bytes.size());
      back.resize(count);
      REQUIRE(back == values);
    }
  }
}

TEST_CASE("gaps are summed up and counts counted from one, as done number by number") {
  std::mt19937 engine(3);
  const auto random = [&] { return static_cast<std::uint32_t>(engine()); };
  for (int round = 0; round < 4000; ++round) {
    const std::size_t count = round % 2 == 0 ? kBlockSize : 1 + random() % kBlockSize;
    const unsigned width = random() % 21;
    const std::uint32_t before = random() % 3 == 0 ? ~0U : random() % 1000000;
    std::vector<std::uint32_t> gaps(count), back(kBlockSize), papers;
    for (std::uint32_t& gap : gaps) {
      gap = width == 0 ? 0 : random() >> (32 - width);
      if (random() % 30 == 0) gap = random() >> (8 + random() % 24);  // a patch
    }
    std::string bytes;
    append_packed(bytes, gaps.data(), count);
    std::uint64_t sum = before + 1U;
    for (const std::uint32_t gap : gaps) {
      sum += gap;
      papers.push_back(static_cast<std::uint32_t>(sum++));
    }
    const Ascending ascending = unpack_ascending(bytes + "tail", count, back.data(), before);
    REQUIRE(ascending.size == bytes.size());
    REQUIRE(ascending.last == sum - 1);
    back.resize(count);
    REQUIRE(back == papers);

    back.resize(kBlockSize);
    std::uint32_t any = 0;
    for (const std::uint32_t gap : gaps) any |= gap;
    REQUIRE(unpack_plus_one(bytes, count, back.data()) == any);
    for (std::size_t i = 0; i < count; ++i) REQUIRE(back[i] == gaps[i] + 1);
  }
}

TEST_CASE("a sum that needs more than 32 bits is told, and so is a count that wraps") {
  std::vector<std::uint32_t> values(kBlockSize, 0), back(kBlockSize);
  values[5] = ~0U - 3;
  std::string bytes;
  append_packed(bytes, values.data(), kBlockSize);
  REQUIRE(unpack_ascending(bytes, kBlockSize, back.data(), 0).last == std::uint64_t{~0U - 3} + kBlockSize);
  values[5] = ~0U;
  bytes.clear();
  append_packed(bytes, values.data(), kBlockSize);
  REQUIRE(unpack_plus_one(bytes, kBlockSize, back.data()) == ~0U);
}

TEST_CASE("single numbers and sums are those of the whole block") {
  std::mt19937 engine(3);
  const auto random = [&] { return static_cast<std::uint32_t>(engine()); };
  for (int round = 0; round < 2000; ++round) {
    const std::size_t count = round % 2 == 0 ? kBlockSize : 1 + random() % kBlockSize;
    std::vector<std::uint32_t> values(count), sums(count + 1);
    const unsigned shift = random() % 33;
    for (std::uint32_t& value : values) {
      value = shift == 32 ? 0 : random() >> shift;
      if (random() % 20 == 0) value = random() >> (random() % 32);  // a patch
    }
    std::string bytes;
    append_packed(bytes, values.data(), count);
    const PackedNumbers numbers(bytes, count);
    running_sums(values.data(), count, sums.data());
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
      REQUIRE(numbers.at(i) == values[i]);
      REQUIRE(numbers.at_least(i) <= values[i]);
      REQUIRE(sums[i] == sum);
      sum += values[i];
    }
    REQUIRE(sums[count] == sum);
  }
}

TEST_CASE("patches out of order are damage where numbers are summed up") {
  std::vector<std::uint32_t> values(kBlockSize, 1), back(kBlockSize);
  values[20] = 1000, values[90] = 2000;
  std::string bytes;
  append_packed(bytes, values.data(), kBlockSize);
  REQUIRE(bytes[1] == 2);  // patches
  REQUIRE(unpack_ascending(bytes, kBlockSize, back.data(), ~0U).last == 2 * kBlockSize - 1 + 999 + 1999);
  const std::size_t first = bytes.find(static_cast<char>(20), 2), second = bytes.find(static_cast<char>(90), first);
  std::swap(bytes[first], bytes[second]);
  REQUIRE_THROWS_AS(unpack_ascending(bytes, kBlockSize, back.data(), ~0U), digest::Error);
}

TEST_CASE("damaged blocks are refused or decode to something, within their bounds") {
  std::mt19937 engine(2);
  const auto random = [&] { return static_cast<std::uint32_t>(engine()); };
  std::uint32_t values[kBlockSize];
  for (int round = 0; round < 20000; ++round) {
    std::string bytes(random() % 200, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    const std::size_t count = 1 + random() % kBlockSize;
    try {
      const std::size_t used = unpack(bytes, count, values);
      REQUIRE(used <= bytes.size());
      std::size_t ascending = used;  // or refused: patches out of order
      try {
        ascending = unpack_ascending(bytes, count, values, ~0U).size;
      } catch (const digest::Error&) {
      }
      REQUIRE(ascending == used);
      unpack_plus_one(bytes, count, values);
      (void)PackedNumbers(bytes, count).at(random() % count);
    } catch (const digest::Error& error) {
      REQUIRE(error.kind() == digest::ErrorKind::corrupt);
    }
  }
}
