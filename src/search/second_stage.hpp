// SPDX-License-Identifier: MIT
// The second stage of `--ranker auto`, wired to an index: a fixed number of the best are looked at closely, and what
// their fields, positions and kinship with the very best say is added (rescoring.hpp, feedback.hpp, RANKING.md).
// One thread; a Workspace is kept from query to query.
#pragma once
#include <digest/search.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "index/paper_store.hpp"

#include "search/bm25.hpp"
#include "search/feedback.hpp"
#include "search/plan.hpp"
#include "search/rescoring.hpp"
#include "search/run.hpp"
#include "search/top_k.hpp"

namespace digest::search {

// Belongs to one snapshot and one thread at a time.
struct Workspace {
  std::optional<Bm25> bm25;  // of the last query: the next is mostly scored alike
  FeedbackModel feedback;
  Scoreboard board;
  // Papers that the second stage of this query read: most are among the hits.
  struct Read {
    std::uint32_t segment = 0, paper = 0;
    index::StoredRecord record;
  };
  std::vector<Read> read;
  std::vector<std::unique_ptr<index::PaperStore>> stores;  // by segment; each loads its dictionary once

  // By segment, what its dictionary says of a word that expands queries: most of them come again.
  using Entries = std::vector<std::optional<index::TermInfo>>;
  std::unordered_map<std::string, Entries> expanding;

  const Entries& entries(const index::Snapshot& snapshot, const std::string& term) {
    constexpr std::size_t kMostRemembered = 1U << 15;  // some 4 MB
    if (const auto known = expanding.find(term); known != expanding.end()) return known->second;
    Entries found;
    for (const auto& segment : snapshot.segments()) found.push_back(segment->find_term(term, index::Forms::skip));
    if (expanding.size() * found.size() >= kMostRemembered) expanding.clear();
    return expanding.emplace(term, std::move(found)).first->second;
  }

  index::PaperStore& store(const index::Snapshot& snapshot, std::uint32_t segment) {
    if (stores.size() <= segment) stores.resize(segment + std::size_t{1});
    if (!stores[segment]) stores[segment] = std::make_unique<index::PaperStore>(snapshot.segments()[segment]->file());
    return *stores[segment];
  }

  index::StoredRecord record(const index::Snapshot& snapshot, std::uint32_t segment, std::uint32_t paper) {
    for (const Read& known : read) {
      if (known.segment == segment && known.paper == paper) return known.record;
    }
    return store(snapshot, segment).read(paper);
  }
};

struct Rescored {
  Candidate candidate;                   // score: with the adjustments
  std::vector<Adjustment> adjustments;   // all > 0
};

// `first`: best first, by BM25. What comes back is in the new order; papers behind the rescored ones keep theirs.
std::vector<Rescored> second_stage(const index::Snapshot& snapshot, const Plan& plan,
                                   const AutoWeights& weights, std::vector<Candidate> first, Workspace& workspace);

}  // namespace digest::search
