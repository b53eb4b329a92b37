// SPDX-License-Identifier: MIT
// The k best papers so far. Order: score, then the 64-bit hash of the paper's id, so that ties never depend on how the
// index was built. Invariant: once k are held, threshold() is the least score that can still enter.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "index/segment.hpp"

namespace digest::search {

struct Candidate {
  double score = 0;
  std::uint32_t segment = 0;
  std::uint32_t paper = 0;
};

class TopK {
 public:
  TopK(const std::vector<std::unique_ptr<index::Segment>>& segments, std::size_t k) : segments_(&segments), k_(k) {
    heap_.reserve(std::min<std::size_t>(k, 4096) + 1);
  }

  // A score below this cannot enter; an equal one may.
  [[nodiscard]] double threshold() const { return threshold_; }

  void offer(const Candidate& candidate) {
    if (k_ == 0 || candidate.score < threshold_) return;
    const auto before = [this](const Candidate& a, const Candidate& b) { return better(a, b); };
    if (heap_.size() == k_) {
      if (!better(candidate, heap_.front())) return;
      std::pop_heap(heap_.begin(), heap_.end(), before);
      heap_.back() = candidate;
    } else {
      heap_.push_back(candidate);
    }
    std::push_heap(heap_.begin(), heap_.end(), before);
    if (heap_.size() == k_) threshold_ = heap_.front().score;
  }

  // Best first; the collector is spent.
  [[nodiscard]] std::vector<Candidate> take() {
    std::sort(heap_.begin(), heap_.end(), [this](const Candidate& a, const Candidate& b) { return better(a, b); });
    return std::move(heap_);
  }

  [[nodiscard]] bool better(const Candidate& a, const Candidate& b) const {
    if (a.score != b.score) return a.score > b.score;
    const std::uint64_t first = hash(a), second = hash(b);  // read only for ties
    if (first != second) return first < second;
    return a.segment != b.segment ? a.segment < b.segment : a.paper < b.paper;
  }

 private:
  [[nodiscard]] std::uint64_t hash(const Candidate& candidate) const {
    return (*segments_)[candidate.segment]->id_hash(candidate.paper);
  }

  const std::vector<std::unique_ptr<index::Segment>>* segments_;
  std::size_t k_;
  double threshold_ = -std::numeric_limits<double>::infinity();
  std::vector<Candidate> heap_;  // the worst first
};

}  // namespace digest::search
