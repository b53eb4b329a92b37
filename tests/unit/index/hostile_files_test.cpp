// SPDX-License-Identifier: MIT
// Files with right checksums and wrong numbers, each as a fuzzer found it or as an attacker would write it.
#include <digest/error.hpp>

#include "base/bytes.hpp"
#include "base/hash.hpp"
#include "fuzz/section_file.hpp"
#include "fuzz/small_index.hpp"
#include "index/commit.hpp"
#include "index/index_writer.hpp"
#include "index/paper_codec.hpp"
#include "index/postings.hpp"
#include "index/snapshot.hpp"
#include "index/string_tree.hpp"
#include "index/tombstones.hpp"
#include "support/catch.hpp"

using namespace digest;
using namespace digest::test;
using namespace digest::index;

namespace {

// The message, if the work ends in an Error about damage; else why not.
template <typename Work>
std::string damage_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error.kind() == ErrorKind::corrupt ? error.what() : std::string("another kind of error: ") + error.what();
  }
  return "no error";
}

bool says(const std::string& message, std::string_view part) { return message.find(part) != std::string::npos; }

// A page of a tree with one-letter keys, all of them restarts of nothing but the first.
std::string page_of(const std::vector<std::pair<char, std::uint32_t>>& children) {
  std::string page;
  append(page, static_cast<std::uint16_t>(children.size()));
  append(page, std::uint16_t{1});
  for (const auto& [key, child] : children) {
    page += std::string("\0\1", 2) + key + '\4';
    append(page, child);
  }
  page.resize(kPageBytes - 2, '\0');
  append(page, std::uint16_t{4});
  return page;
}

std::string sealed(std::string bytes) {
  append(bytes, hash64(bytes));
  return bytes;
}

std::string commit_bytes(const Commit& commit) {
  FaultyDirectory directory;
  publish_commit(directory, commit);
  std::string bytes = directory.files().at(commit_file_name(commit.generation));
  bytes.resize(bytes.size() - 8);
  return bytes;
}

}  // namespace

TEST_CASE("a tree whose pages point to themselves ends in a message, wherever one looks or walks") {
  const std::string pages = page_of({{'a', 0}, {'b', 1}}) + page_of({{'a', 0}, {'b', 1}});
  const SectionFile stored({{SectionId::terms, pages}}, 0, storage::Access::mapped);
  for (const std::uint32_t depth : {2U, 16U}) {
    const StringTree tree(*stored.file, SectionId::terms, 1, depth);
    Scratch scratch;
    CHECK(says(damage_of([&] { (void)tree.find("b", scratch); }), "points to one behind it"));
    CHECK(says(damage_of([&] { const StringTree::Cursor cursor(tree, "b"); }), "points to one behind it"));
  }
}

TEST_CASE("a tree that claims to be deep costs no memory") {
  const SectionFile stored({{SectionId::terms, page_of({{'a', 0}})}}, 0, storage::Access::mapped);
  const StringTree tree(*stored.file, SectionId::terms, 0, 0xFFFFFFFF);
  CHECK(says(damage_of([&] { const StringTree::Cursor cursor(tree, "b"); }), "too deep"));
}

TEST_CASE("a tree whose pages are named again and again does not make a walk endless") {
  const std::string pages = page_of({{'a', 7}, {'b', 7}}) + page_of({{'a', 0}, {'b', 0}, {'c', 0}});
  const SectionFile stored({{SectionId::terms, pages}}, 0, storage::Access::mapped);
  const StringTree tree(*stored.file, SectionId::terms, 1, 2);
  CHECK(says(damage_of([&] { for (StringTree::Cursor cursor(tree, ""); !cursor.at_end(); cursor.next()) {} }), "pages out of order"));
}

TEST_CASE("a tree in disorder never leads a walk or a search back to where it was") {
  const auto leaf = [](const std::string& keys) {
    std::string page;
    append(page, static_cast<std::uint16_t>(keys.size())), append(page, std::uint16_t{1});
    for (const char key : keys) page += std::string("\0\1", 2) + key + std::string(1, '\0');
    page.resize(kPageBytes - 2, '\0');
    append(page, std::uint16_t{4});
    return page;
  };
  const auto walk = [](const std::string& pages, std::uint32_t root, std::uint32_t depth, const char* from) {
    const SectionFile stored({{SectionId::terms, pages}}, 0, storage::Access::mapped);
    const StringTree tree(*stored.file, SectionId::terms, root, depth);
    return damage_of([&] { for (StringTree::Cursor cursor(tree, from); !cursor.at_end(); cursor.next()) {} });
  };
  CHECK(walk(leaf("abc"), 0, 1, "") == "no error");
  CHECK(says(walk(leaf("acb"), 0, 1, ""), "keys out of order"));
  CHECK(walk(leaf("ab") + leaf("cd") + page_of({{'a', 0}, {'c', 1}}), 2, 2, "") == "no error");
  CHECK(says(walk(leaf("ab") + leaf("aa") + page_of({{'a', 0}, {'c', 1}}), 2, 2, ""), "keys out of order"));
  CHECK(says(walk(leaf("ab") + leaf("bd") + page_of({{'a', 0}, {'z', 1}}), 2, 2, "c"), "keys out of order"));
}

TEST_CASE("a commit holds what it says and nothing else") {
  Commit commit;
  commit.generation = 1, commit.next_number = 9;
  commit.segments.push_back({4, 5000, 1, 0, 0, 0, 2, 2});
  const std::string good = commit_bytes(commit);
  const auto read = [](const std::string& bytes) {
    return damage_of([&] { (void)read_commit(FaultyDirectory(Files{{"commit-1", sealed(bytes)}}), 1); });
  };
  CHECK(read(good) == "no error");
  CHECK(says(read(good + "more"), "longer than what it says"));
  commit.segments.push_back(commit.segments.front());
  CHECK(says(read(commit_bytes(commit)), "names a segment twice"));
}

TEST_CASE("tombstones bury papers that are there, and say so once") {
  const auto grave = [](std::uint32_t papers, std::uint64_t dead, std::uint64_t without_abstract, std::uint64_t second_hash) {
    std::string bytes = "DDIGTMB1";
    append(bytes, papers), append(bytes, std::uint32_t{1});
    for (const std::uint64_t number : {std::uint64_t{9}, std::uint64_t{2}, without_abstract, dead, std::uint64_t{2}}) append(bytes, number);
    append(bytes, std::uint64_t{5}), append(bytes, std::uint32_t{1});
    append(bytes, second_hash), append(bytes, std::uint32_t{1});
    return bytes;
  };
  const auto read = [](const std::string& body) {
    const std::string bytes = sealed(body);
    return damage_of([&] {
      (void)Tombstones::read(FaultyDirectory(Files{{"tombstones-2", bytes}}), "tombstones-2", 10, bytes.size(), hash64(body));
    });
  };
  CHECK(read(grave(10, 1U << 9, 0, 6)) == "no error");
  CHECK(says(read(grave(10, 1U << 10, 0, 6)), "count is wrong"));
  CHECK(says(read(grave(10, 1U << 9, 2, 6)), "count is wrong"));
  CHECK(says(read(grave(10, 1U << 9, 0, 5)), "out of order"));
  CHECK(says(read(grave(10, 1U << 9, 0, 6) + "123456789012"), "count is wrong"));
  const std::string many = grave(0xFFFFFFFF, 1, 0, 6), bytes = sealed(many);
  CHECK(says(damage_of([&] {
          (void)Tombstones::read(FaultyDirectory(Files{{"tombstones-2", bytes}}), "tombstones-2", 0xFFFFFFFF, bytes.size(), hash64(many));
        }), "another segment"));
}

TEST_CASE("a stored paper that is not UTF-8 is damage, so that no output ever is") {
  Paper paper;
  paper.title = "A title";
  paper.authors = {"Ada"};
  std::string good;
  append_paper(good, "t:abc", paper);
  CHECK(parse_paper(good).paper.title == "A title");
  for (const char* text : {"A title", "Ada"}) {
    std::string bad = good;
    bad[bad.find(text)] = '\xFF';
    CHECK(says(damage_of([&] { (void)parse_paper(bad); }), "A stored paper is damaged"));
  }
}

TEST_CASE("a stored paper that was read nowhere is damage") {
  const auto stored = [](char sources) {
    std::string bytes = "\x80\x01";  // flags: several sources
    const auto field = [&bytes](std::string_view text) { bytes.append(text).push_back('\0'); };
    for (const char* text : {"t:a", "Title", ""}) field(text);
    bytes += sources;
    for (int i = 0; i < sources; ++i) field("page"), field("a.txt"), field("1");
    return bytes;
  };
  CHECK(parse_paper(stored(2)).paper.sources.size() == 2);
  CHECK(says(damage_of([&] { (void)parse_paper(stored(0)); }), "A stored paper is damaged"));
}

TEST_CASE("a frequency that no paper can have is damage, also the one that would wrap to nothing") {
  for (const std::uint32_t less_one : {0xFFFFFFFFU, 1U << 20}) {
    std::string postings, positions;
    const std::uint32_t papers[5] = {0, 0, 0, 0, 0}, frequencies[5] = {0, 0, less_one, 0, 0};
    append_packed(postings, papers, 5), append_packed(postings, frequencies, 5);
    const SectionFile stored({{SectionId::postings, postings}}, 5, storage::Access::small_reads);
    TermInfo info;
    info.papers = 5, info.postings_length = postings.size();
    const PostingList list(*stored.file, info);
    PostingBlock block;
    CHECK(says(damage_of([&] { list.decode(0, block); }), "more often in a paper than it has words"));
  }
}

TEST_CASE("a section that begins at an odd place is refused, for columns are read in place") {
  Files files = small_index(0);
  for (auto& [name, bytes] : files) {
    if (name.rfind("segment-", 0) != 0) continue;
    char* offset = bytes.data() + bytes.size() - kFooterBytes + 88 + 8;  // of the first section in the table
    store(offset, load<std::uint64_t>(offset) + 1);
  }
  repair_checksums(files);
  CHECK(says(damage_of([&] { (void)Snapshot::open(FaultyDirectory(files), storage::Access::mapped); }), "odd place"));
}

TEST_CASE("a file that the commit names and that is gone is damage, with a way out") {
  for (const char* kind : {"segment-", "tombstones-"}) {
    Files files = small_index(0);
    const auto gone = std::find_if(files.begin(), files.end(), [&](const auto& file) { return file.first.rfind(kind, 0) == 0; });
    REQUIRE(gone != files.end());
    const std::string name = gone->first;
    files.erase(gone);
    const std::string message = damage_of([&] { (void)Snapshot::open(FaultyDirectory(files), storage::Access::mapped); });
    CHECK(says(message, name + " is gone"));
    CHECK(says(message, "digest check --recover"));
    const auto damage = check_index(FaultyDirectory(files)).damage;
    REQUIRE(damage.size() == 1);
    CHECK(damage.front().file == name);
  }
}
