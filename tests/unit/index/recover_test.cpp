// SPDX-License-Identifier: MIT
#include "index/recover.hpp"

#include <digest/error.hpp>

#include <map>

#include "index/commit.hpp"
#include "index/index_writer.hpp"
#include "support/catch.hpp"

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
  CHECK(index::Snapshot::open(*directory, storage::Access::small_reads)->summary().papers == 1);
}

TEST_CASE("without any whole commit nothing is changed") {
  const auto directory = storage::make_memory_directory();
  const std::uint64_t generation = commit_paper(*directory, "Lanterns on the Lake");
  put(*directory, index::commit_file_name(generation), "not a commit");
  const Files before = files_of(*directory);
  CHECK_THROWS_AS(index::recover_index(*directory), Error);
  CHECK(files_of(*directory) == before);
}
