// SPDX-License-Identifier: MIT
// A query tree bound to a snapshot: its leaves with their weights and what they match in each segment, and the boolean
// structure over them. Scores are sums over the leaves in their order. One thread.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "index/snapshot.hpp"
#include "query/query.hpp"
#include "search/posting_source.hpp"

namespace digest::search {

struct Leaf {
  const query::Node* node = nullptr;     // lives as long as the query
  bool scored = false;
  std::uint64_t papers = 0;              // living papers that have it: its document frequency
  double idf = 0;
  double weight = 0;                     // boost * idf
  std::vector<PostingSource> sources;    // by segment
};

struct PlanNode {
  enum class Kind : std::uint8_t { leaf, boolean, everything, nothing };
  Kind kind = Kind::nothing;
  std::uint32_t leaf = 0;
  std::vector<PlanNode> must, should, must_not;
  std::vector<PlanNode> optional;   // leaves that score where they match and decide nothing
  std::uint32_t min_should = 0;
};

struct Plan {
  std::vector<Leaf> leaves;
  PlanNode root;
  std::uint64_t papers = 0;         // living papers of the index
  double average_length = 0;
  double average_title_length = 0;
  [[nodiscard]] std::vector<std::uint32_t> scored() const;
};

struct PlanOptions {
  // What a word is worth that is said `count` times; empty: as much as one with that weight.
  double (*repeated_word_boost)(double count) = nullptr;
  bool drop_stop_words = false;     // where something else is there to be scored
  bool relax = false;               // min_should of relaxable booleans falls to 1
  const std::function<std::vector<std::string>(std::string_view tag)>* papers_with_tag = nullptr;
};

Plan make_plan(const index::Snapshot& snapshot, const query::Node& root, const PlanOptions& options);

}  // namespace digest::search
