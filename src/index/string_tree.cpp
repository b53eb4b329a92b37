// SPDX-License-Identifier: MIT
#include "index/string_tree.hpp"

#include <algorithm>
#include <utility>

#include "base/bytes.hpp"

namespace digest::index {
namespace {

constexpr std::uint32_t kRestartEvery = 16;  // on disk: every 16th key is written whole
constexpr std::size_t kPageHead = 4;         // u16 entries, u16 restarts
constexpr std::uint32_t kMaxDepth = 16;

std::size_t shared_prefix(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  std::size_t shared = 0;
  while (shared < most && a[shared] == b[shared]) ++shared;
  return shared;
}

struct Entry {
  std::size_t shared = 0;
  std::string_view suffix;
  std::string_view value;
};

// The entry at `offset` of a page; `offset` moves behind it.
Entry read_entry(std::string_view page, std::size_t& offset) {
  if (offset > page.size()) offset = page.size();
  const std::string_view left = page.substr(offset);
  const auto byte = [left](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(left[i])); };
  if (left.size() > 2 && left.size() > 2 + byte(1)) {  // nearly all: a value of less than 128 bytes
    const std::size_t value = 2 + byte(1), size = byte(value);
    if (size < 128 && left.size() > value + size) {
      offset += value + 1 + size;
      return {byte(0), left.substr(2, byte(1)), left.substr(value + 1, size)};
    }
  }
  ByteReader in(left, "A page of the dictionary");
  Entry entry;
  entry.shared = in.fixed<std::uint8_t>();
  entry.suffix = in.bytes(in.fixed<std::uint8_t>());
  entry.value = in.bytes(in.varint_up_to<std::uint32_t>(kMaxValueBytes));
  offset = page.size() - in.remaining();
  return entry;
}

std::uint32_t entry_count(std::string_view page) { return load<std::uint16_t>(page.data()); }
std::uint32_t restart_count(std::string_view page) {
  const std::uint32_t restarts = load<std::uint16_t>(page.data() + 2);
  return kPageHead + restarts * 2 <= page.size() ? restarts : 0;
}
std::size_t restart_offset(std::string_view page, std::uint32_t i) {
  return load<std::uint16_t>(page.data() + kPageBytes - 2 * (std::size_t{i} + 1));
}

void apply(std::string& key, const Entry& entry) {
  key.resize(std::min(entry.shared, key.size()));
  key.append(entry.suffix);
}

// The last restart whose key is <= `key` (0 if none is).
std::uint32_t find_restart(std::string_view page, std::string_view key) {
  std::uint32_t low = 0, high = restart_count(page);
  while (high - low > 1) {
    const std::uint32_t middle = (low + high) / 2;
    std::size_t offset = restart_offset(page, middle);
    if (read_entry(page, offset).suffix <= key) low = middle; else high = middle;
  }
  return low;
}

// The last entry of a page whose key is <= `key`, if any, and whether it is that key. Keys are not put together: of each
// it is enough to know how much it shares with the one before, as that tells how it compares with `key`.
struct Found {
  std::optional<Entry> entry;
  bool exact = false;
};

Found find_in_page(std::string_view page, std::string_view key) {
  const std::uint32_t restart = find_restart(page, key);
  const std::uint32_t count = entry_count(page);
  std::size_t offset = restart_offset(page, restart);
  Found found;
  std::size_t matched = 0;  // letters that the entry before shares with `key`, which is greater
  for (std::uint32_t i = restart * kRestartEvery; i < count; ++i) {
    const Entry entry = read_entry(page, offset);
    if (entry.shared < matched) break;  // departs upwards where the one before still agreed
    if (entry.shared == matched) {
      const std::string_view rest = key.substr(matched);
      const std::size_t more = shared_prefix(entry.suffix, rest);
      matched += more;
      if (more == entry.suffix.size() && more == rest.size()) return {entry, true};
      if (entry.suffix.substr(more) > rest.substr(more)) break;
    }  // else it is less than `key` for the same letter as the one before
    found.entry = entry;
  }
  return found;
}

std::uint32_t child_of(const Entry& entry) {
  ByteReader in(entry.value, "A page of the dictionary");
  return in.fixed<std::uint32_t>();
}

}  // namespace

bool StringTreeWriter::fits(const Page& page, std::string_view key, std::string_view value) {
  const std::size_t entry = 2 + key.size() + 3 + value.size();
  return kPageHead + page.entries.size() + entry + 2 * (page.restarts.size() + 1) <= kPageBytes;
}

void StringTreeWriter::append_entry(Page& page, std::string_view key, std::string_view value) {
  std::size_t shared = 0;
  if (page.count % kRestartEvery == 0) {
    page.restarts.push_back(static_cast<std::uint16_t>(kPageHead + page.entries.size()));
  } else {
    shared = shared_prefix(page.last, key);
  }
  append(page.entries, static_cast<std::uint8_t>(shared));
  append(page.entries, static_cast<std::uint8_t>(key.size() - shared));
  page.entries.append(key.substr(shared));
  append_text(page.entries, value);
  page.last.assign(key);
  ++page.count;
}

void StringTreeWriter::close_page(Page& page) {
  std::string bytes;
  bytes.reserve(kPageBytes);
  append(bytes, static_cast<std::uint16_t>(page.count));
  append(bytes, static_cast<std::uint16_t>(page.restarts.size()));
  bytes.append(page.entries);
  bytes.resize(kPageBytes - 2 * page.restarts.size(), '\0');
  for (auto at = page.restarts.rbegin(); at != page.restarts.rend(); ++at) append(bytes, *at);
  pages_.append(bytes);
  ++page_count_;
  page = Page{};
}

void StringTreeWriter::add(std::string_view key, std::string_view value) {
  if (key.size() > kMaxKeyBytes || value.size() > kMaxValueBytes) {
    throw Error(ErrorKind::limit, "A word or its entry is too long for the dictionary.");
  }
  if (leaf_.count > 0 && !fits(leaf_, key, value)) {
    children_.emplace_back(std::move(leaf_first_), page_count_);
    close_page(leaf_);
  }
  if (leaf_.count == 0) leaf_first_.assign(key);
  append_entry(leaf_, key, value);
  ++keys_;
}

std::string StringTreeWriter::take_pages() { return std::exchange(pages_, {}); }

StringTreeWriter::Root StringTreeWriter::finish() {
  if (keys_ == 0) return {};
  children_.emplace_back(std::move(leaf_first_), page_count_);
  close_page(leaf_);
  std::uint32_t depth = 1;
  while (children_.size() > 1) {
    std::vector<std::pair<std::string, std::uint32_t>> parents;
    Page page;
    std::string first;
    for (const auto& [key, number] : children_) {
      std::string value;
      append(value, number);
      if (page.count > 0 && !fits(page, key, value)) {
        parents.emplace_back(std::move(first), page_count_);
        close_page(page);
      }
      if (page.count == 0) first = key;
      append_entry(page, key, value);
    }
    parents.emplace_back(std::move(first), page_count_);
    close_page(page);
    children_ = std::move(parents);
    ++depth;
  }
  return {children_.front().second, depth, keys_};
}

std::string_view StringTree::page(std::uint32_t number, Scratch& scratch) const {
  return file_->read(section_, std::uint64_t{number} * kPageBytes, kPageBytes, scratch);
}

std::optional<std::string_view> StringTree::find(std::string_view key, Scratch& scratch) const {
  if (depth_ == 0 || key.size() > kMaxKeyBytes) return std::nullopt;
  if (depth_ > kMaxDepth) file_->damaged(section_, "its tree is too deep");
  std::uint32_t number = root_;
  for (std::uint32_t depth = depth_;; --depth) {
    const std::string_view bytes = page(number, scratch);
    if (restart_count(bytes) == 0) file_->damaged(section_, "an empty page");
    const Found found = find_in_page(bytes, key);
    if (depth == 1) return found.exact ? std::optional(found.entry->value) : std::nullopt;
    if (!found.entry) return std::nullopt;
    const std::uint32_t child = child_of(*found.entry);
    if (child >= number) file_->damaged(section_, "a page that points to one behind it");
    number = child;
  }
}

StringTree::Cursor::Cursor(const StringTree& tree, std::string_view from) : tree_(&tree) {
  if (tree.depth_ > kMaxDepth) tree.file_->damaged(tree.section_, "its tree is too deep");
  levels_.resize(tree.depth_);
  descend(from);
}

void StringTree::Cursor::seek(std::string_view at_least) { descend(at_least); }

// Children are written before their parents: so no walk through damaged pages goes in a circle.
void StringTree::Cursor::load(std::size_t depth, std::uint32_t page) {
  Level& level = levels_[depth];
  if (depth > 0 && page >= levels_[depth - 1].number) {
    tree_->file_->damaged(tree_->section_, "a page that points to one behind it");
  }
  level.number = page;
  level.page = tree_->page(page, level.scratch);
  level.index = 0;
  level.count = entry_count(level.page);
  level.offset = kPageHead;
  level.key.clear();
  if (level.count == 0) tree_->file_->damaged(tree_->section_, "an empty page");
}

bool StringTree::Cursor::step(Level& level) const {
  if (level.index == level.count) return false;
  const Entry entry = read_entry(level.page, level.offset);
  const std::string_view before = std::string_view(level.key).substr(std::min(entry.shared, level.key.size()));
  if (level.index > 0 && entry.suffix <= before) tree_->file_->damaged(tree_->section_, "keys out of order");
  apply(level.key, entry);
  level.value = entry.value;
  ++level.index;
  return true;
}

// Level 0 is the root, the last the leaf.
void StringTree::Cursor::descend(std::string_view at_least) {
  at_end_ = true;
  if (levels_.empty()) return;
  std::uint32_t number = tree_->root_;
  for (std::size_t depth = 0;; ++depth) {
    load(depth, number);
    Level& level = levels_[depth];
    const bool leaf = depth + 1 == levels_.size();
    if (restart_count(level.page) == 0) tree_->file_->damaged(tree_->section_, "an empty page");
    const std::uint32_t restart = find_restart(level.page, at_least);
    level.index = std::min(restart * kRestartEvery, level.count);
    level.offset = restart_offset(level.page, restart);
    level.key.clear();
    if (leaf) {
      while (step(level)) {
        if (level.key >= at_least) {
          key_ = level.key, value_ = level.value, at_end_ = false;
          return;
        }
      }
      if (!advance(depth)) return;
      key_ = levels_.back().key, value_ = levels_.back().value, at_end_ = false;
      // Callers count on a seek to bring them on.
      if (key_ < at_least) tree_->file_->damaged(tree_->section_, "keys out of order");
      return;
    }
    // The last child whose first key is <= at_least, or the first child.
    if (!step(level)) tree_->file_->damaged(tree_->section_, "an empty page");
    while (level.index < level.count) {
      const std::size_t offset = level.offset;
      std::string key = level.key;
      const std::string_view value = level.value;
      step(level);
      if (level.key > at_least) {  // one step back
        level.key = std::move(key), level.value = value, level.offset = offset;
        --level.index;
        break;
      }
    }
    number = child_of({0, {}, level.value});
  }
}

bool StringTree::Cursor::advance(std::size_t depth) {
  for (;;) {
    if (step(levels_[depth])) return true;
    if (depth == 0) return false;
    if (!advance(depth - 1)) return false;
    const std::uint32_t page = child_of({0, {}, levels_[depth - 1].value});
    if (page <= levels_[depth].number) tree_->file_->damaged(tree_->section_, "pages out of order");
    const std::string before = levels_[depth].key;
    load(depth, page);
    if (!step(levels_[depth])) continue;
    if (levels_[depth].key <= before) tree_->file_->damaged(tree_->section_, "keys out of order");
    return true;
  }
}

void StringTree::Cursor::next() {
  if (at_end_) return;
  at_end_ = !advance(levels_.size() - 1);
  if (!at_end_) key_ = levels_.back().key, value_ = levels_.back().value;
}

}  // namespace digest::index
