// SPDX-License-Identifier: MIT
// What all ways to find papers have in common: one segment, its lengths, where results go. One thread.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "index/batch.hpp"
#include "search/common_papers.hpp"
#include "search/matcher.hpp"

namespace digest::search {

inline constexpr std::uint32_t kWindow = 8192;  // papers; their scores, 64 KiB, stay in the second-level cache

// Bounds are sums of doubles in another order than scores: so much more is beyond all rounding.
inline constexpr double kSlack = 1 + 1e-9;

// Scores of a window of papers while they are added up, kept from query to query: all zero between windows.
struct Scoreboard {
  std::vector<double> scores;                      // kWindow of them, once opened
  std::vector<std::uint64_t> marked;               // a bit for each of the window's papers, while candidates are put in order
  std::vector<std::uint32_t> touched, candidates;  // the first `fresh` and `passing` of these; they only ever grow, so
  std::size_t fresh = 0, passing = 0;              // that nothing is cleared in vain
  bool dirty = true;                               // an exception may have left it so
  CommonPapers common;                             // of intersections, kept likewise

  void open() {
    if (dirty) scores.assign(kWindow, 0.0), marked.assign(kWindow / 64, 0);
    dirty = true;
    fresh = passing = 0;
  }
  void make_room(std::size_t count) {
    if (touched.size() < fresh + count) touched.resize(2 * (fresh + count));
    if (candidates.size() < passing + count) candidates.resize(2 * (passing + count));
  }
  void clear() {
    if (fresh > kWindow / 8) {
      std::fill(scores.begin(), scores.end(), 0.0);
    } else {
      for (std::size_t i = 0; i < fresh; ++i) scores[touched[i]] = 0.0;
    }
    dirty = false;
  }
};

struct Run {
  const index::Segment& segment;
  std::uint32_t number;
  const Plan& plan;
  const Bm25& bm25;
  const MatchOptions& options;
  TopK& top;
  Scoreboard& board;
  bool must_count = true;  // all that match; otherwise what cannot be among the best may be left out
  std::uint64_t total = 0;  // that match so far, in this segment and those before
};

// Lengths of all papers where the file is mapped, of a window at a time otherwise.
class Lengths {
 public:
  explicit Lengths(const index::Segment& segment) : segment_(segment) {
    if (const auto mapped = segment.file().mapped(index::SectionId::lengths); !mapped.empty()) {
      all_ = reinterpret_cast<const std::uint16_t*>(mapped.data());
    }
  }
  std::uint16_t of(std::uint32_t paper) {
    if (all_ != nullptr) return all_[paper];
    const std::uint32_t base = paper / kWindow * kWindow;
    return window(base)[paper - base];
  }
  const std::uint16_t* window(std::uint32_t base) {
    if (all_ != nullptr) return all_ + base;
    if (base != base_) {
      loaded_ = segment_.column<std::uint16_t>(index::SectionId::lengths, base, std::min(kWindow, segment_.papers() - base), scratch_);
      base_ = base;
    }
    return loaded_;
  }

 private:
  const index::Segment& segment_;
  const std::uint16_t* all_ = nullptr;
  const std::uint16_t* loaded_ = nullptr;
  std::uint32_t base_ = kNoMorePapers;
  index::Scratch scratch_;
};

[[nodiscard]] inline double sort_key(const Run& run, std::uint32_t paper) {
  const std::int32_t day = run.segment.day(paper);
  return day == index::kNoDate ? run.segment.first_indexed(paper) : day;
}

inline void offer(Run& run, std::uint32_t paper, double score) {
  if (run.options.by == MatchOptions::By::date) score = sort_key(run, paper);
  run.top.offer({score, run.number, paper});
}

}  // namespace digest::search
