// SPDX-License-Identifier: MIT
// Any pages as a tree: looking up and walking end, with keys or an Error. And a tree made of any keys gives back
// exactly these.
#include "index/string_tree.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "fuzz/section_file.hpp"
#include "fuzz/small_index.hpp"

namespace {

using namespace digest;
using namespace digest::test;
using index::SectionId;
using index::StringTree;

// The input is a list of writes to pages of zeros, so that a page of 4096 bytes needs few of them.
void any_pages(Decisions& decide) {
  const std::uint32_t pages = 1 + decide.byte() % 5U;
  const std::uint32_t root = decide.byte() % (pages + 1U), depth = decide.byte() % 18U;
  std::string bytes(pages * index::kPageBytes, '\0');
  while (!decide.empty()) {
    const std::size_t page = decide.byte() % pages, at = decide.word() % index::kPageBytes;
    for (std::size_t i = 0, length = decide.byte() % 32U; i < length && at + i < index::kPageBytes; ++i) {
      bytes[page * index::kPageBytes + at + i] = static_cast<char>(decide.byte());
    }
  }
  const SectionFile stored({{SectionId::terms, bytes}}, 0, storage::Access::mapped);
  const StringTree tree(*stored.file, SectionId::terms, root, depth);
  index::Scratch scratch;
  for (const char* key : {"", "a", "b\xFF", "zz"}) {
    only_errors([&] { (void)tree.find(key, scratch); });
    only_errors([&] {
      std::size_t keys = 0;
      for (StringTree::Cursor cursor(tree, key); !cursor.at_end(); cursor.next()) {
        if (++keys > pages * index::kPageBytes) std::abort();  // more than fit in
      }
    });
  }
}

void any_keys(Decisions& decide) {
  std::map<std::string, std::string> oracle;
  while (!decide.empty()) {
    const std::size_t repeat = 1 + decide.byte() % 4U * 60U, length = decide.byte() % 8U;
    std::string key;
    for (std::size_t i = 0; i < length; ++i) key.append(std::min(repeat, index::kMaxKeyBytes - key.size()), static_cast<char>(decide.byte()));
    oracle.emplace(key, std::string(decide.byte() * 4U, 'v'));
  }
  index::StringTreeWriter writer;
  for (const auto& [key, value] : oracle) writer.add(key, value);
  const auto root = writer.finish();
  const SectionFile stored({{SectionId::terms, writer.take_pages()}}, 0, storage::Access::small_reads);
  const StringTree tree(*stored.file, SectionId::terms, root.page, root.depth);
  index::Scratch scratch;
  auto expected = oracle.begin();
  for (StringTree::Cursor cursor(tree, ""); !cursor.at_end(); cursor.next(), ++expected) {
    if (expected == oracle.end() || cursor.key() != expected->first || cursor.value() != expected->second) std::abort();
  }
  if (expected != oracle.end()) std::abort();
  for (const auto& [key, value] : oracle) {
    if (tree.find(key, scratch) != value) std::abort();
    const std::string other = key.substr(0, 254) + "+";
    if (tree.find(other, scratch).has_value() != (oracle.count(other) != 0)) std::abort();
    const StringTree::Cursor from(tree, other);
    const auto next = oracle.lower_bound(other);
    if (from.at_end() != (next == oracle.end()) || (!from.at_end() && from.key() != next->first)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Decisions decide(data, size);
  if (decide.byte() % 2 == 0) any_pages(decide); else any_keys(decide);
  return 0;
}
