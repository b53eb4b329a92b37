// SPDX-License-Identifier: MIT
// Papers that several sources all have, led by the rarest ("small versus small": Culpepper and Moffat 2010, "Efficient set
// intersection for inverted indexing"): a range of papers at a time, in which each source has one block. Spans and
// cursors are good until next(). Error(corrupt) for a damaged list. One thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "search/common_papers.hpp"
#include "search/posting_source.hpp"

namespace digest::search {

class Intersection {
 public:
  // Which papers of the lead's block are worth a look: writes their indices there to `which` and returns how many; or
  // nothing: all.
  using Choice = std::function<std::optional<std::uint32_t>(const PostingCursor& lead, std::uint32_t* which)>;

  // At least one source; they must outlive this, as must `common`.
  Intersection(const std::vector<const PostingSource*>& sources, CommonPapers& common, Choice choose = {});

  // The source that leads: the rarest.
  [[nodiscard]] std::size_t lead() const { return order_.front(); }
  // Goes on to the next range with papers that all have; false: there is none.
  bool next();
  // Those papers, ascending.
  [[nodiscard]] std::span<const std::uint32_t> papers() const { return {papers_.data(), count_}; }
  // Of a source, as numbered in the constructor: a cursor in the block of this range (where in it means nothing), and the
  // places of papers() in that whole block.
  [[nodiscard]] const PostingCursor& cursor(std::size_t source) const { return walks_[source].cursor; }
  [[nodiscard]] std::span<const std::uint32_t> places(std::size_t source) const { return {walks_[source].places.data(), count_}; }

 private:
  struct Walk {
    PostingCursor cursor;
    std::vector<std::uint32_t> places;
  };
  bool open_range();
  bool open_lead();
  void choose_lead();
  void take_lead();
  void keep(std::size_t rank);

  CommonPapers& common_;
  Choice choose_;
  std::vector<Walk> walks_;                    // in the order given
  std::vector<std::size_t> order_;             // by rank: the rarest first
  std::vector<std::uint32_t> papers_, which_;  // the first count_ of these, and of all places, are valid; they only grow
  std::uint32_t count_ = 0;
  // Of the lead's block the papers worth a look, lead_count_ of them: all, in place, or the chosen ones.
  const std::uint32_t* lead_papers_ = nullptr;
  std::vector<std::uint32_t> chosen_papers_, chosen_places_;
  bool chosen_ = false;
  std::uint32_t lead_count_ = 0, lead_at_ = 0;
  std::uint32_t lead_end_ = 0;                 // the next paper behind that block, 0 before the first
  std::uint32_t from_ = 0;                     // the least paper that may follow
  std::uint32_t end_ = 0;                      // the last of the range
};

}  // namespace digest::search
