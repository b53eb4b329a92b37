// SPDX-License-Identifier: MIT
#include "base/parallel.hpp"

#include <pthread.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <stdexcept>

#include "support/catch.hpp"

using namespace digest;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
constexpr bool kSanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool kSanitized = false;
#endif

constexpr std::size_t kStackBytes = std::size_t{64} << 20;

// What the work counts to in a child process whose address space has room for this many bytes more, each thread having a
// stack of 64 MiB.
template <typename Work>
int with_room_for(std::size_t bytes, Work work) {
  const pid_t child = ::fork();
  if (child == 0) {
    pthread_attr_t attributes;
    ::pthread_attr_init(&attributes);
    ::pthread_attr_setstacksize(&attributes, kStackBytes);
    ::pthread_setattr_default_np(&attributes);
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    const rlim_t most = pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) + bytes;
    const rlimit limit{most, most};
    ::setrlimit(RLIMIT_AS, &limit);
    ::_exit(work());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int parts_done() {
  std::atomic<int> done{0};
  parallel_for(8, 100, [&](std::size_t) { ++done; });
  return done;
}

int jobs_done() {
  std::atomic<int> done{0};
  WorkQueue queue(8);
  for (int i = 0; i < 100; ++i) queue.submit([&](unsigned worker) { done += worker < queue.workers() ? 1 : 0; });
  queue.wait_all();
  return done;
}

}  // namespace

TEST_CASE("all parts are done, whatever the number of threads") {
  CHECK(parts_done() == 100);
  CHECK(jobs_done() == 100);
}

TEST_CASE("threads that the system refuses, all of them or the second, are done without") {
  if (kSanitized) return;  // they need the address space themselves
  for (const std::size_t room : {std::size_t{8} << 20, kStackBytes + (std::size_t{32} << 20)}) {
    CHECK(with_room_for(room, parts_done) == 100);
    CHECK(with_room_for(room, jobs_done) == 100);
  }
  // The test can fail: that is what happens otherwise.
  CHECK(with_room_for(std::size_t{8} << 20, [] {
          std::vector<std::thread> threads;
          return start_thread(threads, [] {}) ? 1 : 2;
        }) == 2);
}

TEST_CASE("what a part throws is thrown to the caller, after all threads have ended") {
  CHECK_THROWS_AS(parallel_for(4, 50, [](std::size_t part) { if (part == 7) throw std::runtime_error("seven"); }), std::runtime_error);
  WorkQueue queue(3);
  const auto submit = [&] {
    for (int i = 0; i < 50; ++i) queue.submit([i](unsigned) { if (i == 7) throw std::runtime_error("seven"); });
    queue.wait_all();
  };
  CHECK_THROWS_AS(submit(), std::runtime_error);
}
