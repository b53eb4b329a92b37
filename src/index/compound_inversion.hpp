// SPDX-License-Identifier: MIT
// The compounds of a batch that is being inverted: which there are, where their parts stand side by side, and their lists.
// Used by inversion.cpp alone, step by step in the order of the functions here.
#pragma once
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/compounds.hpp"
#include "index/inversion.hpp"
#include "index/term_order.hpp"

namespace digest::index {

class CompoundInversion {
 public:
  // `begin`: by term, where its occurrences begin, and one more. Must outlive this, as `terms` must.
  CompoundInversion(const TermOrder& terms, std::span<const std::uint64_t> begin) : terms_(terms), begin_(begin) {}

  // Frequent words that some paper here, or of another segment (`known`), writes in frequent parts.
  void choose(const FormTable& forms, std::span<const std::uint32_t> counts, std::set<std::string> known);
  // `placed`: by table and form.
  void find(const std::vector<PaperTokens>& papers, const std::vector<std::vector<TermOrder::Place>>& placed, unsigned threads);
  void encode(std::span<const Occurrence> occurrences, PaperFacts facts);
  // The lists, and then with the terms of the batch, in their order, the entries.
  void write_lists(SegmentSections& sections);
  void write_entries_before(std::string_view term, SegmentSections& sections);
  void write_all_entries(SegmentSections& sections);

 private:
  [[nodiscard]] bool is_frequent(std::size_t term) const { return begin_[term + 1] - begin_[term] >= kCompoundFrom; }
  // The number of a frequent term; terms_.size() if it is none.
  [[nodiscard]] std::size_t frequent(std::string_view term) const;
  [[nodiscard]] std::string compound_of(const FormTable& forms, std::uint32_t form) const;
  void write_entry(SegmentSections& sections);

  const TermOrder& terms_;
  std::span<const std::uint64_t> begin_;
  std::vector<Compound> compounds_;             // by key
  std::vector<CompoundFinder::Match> matches_;  // by compound, paper, position
  std::vector<std::size_t> matches_begin_;      // by compound
  std::string postings_, positions_;
  std::vector<CompoundEncoder::Lists> lists_;   // by compound
  std::size_t written_ = 0;                     // entries
};

}  // namespace digest::index
