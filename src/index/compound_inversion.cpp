// SPDX-License-Identifier: MIT
#include "index/compound_inversion.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/parallel.hpp"

namespace digest::index {

std::size_t CompoundInversion::frequent(std::string_view term) const {
  std::size_t low = 0, high = terms_.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (terms_.text(middle) < term) low = middle + 1; else high = middle;
  }
  return low < terms_.size() && terms_.text(low) == term && is_frequent(low) ? low : terms_.size();
}

// The key of a form's compound; empty if it or one of its parts is rare.
std::string CompoundInversion::compound_of(const FormTable& forms, std::uint32_t form) const {
  const auto ends = forms.part_ends(form);
  const std::uint32_t joined = terms_.place(form).term();
  if (!is_frequent(joined)) return {};
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= ends.size(); ++i) {
    const std::size_t to = i < ends.size() ? ends[i] : forms.form(form).size();
    parts.push_back(term_of(forms.form(form).substr(from, to - from)));
    if (frequent(parts.back()) == terms_.size()) return {};
    from = to;
  }
  return compound_term(terms_.text(joined), parts);
}

void CompoundInversion::choose(const FormTable& forms, std::span<const std::uint32_t> counts, std::set<std::string> known) {
  for (std::uint32_t form = 0; form < forms.size(); ++form) {
    if (counts[form] == 0 || forms.part_ends(form).empty()) continue;
    std::string term = compound_of(forms, form);
    if (!term.empty()) known.insert(std::move(term));
  }
  for (const std::string& term : known) {
    Compound compound{term, 0, {}};
    const std::vector<std::string> words = terms_of_compound(term);
    if (words.size() < 3) continue;  // a joined word and two parts
    for (const std::string& word : words) {
      if (const std::size_t number = frequent(word); number < terms_.size()) compound.parts.push_back(static_cast<std::uint32_t>(number));
    }
    if (compound.parts.size() != words.size()) continue;
    compound.joined = compound.parts.front();
    compound.parts.erase(compound.parts.begin());
    compounds_.push_back(std::move(compound));
  }
}

void CompoundInversion::find(const std::vector<PaperTokens>& papers, const std::vector<std::vector<TermOrder::Place>>& placed, unsigned threads) {
  const CompoundFinder finder(compounds_, terms_.size());
  std::vector<std::vector<CompoundFinder::Match>> found(threads);
  parallel_for(threads, threads, [&](std::size_t part) {
    CompoundFinder own = finder;
    for (std::size_t p = papers.size() * part / threads; p < papers.size() * (part + 1) / threads; ++p) {
      const PaperTokens& paper = papers[p];
      if (paper.dead) continue;
      const TermOrder::Place* places = placed[paper.table].data();
      own.look_through(paper.analysed, paper.tokens, paper.count, static_cast<std::uint32_t>(p),
                       [places](std::uint32_t token) { return places[token].term(); }, found[part]);
    }
  });
  matches_begin_.assign(compounds_.size() + 1, 0);
  for (const auto& part : found) {
    for (const CompoundFinder::Match& match : part) ++matches_begin_[match.compound + 1];
  }
  std::partial_sum(matches_begin_.begin(), matches_begin_.end(), matches_begin_.begin());
  std::vector<std::size_t> next = matches_begin_;
  matches_.resize(matches_begin_.back());
  for (const auto& part : found) {
    for (const CompoundFinder::Match& match : part) matches_[next[match.compound]++] = match;
  }
}

void CompoundInversion::encode(std::span<const Occurrence> occurrences, PaperFacts facts) {
  CompoundEncoder encoder(postings_, positions_, facts);
  std::vector<std::uint32_t> joined, parts;
  for (std::size_t c = 0; c < compounds_.size(); ++c) {
    const std::uint32_t term = compounds_[c].joined;
    const Occurrence* at = occurrences.data() + begin_[term];
    const Occurrence* const end = occurrences.data() + begin_[term + 1];
    for (std::size_t m = matches_begin_[c]; m < matches_begin_[c + 1];) {
      const std::uint32_t paper = matches_[m].paper;
      parts.clear(), joined.clear();
      for (; m < matches_begin_[c + 1] && matches_[m].paper == paper; ++m) parts.push_back(matches_[m].position);
      at = std::lower_bound(at, end, pack_occurrence(paper, 0, 0));
      for (; at < end && *at >> 32 == paper; ++at) joined.push_back(static_cast<std::uint32_t>(*at) >> 8);
      encoder.add(paper, joined, parts);
    }
    lists_.push_back(encoder.end());
  }
}

void CompoundInversion::write_lists(SegmentSections& sections) {
  for (CompoundEncoder::Lists& lists : lists_) {
    for (TermInfo* info : {&lists.beside, &lists.alone}) {
      info->postings_offset += sections.postings_size(), info->positions_offset += sections.positions_size();
    }
  }
  sections.append_postings(std::exchange(postings_, {}));
  sections.append_positions(std::exchange(positions_, {}));
}

void CompoundInversion::write_entries_before(std::string_view term, SegmentSections& sections) {
  while (written_ < compounds_.size() && compounds_[written_].term < term) write_entry(sections);
}

void CompoundInversion::write_all_entries(SegmentSections& sections) {
  while (written_ < compounds_.size()) write_entry(sections);
}

void CompoundInversion::write_entry(SegmentSections& sections) {
  const std::string& term = compounds_[written_].term;
  const CompoundEncoder::Lists& lists = lists_[written_++];
  sections.add_term(term, lists.beside, {});
  if (lists.alone.papers > 0) sections.add_term(compound_alone(term), lists.alone, {});
}

}  // namespace digest::index
