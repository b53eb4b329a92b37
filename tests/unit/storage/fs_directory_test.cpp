// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <digest/error.hpp>

#include <csignal>

#include "storage/directory.hpp"
#include "support/catch.hpp"
#include "support/scratch.hpp"

using namespace digest;
using namespace digest::storage;
using Catch::Matchers::Contains;

namespace {

// The exit code of a child process that does this.
template <typename Work>
int in_child(Work work) {
  const pid_t child = ::fork();
  if (child == 0) {
    int code = 99;
    try {
      code = work();
    } catch (...) {
      code = 98;
    }
    ::_exit(code);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace

TEST_CASE("a folder that is not there") {
  const test::Scratch scratch;
  CHECK_THROWS_AS(open_fs_directory(scratch / "none", Create::no), Error);
  try {
    (void)open_fs_directory(scratch / "none", Create::no);
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::not_found);
  }
  const auto made = open_fs_directory(scratch / "a/b//c/", Create::yes);
  CHECK(made->path() == scratch / "a/b//c");
  CHECK(made->list().empty());
  test::write_file(scratch / "file", "x");
  CHECK_THROWS_WITH(open_fs_directory(scratch / "file", Create::yes), Contains("Not a directory"));
  CHECK_THROWS_WITH(open_fs_directory(scratch / "file/x", Create::yes), Contains("Not a directory"));
  CHECK_THROWS_AS(open_fs_directory("", Create::yes), Error);
}

TEST_CASE("links are not followed, and nothing but a regular file is opened") {
  const test::Scratch scratch;
  const auto directory = open_fs_directory(scratch.path(), Create::no);
  test::write_file(scratch / "victim", "precious");
  REQUIRE(::symlink("victim", (scratch / "link").c_str()) == 0);
  REQUIRE(::mkfifo((scratch / "fifo").c_str(), 0600) == 0);
  REQUIRE(::mkdir((scratch / "folder").c_str(), 0700) == 0);
  for (const auto access : {Access::small_reads, Access::mapped}) {
    CHECK_THROWS_WITH(directory->open("link", access), Contains("links are not followed"));
    CHECK_THROWS_WITH(directory->open("fifo", access), Contains("not a regular file"));
    CHECK_THROWS_WITH(directory->open("folder", access), Contains("not a regular file"));
  }
  CHECK_THROWS_AS(directory->create("link"), Error);
  CHECK_THROWS_AS(directory->lock("link"), Error);
  directory->remove("link");
  CHECK(test::read_file(scratch / "victim") == "precious");
}

TEST_CASE("the holder of the lock is named, and the lock ends with its process") {
  const test::Scratch scratch;
  const auto directory = open_fs_directory(scratch.path(), Create::no);
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto held = open_fs_directory(scratch.path(), Create::no)->lock("lock");
    [[maybe_unused]] const auto ignored = ::write(ready[1], "x", 1);
    for (;;) ::pause();
  }
  char byte = 0;
  REQUIRE(::read(ready[0], &byte, 1) == 1);
  CHECK_THROWS_WITH(directory->lock("lock"), Contains("(process " + std::to_string(child) + ")"));
  // Opening and closing the lock file ourselves must not set it free.
  CHECK_FALSE(test::read_file(scratch / "lock").empty());
  CHECK_THROWS_AS(directory->lock("lock"), Error);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  CHECK(directory->lock("lock") != nullptr);
  CHECK(test::read_file(scratch / "lock").empty());
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_CASE("files of the index never get the descriptors of the standard streams") {
  const test::Scratch scratch;
  const int code = in_child([&] {
    ::close(0);
    ::close(1);
    ::close(2);
    const auto directory = open_fs_directory(scratch / "index", Create::yes);
    const auto lock = directory->lock("lock");
    const auto out = directory->create("file");
    out->append("bytes");
    const auto in = directory->open("lock", Access::small_reads);
    (void)directory->list();
    for (int low = 0; low <= 2; ++low) {
      if (::fcntl(low, F_GETFD) != -1) return 1;
    }
    out->close();
    return 0;
  });
  CHECK(code == 0);
}

TEST_CASE("a file that shrinks while it is read is an error") {
  const test::Scratch scratch;
  const auto directory = open_fs_directory(scratch.path(), Create::no);
  test::write_file(scratch / "file", std::string(10'000, 'x'));
  const auto file = directory->open("file", Access::small_reads);
  std::filesystem::resize_file(scratch / "file", 5'000);
  std::string to(10'000, '\0');
  CHECK_THROWS_WITH(file->read(0, to.size(), to.data()), Contains("cut short"));
}

TEST_CASE("a write that the system refuses is an error, and final") {
  const test::Scratch scratch;
  const int code = in_child([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{100'000, 100'000};
    ::setrlimit(RLIMIT_FSIZE, &small);
    const auto directory = open_fs_directory(scratch.path(), Create::no);
    const auto file = directory->create("file");
    try {
      file->append(std::string(200'000, 'x'));
      return 1;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::io || std::string(error.what()).find("ulimit -f") == std::string::npos)
        return 2;
    }
    try {
      file->sync();
      return 3;
    } catch (const Error&) {
    }
    return 0;
  });
  CHECK(code == 0);
}

TEST_CASE("without free descriptors every call is an error that says so") {
  const test::Scratch scratch;
  const int code = in_child([&] {
    const auto directory = open_fs_directory(scratch.path(), Create::no);
    const rlimit none{3, 3};
    ::setrlimit(RLIMIT_NOFILE, &none);
    try {
      (void)directory->create("file");
      return 1;
    } catch (const Error& error) {
      return std::string(error.what()).find("ulimit -n") == std::string::npos ? 2 : 0;
    }
  });
  CHECK(code == 0);
}
