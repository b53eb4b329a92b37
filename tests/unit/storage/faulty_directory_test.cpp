// SPDX-License-Identifier: MIT
// The tool that the fault tests stand on: it must find the mistakes it is there to find.
#include "support/faulty_directory.hpp"

#include <digest/error.hpp>

#include <set>

#include "support/catch.hpp"

using namespace digest;
using digest::test::FaultyDirectory;
using digest::test::Files;

namespace {

std::set<Files> states_at_the_end(const test::Recording& recording) {
  std::set<Files> states;
  test::for_each_crash_state(recording, [&](std::size_t done, const Files& files) {
    if (done == recording.operations.size()) states.insert(files);
  });
  return states;
}

// Replaces `current` by way of `next`, with every sync that this needs.
void replace(FaultyDirectory& directory) {
  auto file = directory.create("next");
  file->append("new!");
  file->sync();
  file->close();
  directory.rename("next", "current");
  directory.sync();
}

}  // namespace

TEST_CASE("an unsynced file is empty, torn, zeroed or whole, if its name is there at all") {
  FaultyDirectory directory;
  directory.create("a")->append("1234");
  CHECK(states_at_the_end(directory.recording()) ==
        std::set<Files>{{}, {{"a", ""}}, {{"a", "12"}}, {{"a", std::string(4, '\0')}}, {{"a", "1234"}}});
}

TEST_CASE("a synced file keeps its bytes, but not its name until the directory is synced") {
  FaultyDirectory directory;
  const auto file = directory.create("a");
  file->append("1234");
  file->sync();
  CHECK(states_at_the_end(directory.recording()) == std::set<Files>{{}, {{"a", "1234"}}});
  directory.sync();
  CHECK(states_at_the_end(directory.recording()) == std::set<Files>{{{"a", "1234"}}});
  file->append("56");
  CHECK(states_at_the_end(directory.recording()).count({{"a", "12345"}}) == 1);
  CHECK(states_at_the_end(directory.recording()).count({{"a", ""}}) == 0);
}

TEST_CASE("removals and renames happen or not, in any combination") {
  FaultyDirectory directory(Files{{"a", "A"}, {"b", "B"}});
  directory.remove("a");
  directory.rename("b", "c");
  CHECK(states_at_the_end(directory.recording()) ==
        std::set<Files>{{{"a", "A"}, {"b", "B"}}, {{"b", "B"}}, {{"a", "A"}, {"c", "B"}}, {{"c", "B"}}});
}

TEST_CASE("a safe replacement is old or new at every moment; without one of its syncs it is not") {
  FaultyDirectory directory(Files{{"current", "old"}});
  replace(directory);
  const auto recording = directory.recording();
  const auto is_safe = [](const test::Recording& asked) {
    bool safe = true;
    test::for_each_crash_state(asked, [&](std::size_t done, const Files& files) {
      const auto at = files.find("current");
      const bool is_old = at != files.end() && at->second == "old",
                 is_new = at != files.end() && at->second == "new!";
      safe = safe && (is_new || (is_old && done < asked.operations.size()));
    });
    return safe;
  };
  CHECK(is_safe(recording));
  std::size_t syncs = 0;
  for (std::size_t i = 0; i < recording.operations.size(); ++i) {
    const auto kind = recording.operations[i].kind;
    if (kind != test::Operation::sync_file && kind != test::Operation::sync_directory) continue;
    ++syncs;
    INFO(test::describe(recording, i));
    CHECK_FALSE(is_safe(test::without(recording, i)));
  }
  CHECK(syncs == 2);
}

TEST_CASE("the nth operation fails, once or for good") {
  FaultyDirectory counting(Files{{"current", "old"}});
  replace(counting);
  const auto operations = counting.operations_counted();
  CHECK(operations == 6);
  for (std::uint64_t n = 0; n < operations; ++n) {
    for (const bool for_good : {false, true}) {
      FaultyDirectory directory(Files{{"current", "old"}});
      directory.set_faults({n, for_good, {}});
      CHECK_THROWS_AS(replace(directory), Error);
      if (for_good) {
        CHECK_THROWS_AS(directory.list(), Error);
      } else {
        CHECK_NOTHROW(directory.list());
      }
    }
  }
}

TEST_CASE("a full disk takes what fits") {
  FaultyDirectory directory(Files{{"current", "old"}});
  directory.set_faults({{}, false, 5});
  const auto file = directory.create("next");
  CHECK_THROWS_AS(file->append("new!"), Error);
  CHECK(directory.files() == Files{{"current", "old"}, {"next", "ne"}});
  directory.remove("current");
  CHECK_NOTHROW(file->append("w!"));
}
