// SPDX-License-Identifier: MIT
#include "search/intersection.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace digest::search {

Intersection::Intersection(const std::vector<const PostingSource*>& sources, CommonPapers& common, Choice choose)
    : common_(common), choose_(std::move(choose)) {
  for (const PostingSource* source : sources) walks_.push_back({PostingCursor(*source), {}});
  order_.resize(walks_.size());
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) { return sources[a]->count() < sources[b]->count(); });
}

bool Intersection::next() {
  while (open_range()) {
    take_lead();
    for (std::size_t rank = 1; rank < order_.size() && count_ > 0; ++rank) keep(rank);
    from_ = end_ + 1;
    if (count_ > 0) return true;
  }
  return false;
}

// The lead's papers of the range.
void Intersection::take_lead() {
  count_ = first_not_below(lead_papers_ + lead_at_, lead_count_ - lead_at_, end_ + 1);
  if (papers_.size() < count_) {
    papers_.resize(count_), which_.resize(count_);
    for (Walk& walk : walks_) walk.places.resize(count_);
  }
  std::copy_n(lead_papers_ + lead_at_, count_, papers_.begin());
  std::vector<std::uint32_t>& places = walks_[order_.front()].places;
  if (chosen_) {
    std::copy_n(chosen_places_.begin() + lead_at_, count_, places.begin());
  } else {
    std::iota(places.begin(), places.begin() + count_, lead_at_);
  }
}

// A range of papers up to end_, the lead at its first and every other source in the block that holds it.
bool Intersection::open_range() {
  for (std::size_t i = 0; i < order_.size();) {
    if (i == 0) {
      if (!open_lead()) return false;
      from_ = lead_papers_[lead_at_];
      end_ = lead_end_ - 1;
      ++i;
      continue;
    }
    PostingCursor& cursor = walks_[order_[i]].cursor;
    if (!cursor.seek_block(from_)) return false;
    end_ = std::min(end_, cursor.last_in_block());
    // What lies before the first of a source's block, or the lead's next, nobody needs to look at.
    const bool leap = cursor.paper() > from_;
    from_ = std::max(from_, cursor.paper());
    i = leap ? 0 : i + 1;
  }
  return true;
}

// To the lead's first paper from from_ on that is worth a look.
bool Intersection::open_lead() {
  PostingCursor& lead = walks_[order_.front()].cursor;
  for (;;) {
    lead_at_ += first_not_below(lead_papers_ + lead_at_, lead_count_ - lead_at_, from_);
    if (lead_at_ < lead_count_) return true;
    from_ = std::max(from_, lead_end_);
    if (!lead.seek_block(from_)) return false;
    choose_lead();
  }
}

void Intersection::choose_lead() {
  const PostingCursor& lead = walks_[order_.front()].cursor;
  lead_at_ = 0;
  lead_end_ = lead.last_in_block() + 1;
  lead_papers_ = lead.papers();
  lead_count_ = lead.left_in_block();
  chosen_ = false;
  if (!choose_) return;
  if (chosen_papers_.size() < lead_count_) chosen_papers_.resize(lead_count_), chosen_places_.resize(lead_count_);
  const auto count = choose_(lead, chosen_places_.data());
  if (!count) return;
  for (std::uint32_t i = 0; i < *count; ++i) chosen_papers_[i] = lead_papers_[chosen_places_[i]];
  lead_papers_ = chosen_papers_.data();
  lead_count_ = *count;
  chosen_ = true;
}

// Of the papers so far those that the source of this rank has too.
void Intersection::keep(std::size_t rank) {
  Walk& walk = walks_[order_[rank]];
  std::uint32_t* const which = which_.data();
  const std::uint32_t count = common_.find(papers_.data(), count_, walk.cursor.papers(), walk.cursor.left_in_block(), which, walk.places.data());
  const std::uint32_t first = walk.cursor.index_in_block();
  for (std::uint32_t k = 0; k < count; ++k) walk.places[k] += first, papers_[k] = papers_[which[k]];
  for (std::size_t before = 0; before < rank; ++before) {
    std::uint32_t* const places = walks_[order_[before]].places.data();
    for (std::uint32_t k = 0; k < count; ++k) places[k] = places[which[k]];
  }
  count_ = count;
}

}  // namespace digest::search
