// SPDX-License-Identifier: MIT
// One segment is one immutable file: a short head, sections, and a last page that says where they are (FORMAT.md).
// Writer: appends section after section. Reader: reads the last page, then only what is asked for; every offset is
// checked against its section. A reader is safe from several threads, a writer belongs to one.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.hpp"
#include "storage/directory.hpp"

namespace digest::index {

inline constexpr std::uint32_t kLayoutVersion = 3;  // on disk; raised whenever the bytes change their meaning

// On disk, never renumber.
enum class SectionId : std::uint32_t {
  papers = 1,          // zstd frames, kPapersPerBlock papers each
  paper_offsets = 2,   // u64 a block, and one more: where its frame begins in `papers`
  paper_dictionary = 3,
  postings = 4,
  positions = 5,
  terms = 6,           // tree: term -> where its postings are
  words = 7,           // tree: the distinct forms
  lengths = 8,         // u16 a paper: words of title and abstract
  title_lengths = 9,   // u16 a paper
  id_hashes = 10,      // u64 a paper: order of ties
  dates = 11,          // i32 a paper: day of the date, kNoDate without one
  first_indexed = 12,  // i32 a paper: day it was first added
  keys = 13,           // sorted lookup keys
};
inline constexpr std::size_t kSectionCount = 13;
std::string_view section_name(SectionId id);

// What the last page says, besides the table of sections.
struct SegmentCounts {
  std::uint32_t papers = 0;            // slots, dead ones included
  std::uint32_t living = 0;            // when written
  std::uint32_t without_abstract = 0;  // among the living
  std::uint32_t papers_per_block = 0;
  std::uint64_t total_length = 0;      // words of the living
  std::uint64_t total_title_length = 0;  // of these, in titles
  std::uint64_t terms = 0;
  std::uint64_t words = 0;
  std::uint32_t terms_root = 0, terms_depth = 0;  // page number and height of the trees
  std::uint32_t words_root = 0, words_depth = 0;
};

// Memory for reads: grows, is not cleared.
class Scratch {
 public:
  char* room(std::size_t bytes) {
    if (bytes > capacity_) {
      capacity_ = bytes + bytes / 2 + 64;
      memory_ = std::make_unique_for_overwrite<char[]>(capacity_);
    }
    return memory_.get();
  }

 private:
  std::unique_ptr<char[]> memory_;
  std::size_t capacity_ = 0;
};

// A file that a commit names: that it is not there is Error(corrupt).
std::unique_ptr<storage::InputFile> open_committed(const storage::Directory& directory, const std::string& name, storage::Access access);

class SegmentFileWriter {
 public:
  SegmentFileWriter(storage::Directory& directory, std::string name);
  void begin(SectionId id);
  void append(std::string_view bytes);  // to the section begun last
  void end();
  [[nodiscard]] std::uint64_t section_size() const { return section_size_; }
  // Writes the last page, syncs and closes. Returns the file's size and the checksum of its last page.
  struct Finished {
    std::uint64_t size = 0;
    std::uint64_t checksum = 0;
  };
  Finished finish(const SegmentCounts& counts);

 private:
  struct Entry {
    SectionId id{};
    std::uint64_t offset = 0, length = 0, checksum = 0;
  };
  void flush();
  void raw(std::string_view bytes);

  std::unique_ptr<storage::OutputFile> file_;
  std::string name_;
  std::string buffer_;
  std::uint64_t written_ = 0;
  std::uint64_t section_size_ = 0;
  Hasher64 hasher_;
  std::vector<Entry> entries_;
};

class SegmentFile {
 public:
  // Error(corrupt) if the last page is damaged or is not the one with this checksum; Error(version).
  static std::unique_ptr<SegmentFile> open(const storage::Directory& directory, const std::string& name,
                                           storage::Access access, std::uint64_t size, std::uint64_t checksum);

  [[nodiscard]] const SegmentCounts& counts() const { return counts_; }
  [[nodiscard]] const std::string& name() const { return file_->name(); }
  [[nodiscard]] std::uint64_t size() const { return file_->size(); }
  [[nodiscard]] std::uint64_t section_size(SectionId id) const { return entry(id).length; }
  [[nodiscard]] std::uint64_t section_offset(SectionId id) const { return entry(id).offset; }
  [[nodiscard]] std::uint64_t section_checksum(SectionId id) const { return entry(id).checksum; }

  // `length` bytes at `offset` of the section: a view of the mapping, or of `scratch`, valid as long as that.
  [[nodiscard]] std::string_view read(SectionId id, std::uint64_t offset, std::uint64_t length, Scratch& scratch) const;
  // The bytes of the section where the file is mapped; else empty.
  [[nodiscard]] std::string_view mapped(SectionId id) const;
  [[nodiscard]] const storage::InputFile& file() const { return *file_; }

  [[noreturn]] void damaged(SectionId id, std::string_view what) const;

 private:
  struct Entry {
    std::uint64_t offset = 0, length = 0, checksum = 0;
  };
  SegmentFile() = default;
  [[nodiscard]] const Entry& entry(SectionId id) const { return entries_[static_cast<std::size_t>(id)]; }

  std::unique_ptr<storage::InputFile> file_;
  std::string_view mapped_;
  SegmentCounts counts_;
  std::array<Entry, kSectionCount + 1> entries_{};
};

inline constexpr std::size_t kFooterBytes = 1024;  // on disk
inline constexpr std::size_t kHeadBytes = 16;      // on disk

}  // namespace digest::index
