// SPDX-License-Identifier: MIT
#include "index/string_tree.hpp"

#include <map>
#include <random>

#include "support/catch.hpp"

using namespace digest;
using namespace digest::index;

namespace {

// A segment file that holds one tree and the columns of an empty segment.
std::unique_ptr<SegmentFile> file_with(storage::Directory& directory, const std::string& pages) {
  SegmentFileWriter writer(directory, "segment-1");
  writer.begin(SectionId::terms);
  writer.append(pages);
  writer.end();
  SegmentCounts counts;
  counts.papers_per_block = 4;
  const auto finished = writer.finish(counts);
  return SegmentFile::open(directory, "segment-1", storage::Access::small_reads, finished.size, finished.checksum);
}

std::string random_key(std::mt19937& random) {
  std::string key;
  for (std::size_t length = random() % 12; length > 0; --length) key.push_back(static_cast<char>('a' + random() % 4));
  return key;
}

}  // namespace

TEST_CASE("a tree answers as a map does, at every size") {
  std::mt19937 random(3);
  for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 300U, 20000U}) {
    std::map<std::string, std::string> oracle;
    for (std::size_t i = 0; i < size; ++i) oracle[random_key(random)] = std::string(random() % 40, 'v');
    StringTreeWriter writer;
    for (const auto& [key, value] : oracle) writer.add(key, value);
    const auto root = writer.finish();
    REQUIRE(root.keys == oracle.size());
    const auto directory = storage::make_memory_directory();
    const auto file = file_with(*directory, writer.take_pages());
    const StringTree tree(*file, SectionId::terms, root.page, root.depth);
    Scratch scratch;
    auto expected = oracle.begin();
    for (StringTree::Cursor cursor(tree, ""); !cursor.at_end(); cursor.next(), ++expected) {
      REQUIRE(expected != oracle.end());
      REQUIRE(cursor.key() == expected->first);
      REQUIRE(cursor.value() == expected->second);
    }
    REQUIRE(expected == oracle.end());
    StringTree::Cursor cursor(tree, "");
    for (int i = 0; i < 3000; ++i) {
      const std::string key = random_key(random);
      const auto found = tree.find(key, scratch);
      REQUIRE(found.has_value() == (oracle.count(key) == 1));
      if (found) REQUIRE(*found == oracle[key]);
      cursor.seek(key);
      const auto from = oracle.lower_bound(key);
      REQUIRE(cursor.at_end() == (from == oracle.end()));
      if (from == oracle.end()) continue;
      REQUIRE(cursor.key() == from->first);
      cursor.next();
      REQUIRE(cursor.at_end() == (std::next(from) == oracle.end()));
    }
  }
}
