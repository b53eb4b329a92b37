// SPDX-License-Identifier: MIT
// What one leaf of a query matches in one segment, as ascending papers with frequencies in blocks: a posting list as it
// lies in the index, one made up for the query (a phrase, a field, a filter), or both: a word and the few papers that
// spell it otherwise. One thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "index/postings.hpp"

namespace digest::search {

inline constexpr std::uint32_t kNoMorePapers = std::numeric_limits<std::uint32_t>::max();

// Ascending papers, each with how often it has the leaf.
struct PaperList {
  std::vector<std::uint32_t> papers, frequencies;
  void add(std::uint32_t paper, std::uint32_t frequency) { papers.push_back(paper), frequencies.push_back(frequency); }
};

class PostingSource {
 public:
  PostingSource() = default;  // matches nothing
  explicit PostingSource(std::unique_ptr<index::PostingList> list) : list_(std::move(list)) {
    count_ = list_->papers();
    blocks_ = list_->blocks();
  }
  // `beside`: papers that have it in another way too, or only so (`only`, all living); their frequency is of all ways.
  // `living`: papers with either.
  PostingSource(std::unique_ptr<index::PostingList> list, PaperList beside, std::uint32_t only, std::uint64_t living)
      : list_(std::move(list)), made_(std::move(beside)), living_(living) {
    count_ = list_->papers() + only;
    blocks_ = list_->blocks();
  }
  explicit PostingSource(PaperList made)
      : made_(std::move(made)), living_(made_.papers.size()), count_(static_cast<std::uint32_t>(made_.papers.size())),
        blocks_(static_cast<std::uint32_t>((made_.papers.size() + index::kBlockSize - 1) / index::kBlockSize)) {}

  [[nodiscard]] std::uint32_t count() const { return count_; }
  [[nodiscard]] std::uint32_t blocks() const { return blocks_; }
  // The list, where it is the whole source.
  [[nodiscard]] const index::PostingList* list() const { return made_.papers.empty() ? list_.get() : nullptr; }
  // The list it is, or that it is but for the papers beside it.
  [[nodiscard]] const index::PostingList* main_list() const { return list_.get(); }
  [[nodiscard]] const PaperList& beside() const { return made_; }
  [[nodiscard]] std::unique_ptr<index::PostingList> take_list() { return std::move(list_); }
  // How many living papers it has, where the list alone does not say it.
  [[nodiscard]] std::optional<std::uint64_t> living() const { return living_; }

 private:
  friend class PostingCursor;
  std::unique_ptr<index::PostingList> list_;
  PaperList made_;  // alone, or beside the list
  std::optional<std::uint64_t> living_;
  std::uint32_t count_ = 0, blocks_ = 0;
};

// Walks a source forward.
class PostingCursor {
 public:
  explicit PostingCursor(const PostingSource& source) : source_(&source) {
    if (source.list_) decoded_ = std::make_unique_for_overwrite<index::PostingBlock>();
    load(0);
  }

  [[nodiscard]] std::uint32_t paper() const { return at_ < count_ ? papers_[at_] : kNoMorePapers; }
  [[nodiscard]] std::uint32_t frequency() const { return frequencies()[0]; }
  void next() {
    if (++at_ == count_) load(block_ + 1);
  }
  // The first paper >= `wanted`, which must not lie before the current one.
  void seek(std::uint32_t wanted) {
    if (paper() < wanted) go_on_to(wanted);
  }

  // The rest of the current block, for loops that take many at once.
  [[nodiscard]] const std::uint32_t* papers() const { return papers_ + at_; }
  [[nodiscard]] const std::uint32_t* frequencies() const {
    if (decoded_ && !decoded_->packed_frequencies.empty()) source_->list_->decode_frequencies(*decoded_);
    return frequencies_ + at_;
  }
  [[nodiscard]] std::uint32_t left_in_block() const { return count_ - at_; }
  [[nodiscard]] std::uint32_t last_in_block() const { return papers_[count_ - 1]; }  // not at the end
  void skip(std::uint32_t count) {
    at_ += count;
    if (at_ >= count_) load(block_ + 1);
  }
  // Goes on, if need be, to the block that has the first paper >= `wanted`, and there no further. False: there is none.
  bool seek_block(std::uint32_t wanted) {
    if (paper() == kNoMorePapers) return false;
    if (last_in_block() < wanted) go_on_to_block(wanted);
    return paper() != kNoMorePapers;
  }
  [[nodiscard]] std::uint32_t block() const { return block_; }
  [[nodiscard]] std::uint32_t index_in_block() const { return at_; }
  // Of the whole block.
  [[nodiscard]] const std::uint32_t* block_frequencies() const { return frequencies() - at_; }
  [[nodiscard]] const index::PostingBlock& decoded() const {
    (void)frequencies();
    return *decoded_;
  }

 private:
  void load(std::uint32_t block);
  void merge_beside();
  void go_on_to(std::uint32_t wanted);
  void go_on_to_block(std::uint32_t wanted);

  const PostingSource* source_;
  PaperList merged_;  // a block of the list with what stands beside it
  std::unique_ptr<index::PostingBlock> decoded_;
  const std::uint32_t* papers_ = nullptr;
  const std::uint32_t* frequencies_ = nullptr;
  std::uint32_t count_ = 0, at_ = 0, block_ = 0;
};

}  // namespace digest::search
