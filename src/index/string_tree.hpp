// SPDX-License-Identifier: MIT
// A sorted map from byte strings to short values, as a static B-tree of 4 KiB pages: a lookup reads one page a level,
// whatever the size; ranges are walked in order. Written once, from keys that arrive sorted (FORMAT.md, "Trees").
// A reader's cursor belongs to one thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/segment_file.hpp"

namespace digest::index {

inline constexpr std::size_t kPageBytes = 4096;       // on disk
inline constexpr std::size_t kMaxKeyBytes = 255;      // on disk
inline constexpr std::size_t kMaxValueBytes = 1024;   // on disk

// Collects pages in memory and gives them out in order, so that a caller can spill them.
class StringTreeWriter {
 public:
  // Keys strictly ascending, at most kMaxKeyBytes; values at most kMaxValueBytes.
  void add(std::string_view key, std::string_view value);

  // Finished leaf pages so far, to be written away; take them as often as wanted.
  std::string take_pages();

  struct Root {
    std::uint32_t page = 0;
    std::uint32_t depth = 0;  // 0: empty tree; 1: the root is a leaf
    std::uint64_t keys = 0;
  };
  // Writes the levels above; the remaining pages are in take_pages().
  Root finish();

 private:
  struct Page {
    std::string entries;
    std::vector<std::uint16_t> restarts;
    std::uint32_t count = 0;
    std::string last;
  };
  void append_entry(Page& page, std::string_view key, std::string_view value);
  static bool fits(const Page& page, std::string_view key, std::string_view value);
  void close_page(Page& page);

  Page leaf_;
  std::string leaf_first_;
  std::string pages_;
  std::uint32_t page_count_ = 0;
  std::uint64_t keys_ = 0;
  std::vector<std::pair<std::string, std::uint32_t>> children_;  // first key and page of each leaf
};

class StringTree {
 public:
  StringTree(const SegmentFile& file, SectionId section, std::uint32_t root, std::uint32_t depth)
      : file_(&file), section_(section), root_(root), depth_(depth) {}

  // The value of exactly this key. `scratch` backs the view where the file is not mapped.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view key, Scratch& scratch) const;

  // Entries in order, from the first key >= `from`.
  class Cursor {
   public:
    Cursor(const StringTree& tree, std::string_view from);
    void seek(std::string_view at_least);
    void next();
    [[nodiscard]] bool at_end() const { return at_end_; }
    [[nodiscard]] std::string_view key() const { return key_; }
    [[nodiscard]] std::string_view value() const { return value_; }

   private:
    struct Level {
      std::string_view page;
      Scratch scratch;
      std::uint32_t number = 0;   // of the page
      std::uint32_t index = 0;    // entry within the page
      std::uint32_t count = 0;
      std::size_t offset = 0;     // of the next entry
      std::string key;
      std::string_view value;
    };
    bool step(Level& level) const;            // reads the next entry of the page; false at its end
    void load(std::size_t depth, std::uint32_t page);
    bool advance(std::size_t depth);          // moves a level to its next entry, climbing where needed
    void descend(std::string_view at_least);

    const StringTree* tree_;
    std::vector<Level> levels_;
    std::string_view key_, value_;
    bool at_end_ = true;
  };

 private:
  friend class Cursor;
  [[nodiscard]] std::string_view page(std::uint32_t number, Scratch& scratch) const;
  const SegmentFile* file_;
  SectionId section_;
  std::uint32_t root_;
  std::uint32_t depth_;
};

}  // namespace digest::index
