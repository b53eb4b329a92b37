// SPDX-License-Identifier: MIT
// Writes the sections of one segment in their order, from papers, postings and words that arrive sorted. What must wait
// for its turn is spilled beyond a few megabytes, so that a segment of any size is written in bounded memory.
// Used by the writer and the merger alike; one thread.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/commit.hpp"
#include "index/postings.hpp"
#include "index/segment_file.hpp"
#include "index/string_tree.hpp"

namespace digest::index {

// Bytes that wait: in memory, beyond a limit in a file of their own.
class SpillBuffer {
 public:
  SpillBuffer(storage::Directory& directory, std::string name) : directory_(directory), name_(std::move(name)) {}
  ~SpillBuffer();
  SpillBuffer(const SpillBuffer&) = delete;
  SpillBuffer& operator=(const SpillBuffer&) = delete;
  void append(std::string_view bytes);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  void drain(const std::function<void(std::string_view)>& use);

 private:
  storage::Directory& directory_;
  std::string name_;
  std::string memory_;
  std::unique_ptr<storage::OutputFile> file_;
  std::uint64_t size_ = 0;
};

struct RowColumns {
  std::uint64_t id_hash = 0;
  std::int32_t day = 0, first_indexed = 0;
  std::uint16_t length = 0, title_length = 0;
};

class SegmentSections {
 public:
  SegmentSections(storage::Directory& directory, std::uint64_t number);
  [[nodiscard]] SegmentCounts& counts() { return counts_; }

  // 1. The papers.
  void add_frame(std::string_view frame);
  void finish_papers(std::string_view dictionary);
  // 2. One row a paper, before the postings.
  void add_row(const RowColumns& row);
  [[nodiscard]] PaperFacts facts() const { return {lengths_, id_hashes_}; }
  // 3. Posting bytes, in any pieces; then terms ascending, their offsets into all bytes appended so far.
  [[nodiscard]] std::uint64_t postings_size() const { return file_.section_size(); }
  [[nodiscard]] std::uint64_t positions_size() const { return positions_.size(); }
  void append_postings(std::string_view bytes) { file_.append(bytes); }
  void append_positions(std::string_view bytes) { positions_.append(bytes); }
  void add_term(std::string_view term, const TermInfo& info, std::span<const FormView> forms);
  // 4. Words ascending.
  void begin_words();
  void add_word(std::string_view word);
  // 5. The rest.
  void finish_columns(std::string_view keys);
  CommittedSegment finish();

 private:
  void drain(SectionId id, SpillBuffer& buffer);
  template <typename Value>
  void column(SectionId id, const std::vector<Value>& values);

  std::uint64_t number_;
  SegmentFileWriter file_;
  SegmentCounts counts_;
  std::vector<std::uint64_t> offsets_{0};
  std::vector<std::uint16_t> lengths_, title_lengths_;
  std::vector<std::uint64_t> id_hashes_;
  std::vector<std::int32_t> days_, first_indexed_;
  SpillBuffer positions_, term_pages_;
  StringTreeWriter terms_, words_;
  std::string entry_;
};

}  // namespace digest::index
