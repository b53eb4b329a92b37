// SPDX-License-Identifier: MIT
// A small index with one bit turned, or one file cut short, in every place: no question asked of it crashes or hangs,
// and `check` finds the damage and names the file. The long form, ctest -C long -L long, turns every bit there is.
#include <algorithm>

#include "fuzz/small_index.hpp"
#include "index/snapshot.hpp"
#include "support/catch.hpp"

using namespace digest;
using namespace digest::test;

namespace {

void expect_found(const Files& files, const std::string& name) {
  const auto damage = index::check_index(FaultyDirectory(files)).damage;
  const bool named = std::any_of(damage.begin(), damage.end(), [&](const index::Damage& one) { return one.file == name; });
  CHECK(named);
}

// Every `step`-th bit, so that over all bytes each of the eight has its turn.
void turn_bits(const Files& whole, std::size_t step, std::size_t ask_every) {
  std::size_t turned = 0;
  for (const auto& [name, bytes] : whole) {
    for (std::size_t bit = 0; bit < bytes.size() * 8; bit += step) {
      Files files = whole;
      files[name][bit / 8] = static_cast<char>(files[name][bit / 8] ^ (1 << bit % 8));
      INFO(name << ", byte " << bit / 8 << ", bit " << bit % 8);
      expect_found(files, name);
      if (turned++ % ask_every == 0) ask_everything(files, turned % 2 == 0 ? Asked::mapped : Asked::small_reads);
    }
  }
  CHECK(turned > 1000);
}

void cut(const Files& whole, std::size_t step, std::size_t ask_every) {
  std::size_t cuts = 0;
  for (const auto& [name, bytes] : whole) {
    for (std::size_t left = 0; left < bytes.size(); left += step) {
      Files files = whole;
      files[name].resize(left);
      INFO(name << ", " << left << " bytes left");
      expect_found(files, name);
      if (cuts++ % ask_every == 0) ask_everything(files, cuts % 2 == 0 ? Asked::mapped : Asked::small_reads);
    }
  }
}

Files small() {
  Files files = small_index(0);
  files.erase("lock");
  return files;
}

}  // namespace

TEST_CASE("whatever bit of an index is turned, check finds it and nothing crashes") { turn_bits(small(), 13, 31); }

TEST_CASE("wherever a file of an index ends early, check finds it and nothing crashes") { cut(small(), 3, 11); }

TEST_CASE("with right checksums around them, turned bits are answered or refused") {
  const Files whole = small();
  for (const auto& [name, bytes] : whole) {
    for (std::size_t bit = 0; bit < bytes.size() * 8; bit += 127) {
      Files files = whole;
      files[name][bit / 8] = static_cast<char>(files[name][bit / 8] ^ (1 << bit % 8));
      repair_checksums(files);
      ask_everything(files, bit % 2 == 0 ? Asked::mapped : Asked::small_reads);
      only_errors([&] { (void)index::check_index(FaultyDirectory(files)); });
    }
  }
}

TEST_CASE("every bit, and every length", "[.long]") {
  turn_bits(small(), 1, 1);
  cut(small(), 1, 1);
}
