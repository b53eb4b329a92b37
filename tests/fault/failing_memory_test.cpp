// SPDX-License-Identifier: MIT
// Memory that runs out: the nth allocation fails, once and for good, for n from the first to the last. Writing ends in
// std::bad_alloc or is done, the index is the old one or the new one, and the same work succeeds when there is memory
// again; reading digests and searching end in std::bad_alloc or give what they give otherwise. Nothing ends the program,
// whichever thread it happens in. Of the later allocations only a sample fails; ctest -C long -L long has all of them.
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "fault/library_of_three.hpp"
#include "search/searcher.hpp"
#include "storage/directory.hpp"
#include "support/catch.hpp"
#include "support/scratch.hpp"
#include "unit/ingest/gather.hpp"

namespace {

std::atomic<bool> armed{false};
std::atomic<bool> for_good{false};
std::atomic<long long> fail_at{0};
std::atomic<long long> asked_for{0};  // allocations since armed

[[gnu::noinline]] void* allocate(std::size_t size, std::size_t alignment) {
  if (armed) {
    const long long number = asked_for++;
    if (number == fail_at || (for_good && number > fail_at)) throw std::bad_alloc();
  }
  void* const memory = alignment <= alignof(std::max_align_t) ? std::malloc(size == 0 ? 1 : size)
                                                              : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

[[gnu::noinline]] void release(void* memory) noexcept { std::free(memory); }

}  // namespace

void* operator new(std::size_t size) { return allocate(size, 1); }
void* operator new(std::size_t size, std::align_val_t alignment) { return allocate(size, static_cast<std::size_t>(alignment)); }
// Those that do not throw: a sanitizer has its own, which do not go with a delete of ours.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  try {
    return allocate(size, 1);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void operator delete(void* memory, const std::nothrow_t&) noexcept { release(memory); }
void operator delete(void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }

using namespace digest;
using namespace digest::test;

namespace {

enum class Ended { done, out_of_memory };

// The work while its nth allocation fails. What ends otherwise than done or by bad_alloc fails the test.
template <typename Work>
Ended without_memory(long long n, bool from_then_on, Work work) {
  for_good = from_then_on;
  fail_at = n;
  asked_for = 0;
  armed = true;
  Ended ended = Ended::done;
  try {
    work();
  } catch (const std::bad_alloc&) {
    ended = Ended::out_of_memory;
  } catch (...) {
    armed = false;
    throw;
  }
  armed = false;
  return ended;
}

// try_one(n, for_good) for every n, or ever fewer of them, until no allocation is left to fail.
template <typename TryOne>
void every_allocation(bool all, TryOne try_one) {
  for (const bool from_then_on : {false, true}) {
    long long failures = 0;
    for (long long n = 0;; n += all ? 1 : 1 + n / 24) {
      INFO("allocation " << n << (from_then_on ? " and all after it" : ""));
      try_one(n, from_then_on);
      if (asked_for <= n) break;
      ++failures;
    }
    CHECK(failures > 20);
  }
}

void write(const std::string& path, std::size_t step, unsigned threads) {
  const auto directory = storage::open_fs_directory(path, storage::Create::yes);
  live(*directory, step, threads);
}

std::optional<Titles> held(const std::string& path) {
  return titles(*storage::open_fs_directory(path, storage::Create::yes));
}

void writing(bool all, unsigned threads) {
  const auto after = oracle();
  for (std::size_t step = 0; step < kSteps; ++step) {
    every_allocation(all, [&](long long n, bool from_then_on) {
      const Scratch scratch;
      const std::string path = scratch / "index";
      for (std::size_t earlier = 0; earlier < step; ++earlier) write(path, earlier, threads);
      const auto ended = without_memory(n, from_then_on, [&] { write(path, step, threads); });
      const auto found = held(path);
      CHECK((found == after[step + 1] || (ended == Ended::out_of_memory && found == after[step])));
      write(path, step, threads);
      CHECK(held(path) == after[step + 1]);
    });
  }
}

void searching(bool all) {
  FaultyDirectory directory;
  for (std::size_t step = 0; step < kSteps; ++step) live(directory, step);
  for (const char* query : {"grokking tickets", "\"small models\"", "grok* -heads", "loterry~1", "title:superposition year:2020..", "10.1000/Grokking"}) {
    const auto ask = [&] {
      const auto snapshot = index::Snapshot::open(directory, storage::Access::mapped);
      const search::Searcher searcher(*snapshot);
      SearchRequest request;
      request.query = query;
      request.explain = true;
      std::vector<std::string> ids;
      for (const Hit& hit : searcher.search(request, 20000).hits) ids.push_back(hit.id);
      return ids;
    };
    const auto expected = ask();
    every_allocation(all, [&](long long n, bool from_then_on) {
      INFO(query);
      std::vector<std::string> ids;
      if (without_memory(n, from_then_on, [&] { ids = ask(); }) == Ended::done) CHECK(ids == expected);
    });
  }
}

void reading(bool all) {
  for (const char* text : {
           "{\"title\": \"Counting beads\", \"abstract\": \"x\"}\n{\"title\": \"Again\"}\n",
           "@article{a, title = {Counting \\'e beads}, author = \"Bo and Al\", year = 2020}\n",
           "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><id>http://arxiv.org/abs/2405.15071v1</id>"
           "<title>Counting &eacute; beads</title><summary>We count.</summary></entry></feed>",
           "<html><body><div class=\"gs_ri\"><h3><a href=\"https://arxiv.org/abs/2405.15071\">Counting beads</a></h3><p>We count.</p></div></body></html>",
           "From: a@example.com\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\n\n{\"title\": \"Caf\xE9\"}\n{\"title\": \"x\"}\n",
           "TY  - JOUR\nTI  - Counting beads\nAB  - We count.\nER  - \n",
           "[{\"title\": \"Counting beads\", \"authors\": [\"Bo\"]}, {\"title\": \"Again\"}]"}) {
    const Gathered expected = run(text);
    every_allocation(all, [&](long long n, bool from_then_on) {
      INFO(text);
      Gathered found;
      if (without_memory(n, from_then_on, [&] { found = run(text); }) == Ended::done) CHECK(found.papers == expected.papers);
    });
  }
}

}  // namespace

TEST_CASE("without memory a writer gives up, and the index is the old one or the new one") { writing(false, 1); }
TEST_CASE("the same when it happens in any of its threads") { writing(false, 3); }
TEST_CASE("without memory a search gives up or gives its answer") { searching(false); }
TEST_CASE("without memory a reader gives up or reads all papers") { reading(false); }
TEST_CASE("every single allocation", "[.long]") {
  writing(true, 1);
  searching(true);
  reading(true);
}
