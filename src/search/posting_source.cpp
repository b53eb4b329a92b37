// SPDX-License-Identifier: MIT
#include "search/posting_source.hpp"

#include <algorithm>

#include "search/common_papers.hpp"

namespace digest::search {

void PostingCursor::load(std::uint32_t block) {
  block_ = block;
  at_ = 0;
  if (block >= source_->blocks_) {
    count_ = 0;
    return;
  }
  if (source_->list_) {
    source_->list_->decode_papers(block, *decoded_);
    papers_ = decoded_->papers, frequencies_ = decoded_->frequencies, count_ = decoded_->count;
    if (!source_->made_.papers.empty()) merge_beside();
    return;
  }
  const std::size_t from = std::size_t{block} * index::kBlockSize;
  papers_ = source_->made_.papers.data() + from;
  frequencies_ = source_->made_.frequencies.data() + from;
  count_ = static_cast<std::uint32_t>(std::min(index::kBlockSize, source_->made_.papers.size() - from));
}

// Papers up to the last of the block belong to it; to the last block, all that are left.
void PostingCursor::merge_beside() {
  const PaperList& beside = source_->made_;
  const auto begin = beside.papers.begin();
  const auto from = block_ == 0 ? begin : std::upper_bound(begin, beside.papers.end(), source_->list_->last_paper(block_ - 1));
  const auto to = block_ + 1 == source_->blocks_ ? beside.papers.end() : std::upper_bound(from, beside.papers.end(), papers_[count_ - 1]);
  if (from == to) return;
  (void)frequencies();
  merged_.papers.clear(), merged_.frequencies.clear();
  std::uint32_t at = 0;
  for (auto i = static_cast<std::size_t>(from - begin); i < static_cast<std::size_t>(to - begin); ++i) {
    for (; at < count_ && papers_[at] < beside.papers[i]; ++at) merged_.add(papers_[at], frequencies_[at]);
    if (at < count_ && papers_[at] == beside.papers[i]) ++at;  // its frequency is among the other's
    merged_.add(beside.papers[i], beside.frequencies[i]);
  }
  for (; at < count_; ++at) merged_.add(papers_[at], frequencies_[at]);
  papers_ = merged_.papers.data(), frequencies_ = merged_.frequencies.data();
  count_ = static_cast<std::uint32_t>(merged_.papers.size());
}

void PostingCursor::go_on_to_block(std::uint32_t wanted) {
  std::uint32_t block = block_ + 1;
  if (source_->list_) {
    block = source_->list_->find_block(wanted, block);
    // Behind the list's last paper there may be papers beside it.
    if (block == source_->blocks_ && block_ + 1 < block && !source_->made_.papers.empty()) --block;
  } else {
    const auto& papers = source_->made_.papers;
    const auto found = std::lower_bound(papers.begin() + std::ptrdiff_t{block_} * static_cast<std::ptrdiff_t>(index::kBlockSize), papers.end(), wanted);
    block = static_cast<std::uint32_t>(static_cast<std::size_t>(found - papers.begin()) / index::kBlockSize);
  }
  load(block);
  if (at_ < count_ && last_in_block() < wanted) load(block_ + 1);  // the last block, and it does not reach so far: the end
}

void PostingCursor::go_on_to(std::uint32_t wanted) {
  if (last_in_block() < wanted) go_on_to_block(wanted);
  if (paper() < wanted) at_ += first_not_below(papers_ + at_, count_ - at_, wanted);
}

}  // namespace digest::search
