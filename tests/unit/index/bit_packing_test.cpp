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
    } catch (const digest::Error& error) {
      REQUIRE(error.kind() == digest::ErrorKind::corrupt);
    }
  }
}
