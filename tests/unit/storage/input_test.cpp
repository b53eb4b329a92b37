// SPDX-License-Identifier: MIT
#include "storage/input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <digest/error.hpp>

#include "support/catch.hpp"
#include "support/scratch.hpp"

using namespace digest;
using namespace digest::storage;
using Catch::Matchers::Contains;

namespace {
std::string read_all(Input& input, std::size_t piece) {
  std::string bytes, part(piece, '\0');
  for (;;) {
    const auto got = input.read(part.data(), part.size());
    if (got == 0) return bytes;
    bytes.append(part, 0, got);
  }
}
}  // namespace

TEST_CASE("a digest is read from start to end") {
  const test::Scratch scratch;
  const auto before = test::open_descriptors();
  {
    test::write_file(scratch / "digest.txt", "one two three");
    auto input = Input::open(scratch / "digest.txt");
    CHECK(input.size() == 13);
    CHECK(read_all(input, 5) == "one two three");
    CHECK(input.read(nullptr, 0) == 0);
  }
  CHECK(test::open_descriptors() == before);
}

TEST_CASE("standard input is read, and stays open") {
  const test::Scratch scratch;
  test::write_file(scratch / "in", "from standard input");
  const int kept = ::dup(0);
  const int file = ::open((scratch / "in").c_str(), O_RDONLY | O_CLOEXEC);
  REQUIRE(::dup2(file, 0) == 0);
  ::close(file);
  {
    auto input = Input::open("-");
    CHECK(read_all(input, 100) == "from standard input");
  }
  CHECK(::fcntl(0, F_GETFD) != -1);
  ::dup2(kept, 0);
  ::close(kept);
}

TEST_CASE("what is not a file is refused at once") {
  const test::Scratch scratch;
  REQUIRE(::mkfifo((scratch / "fifo").c_str(), 0600) == 0);
  CHECK_THROWS_WITH(Input::open(scratch / "fifo"), Contains("a named pipe") && Contains(": - <"));
  CHECK_THROWS_WITH(Input::open("/dev/zero"), Contains("a device"));
  CHECK_THROWS_WITH(Input::open(scratch.path()), Contains("a folder"));
  CHECK_THROWS_WITH(Input::open(scratch / "none"), Contains("No such file"));
  CHECK_THROWS_WITH(Input::open(""), Contains("No such file"));
  try {
    (void)Input::open(scratch / "none");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::input);
  }
}

TEST_CASE("a link that the user names is followed") {
  const test::Scratch scratch;
  test::write_file(scratch / "digest.txt", "text");
  REQUIRE(::symlink("digest.txt", (scratch / "link").c_str()) == 0);
  auto input = Input::open(scratch / "link");
  CHECK(read_all(input, 2) == "text");
}

TEST_CASE("the digests of a folder: sorted, without links, hidden files and what is not a file") {
  const test::Scratch scratch;
  const auto before = test::open_descriptors();
  for (const char* folder : {"a", "a/deep", ".hidden", "c"})
    REQUIRE(::mkdir((scratch / folder).c_str(), 0700) == 0);
  for (const char* file : {"b.txt", "a/2.txt", "a/1.txt", "a/deep/x", ".hidden/y", ".z"})
    test::write_file(scratch / file, "x");
  REQUIRE(::mkfifo((scratch / "fifo").c_str(), 0600) == 0);
  REQUIRE(::symlink(".", (scratch / "c/loop").c_str()) == 0);
  REQUIRE(::symlink("../b.txt", (scratch / "c/link").c_str()) == 0);
  const auto listing = list_folder(scratch.path());
  CHECK(listing.problems.empty());
  CHECK(listing.files == std::vector<std::string>{scratch / "a/1.txt", scratch / "a/2.txt",
                                                  scratch / "a/deep/x", scratch / "b.txt"});
  CHECK(list_folder(scratch.path() + "/").files == listing.files);
  CHECK(is_folder(scratch.path()));
  CHECK_FALSE(is_folder(scratch / "b.txt"));
  CHECK_THROWS_AS(list_folder(scratch / "none"), Error);
  CHECK(test::open_descriptors() == before);
}

TEST_CASE("folders nested beyond any use are left out, and said") {
  const test::Scratch scratch;
  std::string path = scratch.path();
  for (int i = 0; i < 70; ++i) REQUIRE(::mkdir((path += "/d").c_str(), 0700) == 0);
  test::write_file(path + "/file", "x");
  const auto listing = list_folder(scratch.path());
  CHECK(listing.files.empty());
  REQUIRE(listing.problems.size() == 1);
  CHECK_THAT(listing.problems.front(), Contains("nested too deeply"));
}
