// SPDX-License-Identifier: MIT
#include "storage/mapping.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <vector>

#include "storage/directory.hpp"
#include "support/catch.hpp"
#include "support/scratch.hpp"

using namespace digest;
using namespace digest::storage;
using Catch::Matchers::Contains;

namespace {

struct Outcome {
  int status = 0;
  std::string message;
};

// A child that maps a file, cuts it short and reads behind the cut.
template <typename Prepare>
Outcome read_behind_the_cut(Prepare prepare) {
  const test::Scratch scratch;
  test::write_file(scratch / "segment", std::string(100'000, 'x'));
  const std::string stderr_path = scratch / "stderr";
  const pid_t child = ::fork();
  if (child == 0) {
    // Not through the test program's own handler of signals.
    ::signal(SIGBUS, SIG_DFL);
    prepare();
    if (std::freopen(stderr_path.c_str(), "w", stderr) == nullptr) ::_exit(97);
    const auto directory = open_fs_directory(scratch.path(), Create::no);
    const auto file = directory->open("segment", Access::mapped);
    if (file->mapped().size() != 100'000) ::_exit(96);
    if (::truncate((scratch / "segment").c_str(), 0) != 0) ::_exit(95);
    volatile char byte = file->mapped()[50'000];
    ::_exit(byte == 'x' ? 94 : 93);
  }
  Outcome outcome;
  ::waitpid(child, &outcome.status, 0);
  outcome.message = test::read_file(stderr_path);
  return outcome;
}

}  // namespace

TEST_CASE("a mapped file cut short ends the program with a message") {
  const auto outcome = read_behind_the_cut([] { report_cut_mappings(); });
  REQUIRE(WIFEXITED(outcome.status));
  CHECK(WEXITSTATUS(outcome.status) == 2);
  CHECK_THAT(outcome.message, Contains("segment\" was cut short") && Contains("digest check"));
}

TEST_CASE("without the handler it is the system's signal: the test above can fail") {
  const auto outcome = read_behind_the_cut([] {});
  CHECK(WIFSIGNALED(outcome.status));
}

TEST_CASE("a bus error outside of our mappings keeps its meaning") {
  const pid_t child = ::fork();
  if (child == 0) {
    report_cut_mappings();
    ::raise(SIGBUS);
    ::raise(SIGBUS);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status));
}

TEST_CASE("more mappings than the table holds are still mapped") {
  const test::Scratch scratch;
  test::write_file(scratch / "segment", "bytes");
  const auto directory = open_fs_directory(scratch.path(), Create::no);
  const auto before = test::open_descriptors();
  std::vector<std::unique_ptr<InputFile>> files;
  for (int i = 0; i < 300; ++i) files.push_back(directory->open("segment", Access::mapped));
  for (const auto& file : files) REQUIRE(file->mapped() == "bytes");
  CHECK(test::open_descriptors() == before);  // a mapping needs no descriptor
}
