// SPDX-License-Identifier: MIT
#include "index/recover.hpp"

#include <digest/error.hpp>

#include <map>

#include "base/bytes.hpp"
#include "base/hash.hpp"
#include "index/commit.hpp"
#include "index/index_writer.hpp"
#include "support/catch.hpp"
#include "support/faulty_directory.hpp"

using namespace digest;

namespace {

using Files = std::map<std::string, std::string>;

Files files_of(const storage::Directory& directory) {
  Files files;
  for (const std::string& name : directory.list()) {
    const auto file = directory.open(name, storage::Access::small_reads);
    std::string bytes(static_cast<std::size_t>(file->size()), '\0');
    if (!bytes.empty()) file->read(0, bytes.size(), bytes.data());
    files[name] = std::move(bytes);
  }
  return files;
}

void put(storage::Directory& directory, const std::string& name, const std::string& bytes) {
  directory.remove(name);
  const auto file = directory.create(name);
  file->append(bytes);
  file->sync();
  file->close();
}

std::uint64_t commit_paper(storage::Directory& directory, const std::string& title) {
  index::IndexWriter writer(directory, {});
  Paper paper;
  paper.title = title;
  paper.abstract = "An abstract of some words about " + title + ", and nothing else.";
  paper.sources = {{"a.txt", 1, "page"}};
  writer.add(std::move(paper));
  return writer.commit().generation;
}

}  // namespace

TEST_CASE("a whole index needs no recovery") {
  const auto directory = storage::make_memory_directory();
  const std::uint64_t generation = commit_paper(*directory, "Lanterns on the Lake");
  const Files before = files_of(*directory);
  const index::Recovery recovery = index::recover_index(*directory);
  CHECK(recovery.dropped == 0);
  CHECK(recovery.state.generation == generation);
  for (const auto& [name, bytes] : before) CHECK(files_of(*directory)[name] == bytes);
}

TEST_CASE("a damaged newest commit gives way to the whole one before it") {
  const auto directory = storage::make_memory_directory();
  const std::uint64_t first = commit_paper(*directory, "Lanterns on the Lake");
  const Files before = files_of(*directory);
  const std::uint64_t second = commit_paper(*directory, "A Wholly Different Matter");
  REQUIRE(second > first);
  for (const auto& [name, bytes] : before) put(*directory, name, bytes);  // as if the old files had not been removed yet
  put(*directory, index::commit_file_name(second), "not a commit");

  const index::Recovery recovery = index::recover_index(*directory);
  CHECK(recovery.dropped == 1);
  CHECK(recovery.state.generation == first);
  REQUIRE(recovery.damage.size() == 1);
  CHECK(recovery.damage.front().file == index::commit_file_name(second));
  CHECK_FALSE(recovery.papers_before);
  CHECK(index::Snapshot::open(*directory, storage::Access::small_reads)->summary().papers == 1);
}

TEST_CASE("what a dropped commit held is told where its own file is whole") {
  const auto directory = storage::make_memory_directory();
  commit_paper(*directory, "Lanterns on the Lake");
  const Files before = files_of(*directory);
  const std::uint64_t second = commit_paper(*directory, "A Wholly Different Matter");
  std::string lost;  // a file of the second commit alone
  for (const auto& [name, bytes] : files_of(*directory)) {
    if (before.count(name) == 0 && name != index::commit_file_name(second)) lost = name;
  }
  REQUIRE_FALSE(lost.empty());
  for (const auto& [name, bytes] : before) put(*directory, name, bytes);
  directory->remove(lost);
  const index::Recovery recovery = index::recover_index(*directory);
  CHECK(recovery.dropped == 1);
  CHECK(recovery.papers_before == 2);
  REQUIRE_FALSE(recovery.damage.empty());
  CHECK(recovery.damage.front().file == lost);
}

TEST_CASE("a commit that the system does not let us read, or of another version, is not given up for an older one") {
  const auto whole = storage::make_memory_directory();
  commit_paper(*whole, "Lanterns on the Lake");
  const Files before = files_of(*whole);
  const std::uint64_t second = commit_paper(*whole, "A Wholly Different Matter");
  for (const auto& [name, bytes] : before) put(*whole, name, bytes);
  const Files both = files_of(*whole);
  for (std::uint64_t n = 0;; ++n) {
    INFO("operation " << n << " refused");
    test::FaultyDirectory directory(both);
    directory.set_faults({n, true, {}});
    try {
      const index::Recovery recovery = index::recover_index(directory);
      CHECK(recovery.dropped == 0);
      break;
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::io);
    }
    CHECK(directory.files().at(index::commit_file_name(second)) == both.at(index::commit_file_name(second)));
  }
  Files newer = both;
  std::string& commit = newer[index::commit_file_name(second)];
  ++commit[8];  // the layout
  commit.resize(commit.size() - 8);
  append(commit, hash64(commit));
  test::FaultyDirectory directory(newer);
  try {
    index::recover_index(directory);
    FAIL("a newer version was dropped");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::version);
  }
  CHECK(directory.files() == newer);
}

TEST_CASE("without any whole commit nothing is changed") {
  const auto directory = storage::make_memory_directory();
  const std::uint64_t generation = commit_paper(*directory, "Lanterns on the Lake");
  put(*directory, index::commit_file_name(generation), "not a commit");
  const Files before = files_of(*directory);
  CHECK_THROWS_AS(index::recover_index(*directory), Error);
  CHECK(files_of(*directory) == before);
}
