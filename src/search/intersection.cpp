// SPDX-License-Identifier: MIT
#include "search/intersection.hpp"

#include <algorithm>
#include <numeric>

namespace digest::search {

Intersection::Intersection(const std::vector<const PostingSource*>& sources, CommonPapers& common) : common_(common) {
  for (const PostingSource* source : sources) walks_.push_back({PostingCursor(*source), {}});
  order_.resize(walks_.size());
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) { return sources[a]->count() < sources[b]->count(); });
}

bool Intersection::next() {
  while (open_range()) {
    const PostingCursor& lead = walks_[order_.front()].cursor;
    const std::uint32_t count = first_not_below(lead.papers(), lead.left_in_block(), end_ + 1);
    papers_.assign(lead.papers(), lead.papers() + count);
    std::vector<std::uint32_t>& places = walks_[order_.front()].places;
    places.resize(count);
    std::iota(places.begin(), places.end(), lead.index_in_block());
    for (std::size_t i = 1; i < order_.size() && !papers_.empty(); ++i) keep(i);
    from_ = end_ + 1;
    if (!papers_.empty()) return true;
  }
  return false;
}

// A range of papers up to end_, the lead at its first and every other source in the block that holds it.
bool Intersection::open_range() {
  for (std::size_t i = 0; i < order_.size();) {
    PostingCursor& cursor = walks_[order_[i]].cursor;
    if (i == 0) cursor.seek(from_);
    if (!cursor.seek_block(from_)) return false;
    end_ = i == 0 ? cursor.last_in_block() : std::min(end_, cursor.last_in_block());
    // What lies before the first of a source's block, or the lead's next, nobody needs to look at.
    const bool leap = cursor.paper() > from_;
    from_ = std::max(from_, cursor.paper());
    i = leap && i > 0 ? 0 : i + 1;
  }
  return true;
}

// Of the papers so far those that the i-th source, from the rarest, has too.
void Intersection::keep(std::size_t i) {
  Walk& walk = walks_[order_[i]];
  which_.resize(papers_.size());
  walk.places.resize(papers_.size());
  const std::uint32_t count = common_.find(papers_.data(), static_cast<std::uint32_t>(papers_.size()), walk.cursor.papers(),
                                           walk.cursor.left_in_block(), which_.data(), walk.places.data());
  walk.places.resize(count);
  for (std::uint32_t& place : walk.places) place += walk.cursor.index_in_block();
  for (std::uint32_t k = 0; k < count; ++k) papers_[k] = papers_[which_[k]];
  papers_.resize(count);
  for (std::size_t before = 0; before < i; ++before) {
    std::vector<std::uint32_t>& places = walks_[order_[before]].places;
    for (std::uint32_t k = 0; k < count; ++k) places[k] = places[which_[k]];
    places.resize(count);
  }
}

}  // namespace digest::search
