// SPDX-License-Identifier: MIT
// A small index with some bytes changed: segments, tombstones, commits. The first byte says which index, whether the
// checksums are put right again, and how it is read; then come changes. With checksums as they were, `check` must find
// every one of them.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "fuzz/small_index.hpp"
#include "index/snapshot.hpp"

namespace {

using namespace digest::test;

void put(std::string& bytes, std::size_t at, std::uint64_t value, std::size_t width) {
  for (std::size_t i = 0; i < width && at + i < bytes.size(); ++i) bytes[at + i] = static_cast<char>(value >> (8 * i));
}

std::uint64_t odd_number(std::uint8_t which, std::size_t size) {
  const std::uint64_t kOdd[] = {0, 1, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, ~0ULL, 1ULL << 63, size, size - 1, size + 1};
  return kOdd[which % std::size(kOdd)];
}

// Where: from the front, from the end (there is the table of contents), or scaled over the whole.
std::size_t place(Decisions& decide, std::size_t size) {
  const std::uint8_t from = decide.byte();
  const std::size_t at = decide.word();
  if (from % 3 == 0) return at % size;
  if (from % 3 == 1) return size - 1 - at % std::min<std::size_t>(size, 1024);
  return at * size / 65536;
}

void change(Files& files, Decisions& decide) {
  auto file = std::next(files.begin(), decide.byte() % static_cast<std::ptrdiff_t>(files.size()));
  std::string& bytes = file->second;
  if (bytes.empty()) return;
  const std::size_t at = place(decide, bytes.size());
  const std::uint8_t how = decide.byte(), value = decide.byte();
  switch (how % 8) {
    case 0: bytes[at] = static_cast<char>(bytes[at] ^ (1 << value % 8)); break;
    case 1: bytes[at] = static_cast<char>(value); break;
    case 2: put(bytes, at / 4 * 4, odd_number(value, bytes.size()), 4); break;
    case 3: put(bytes, at / 8 * 8, odd_number(value, bytes.size()), 8); break;
    case 4: put(bytes, at, value, 4); break;
    case 5: bytes.resize(at); break;
    case 6: bytes.insert(at, value, static_cast<char>(value)); break;
    default: {
      const std::size_t from = place(decide, bytes.size());
      const std::string piece = bytes.substr(from, value);
      bytes.replace(at, std::min(piece.size(), bytes.size() - at), piece);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Decisions decide(data, size);
  const std::uint8_t head = decide.byte();
  const Files& before = small_index(head & 1U);
  Files files = before;
  files.erase("lock");
  const Files clean = files;
  for (int i = 0; i < 16 && !decide.empty(); ++i) change(files, decide);
  const bool repaired = (head & 2U) != 0;
  if (repaired) repair_checksums(files);
  ask_everything(files, (head & 4U) != 0 ? Asked::mapped : Asked::small_reads);
  if ((head & 8U) != 0) write_on(files);
  const auto check = [&] { return digest::index::check_index(FaultyDirectory(files)).damage.empty(); };
  if (repaired) {
    only_errors(check);  // it may be of another version
  } else if (check() != (files == clean)) {
    std::fprintf(stderr, "damage that check does not find, or finds where there is none\n");
    std::abort();
  }
  return 0;
}
