// SPDX-License-Identifier: MIT
// A disk that refuses: the nth operation fails, for every n, once and for good; and a disk that is full at
// every size. The writer ends with an error, the index is what it was (or, if only the last steps failed,
// what it was to become), and once the disk is well the same work succeeds.
#include "fault/library_of_three.hpp"
#include "support/catch.hpp"

using namespace digest;
using namespace digest::test;

namespace {

// The files after the first `steps` commits.
Files files_after(std::size_t steps) {
  FaultyDirectory directory;
  for (std::size_t step = 0; step < steps; ++step) live(directory, step);
  return directory.files();
}

// Whether the step came to its end.
bool succeeds(FaultyDirectory& directory, std::size_t step) {
  try {
    live(directory, step);
    return true;
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::io);
    return false;
  }
}

void check_after_failure(FaultyDirectory& directory, std::size_t step,
                         const std::vector<std::optional<Titles>>& after) {
  directory.set_faults({});
  const auto found = titles(directory);
  CHECK((found == after[step] || found == after[step + 1]));
  live(directory, step);
  CHECK(titles(directory) == after[step + 1]);
}

}  // namespace

TEST_CASE("whichever operation fails, the index stays whole and the work can be repeated") {
  const auto after = oracle();
  for (std::size_t step = 0; step < kSteps; ++step) {
    const Files before = files_after(step);
    for (const bool for_good : {false, true}) {
      std::size_t failures = 0;
      for (std::uint64_t n = 0;; ++n) {
        INFO("commit " << step + 1 << ", operation " << n << (for_good ? " and all after it" : ""));
        FaultyDirectory directory(before);
        directory.set_faults({n, for_good, {}});
        const bool succeeded = succeeds(directory, step);
        if (directory.operations_counted() <= n) {  // nothing was left to fail
          CHECK(succeeded);
          break;
        }
        if (succeeded) {  // only clearing up failed, which is nobody's loss
          directory.set_faults({});
          CHECK(titles(directory) == after[step + 1]);
          continue;
        }
        ++failures;
        check_after_failure(directory, step, after);
      }
      CHECK(failures > 10);
    }
  }
}

TEST_CASE("however little space is left, the index stays whole and the work can be repeated") {
  const auto after = oracle();
  for (std::size_t step = 0; step < kSteps; ++step) {
    const Files before = files_after(step);
    std::uint64_t used = 0;
    for (const auto& [name, bytes] : before) used += bytes.size();
    std::size_t failures = 0;
    for (std::uint64_t free = 0;; free += 997) {
      INFO("commit " << step + 1 << ", " << free << " bytes free");
      FaultyDirectory directory(before);
      directory.set_faults({{}, false, used + free});
      if (succeeds(directory, step)) break;
      ++failures;
      check_after_failure(directory, step, after);
    }
    CHECK(failures > 2);
  }
}
