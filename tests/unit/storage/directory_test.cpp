// SPDX-License-Identifier: MIT
// What both directories promise, asked of each.
#include <digest/error.hpp>

#include <functional>
#include <optional>

#include "storage/directory.hpp"
#include "support/catch.hpp"
#include "support/faulty_directory.hpp"
#include "support/scratch.hpp"

using namespace digest;
using namespace digest::storage;

namespace {

std::optional<ErrorKind> error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    CHECK(std::string(error.what()).back() == '.');
    return error.kind();
  }
  return std::nullopt;
}

void put(Directory& directory, const std::string& name, std::string_view bytes) {
  const auto file = directory.create(name);
  file->append(bytes);
  file->sync();
  file->close();
}

std::string get(const Directory& directory, const std::string& name, Access access) {
  const auto file = directory.open(name, access);
  std::string bytes(static_cast<std::size_t>(file->size()), '\0');
  file->read(0, bytes.size(), bytes.data());
  if (!file->mapped().empty()) CHECK(file->mapped() == bytes);
  return bytes;
}

void check_promises(Directory& directory) {
  const auto access = GENERATE(Access::small_reads, Access::mapped);
  CHECK(directory.list().empty());
  put(directory, "b", "second");
  put(directory, "a", "");
  put(directory, "c", std::string(300'000, 'x'));
  CHECK(directory.list() == std::vector<std::string>{"a", "b", "c"});
  CHECK(get(directory, "a", access).empty());
  CHECK(get(directory, "b", access) == "second");
  CHECK(get(directory, "c", access) == std::string(300'000, 'x'));

  SECTION("reads stay inside the file") {
    const auto file = directory.open("b", access);
    char to[8] = {};
    file->read(6, 0, to);
    file->read(1, 3, to);
    CHECK(std::string_view(to, 3) == "eco");
    CHECK(error_of([&] { file->read(0, 7, to); }) == ErrorKind::corrupt);
    CHECK(error_of([&] { file->read(7, 0, to); }) == ErrorKind::corrupt);
    CHECK(error_of([&] { file->read(UINT64_MAX, 2, to); }) == ErrorKind::corrupt);
  }
  SECTION("a rename replaces, and what is open stays as it was") {
    const auto before = directory.open("c", access);
    directory.rename("b", "c");
    directory.sync();
    CHECK(directory.list() == std::vector<std::string>{"a", "c"});
    CHECK(get(directory, "c", access) == "second");
    directory.remove("c");
    directory.remove("c");
    char last = 0;
    before->read(299'999, 1, &last);
    CHECK(last == 'x');
  }
  SECTION("errors") {
    CHECK(error_of([&] { (void)directory.create("a"); }) == ErrorKind::io);
    CHECK(error_of([&] { (void)directory.open("none", access); }) == ErrorKind::not_found);
    CHECK(error_of([&] { directory.rename("none", "a"); }) == ErrorKind::not_found);
    for (const std::string name : {"", ".", "..", "x/y", "/etc/passwd", "../a"}) {
      CHECK(error_of([&] { (void)directory.open(name, access); }) == ErrorKind::usage);
      CHECK(error_of([&] { (void)directory.create(name); }) == ErrorKind::usage);
      CHECK(error_of([&] { directory.remove(name); }) == ErrorKind::usage);
      CHECK(error_of([&] { directory.rename("a", name); }) == ErrorKind::usage);
      CHECK(error_of([&] { (void)directory.lock(name); }) == ErrorKind::usage);
    }
  }
  SECTION("a closed file takes no more") {
    const auto file = directory.create("d");
    file->append("12");
    CHECK(file->size() == 2);
    file->close();
    CHECK(error_of([&] { file->append("3"); }) == ErrorKind::io);
    CHECK(error_of([&] { file->sync(); }) == ErrorKind::io);
    CHECK(error_of([&] { file->close(); }) == ErrorKind::io);
  }
  SECTION("one writer") {
    auto lock = directory.lock("lock");
    CHECK(error_of([&] { (void)directory.lock("lock"); }) == ErrorKind::locked);
    CHECK(error_of([&] { (void)directory.lock("lock"); }) == ErrorKind::locked);
    lock.reset();
    lock = directory.lock("lock");
    CHECK(lock != nullptr);
  }
}

}  // namespace

TEST_CASE("the file system keeps the directory's promises, and its descriptors") {
  const test::Scratch scratch;
  const auto before = test::open_descriptors();
  {
    const auto directory = open_fs_directory(scratch / "index", Create::yes);
    check_promises(*directory);
  }
  CHECK(test::open_descriptors() == before);
}

TEST_CASE("memory keeps the directory's promises") {
  check_promises(*make_memory_directory());
}

TEST_CASE("a faulty directory without faults keeps the directory's promises") {
  test::FaultyDirectory directory;
  check_promises(directory);
}
