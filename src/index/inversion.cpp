// SPDX-License-Identifier: MIT
#include "index/inversion.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/memory.hpp"
#include "base/parallel.hpp"
#include "index/compound_inversion.hpp"
#include "index/term_order.hpp"

namespace digest::index {
namespace {

// Lists of a range of terms; offsets count from the front of these strings.
struct Encoded {
  struct List {
    std::uint32_t papers = 0;
    std::uint32_t inline_length = 0;  // 0: not inline
    std::uint64_t occurrences = 0, postings_offset = 0, postings_length = 0, positions_offset = 0, positions_length = 0;
  };
  std::string postings, positions, inlined;
  std::vector<List> lists;
};

class Inversion {
 public:
  Inversion(const std::vector<PaperTokens>& papers, const std::vector<FormTable*>& tables, unsigned threads)
      : papers_(papers), tables_(tables), threads_(std::max(1U, threads)), united_(*tables.front()) {}

  void run(std::set<std::string> known_compounds, SegmentSections& sections) {
    unite_forms();
    const TermOrder terms(united_, counts_, threads_);
    place_tables(terms);
    sort_occurrences(terms);
    CompoundInversion compounds(terms, begin_);
    compounds.choose(united_, counts_, std::move(known_compounds));
    compounds.find(papers_, placed_, threads_);
    encode(terms, compounds, sections);
    sections.begin_words();
    for (const OrderedText& word : terms.words()) sections.add_word(united_.form(word.number));
  }

 private:
  using Place = TermOrder::Place;

  // All tables' forms in the first of them, and how often each occurs in living papers.
  void unite_forms() {
    std::vector<std::vector<std::uint32_t>> counts;
    for (const FormTable* table : tables_) counts.push_back(table->counts());
    for (const PaperTokens& paper : papers_) {
      if (!paper.dead) continue;
      for (std::size_t i = 0; i < paper.count; ++i) --counts[paper.table][paper.tokens[i] & ~kUncountedToken];
    }
    counts_ = std::move(counts.front());
    to_united_.resize(tables_.size());
    for (std::size_t t = 1; t < tables_.size(); ++t) {
      to_united_[t].reserve(tables_[t]->size());
      for (std::uint32_t form = 0; form < tables_[t]->size(); ++form) {
        const std::uint32_t united = united_.number_of(tables_[t]->form(form), tables_[t]->part_ends(form));
        to_united_[t].push_back(united);
        if (united >= counts_.size()) counts_.resize(united + 1);
        counts_[united] += counts[t][form];
      }
    }
  }

  // Where each table's forms belong: one look for each token.
  void place_tables(const TermOrder& terms) {
    placed_.resize(tables_.size());
    for (std::uint32_t form = 0; form < united_.size(); ++form) placed_[0].push_back(terms.place(form));
    for (std::size_t t = 1; t < tables_.size(); ++t) {
      placed_[t].reserve(to_united_[t].size());
      for (const std::uint32_t form : to_united_[t]) placed_[t].push_back(terms.place(form));
    }
  }

  // Counting sort by term; within a term the order of the papers and positions stays.
  void sort_occurrences(const TermOrder& terms) {
    const std::size_t parts = threads_;
    const auto first_paper = [&](std::size_t part) { return papers_.size() * part / parts; };
    std::vector<std::vector<std::uint32_t>> next(parts, std::vector<std::uint32_t>(terms.size()));
    parallel_for(threads_, parts - 1, [&](std::size_t part) {  // the last part needs no count: it takes what is left
      for (std::size_t p = first_paper(part); p < first_paper(part + 1); ++p) count_terms(papers_[p], next[part].data());
    });
    begin_.resize(terms.size() + 1);
    for (std::size_t term = 0; term < terms.size(); ++term) {
      begin_[term + 1] = begin_[term] + terms.count(term);
      std::uint64_t at = begin_[term];
      for (std::size_t part = 0; part < parts; ++part) at += std::exchange(next[part][term], static_cast<std::uint32_t>(at));
    }
    occurrences_ = HugeArray<Occurrence>(begin_.back());
    parallel_for(threads_, parts, [&](std::size_t part) {
      for (std::size_t p = first_paper(part); p < first_paper(part + 1); ++p) {
        deal_out(papers_[p], static_cast<std::uint32_t>(p), next[part].data());
      }
    });
  }

  void count_terms(const PaperTokens& paper, std::uint32_t* counts) const {
    if (paper.dead) return;
    const Place* placed = placed_[paper.table].data();
    for (std::size_t i = 0; i < paper.count; ++i) ++counts[placed[paper.tokens[i] & ~kUncountedToken].term()];
  }

  void deal_out(const PaperTokens& paper, std::uint32_t slot, std::uint32_t* next) {
    if (paper.dead) return;
    const Place* placed = placed_[paper.table].data();
    Occurrence* const occurrences = occurrences_.data();
    for_each_position(paper.analysed, paper.tokens, paper.count, kTitleGap, [&](std::uint32_t token, std::uint32_t position) {
      const Place place = placed[token];
      occurrences[next[place.term()]++] = pack_occurrence(slot, position, place.ordinal());
    });
  }

  void encode_range(const TermOrder& terms, std::size_t from, std::size_t to, PaperFacts facts, Encoded& out) const {
    PostingEncoder encoder(out.postings, out.positions, facts);
    TermInfo info;
    out.lists.reserve(to - from);
    for (std::size_t term = from; term < to; ++term) {
      const std::span occurrences(occurrences_.data() + begin_[term], begin_[term + 1] - begin_[term]);
      encoder.begin(terms.forms(term).size() > 1, occurrences.size());
      encoder.add(occurrences);
      encoder.end(info);
      out.lists.push_back({info.papers, info.is_inline ? static_cast<std::uint32_t>(info.inline_postings.size()) : 0, info.occurrences,
                           info.postings_offset, info.postings_length, info.positions_offset, info.positions_length});
      if (info.is_inline) out.inlined.append(info.inline_postings);
    }
  }

  // Ranges of terms with about as many occurrences each.
  [[nodiscard]] std::vector<std::size_t> ranges(const TermOrder& terms) const {
    const std::size_t parts = threads_ == 1 ? 1 : std::size_t{threads_} * 4;
    std::vector<std::size_t> borders{0};
    for (std::size_t part = 1; part < parts; ++part) {
      const std::uint64_t target = begin_.back() * part / parts;
      const auto at = std::lower_bound(begin_.begin(), begin_.end() - 1, target) - begin_.begin();
      borders.push_back(std::max(borders.back(), static_cast<std::size_t>(at)));
    }
    borders.push_back(terms.size());
    return borders;
  }

  void encode(const TermOrder& terms, CompoundInversion& compounds, SegmentSections& sections) {
    const std::vector<std::size_t> borders = ranges(terms);
    std::vector<Encoded> encoded(borders.size() - 1);
    const PaperFacts facts = sections.facts();
    compounds.encode({occurrences_.data(), occurrences_.size()}, facts);
    parallel_for(threads_, encoded.size(), [&](std::size_t part) { encode_range(terms, borders[part], borders[part + 1], facts, encoded[part]); });
    occurrences_ = HugeArray<Occurrence>();
    compounds.write_lists(sections);
    for (std::size_t part = 0; part < encoded.size(); ++part) {
      write(terms, borders[part], encoded[part], compounds, sections);
      encoded[part] = {};
    }
    compounds.write_all_entries(sections);
  }

  void write(const TermOrder& terms, std::size_t first_term, const Encoded& encoded, CompoundInversion& compounds, SegmentSections& sections) const {
    const std::uint64_t postings = sections.postings_size(), positions = sections.positions_size();
    sections.append_postings(encoded.postings);
    sections.append_positions(encoded.positions);
    std::string_view inlined = encoded.inlined;
    TermInfo info;
    std::vector<FormView> forms;
    for (std::size_t i = 0; i < encoded.lists.size(); ++i) {
      const Encoded::List& list = encoded.lists[i];
      forms.clear();
      for (const std::uint32_t form : terms.forms(first_term + i)) forms.push_back({united_.form(form), united_.part_ends(form)});
      info.papers = list.papers, info.occurrences = list.occurrences;
      info.several_forms = forms.size() > 1;
      info.is_inline = list.inline_length > 0;
      info.inline_postings.assign(inlined.substr(0, list.inline_length));
      inlined.remove_prefix(list.inline_length);
      info.postings_offset = list.postings_offset + postings, info.postings_length = list.postings_length;
      info.positions_offset = list.positions_offset + positions, info.positions_length = list.positions_length;
      compounds.write_entries_before(terms.text(first_term + i), sections);
      sections.add_term(terms.text(first_term + i), info, forms);
    }
  }

  const std::vector<PaperTokens>& papers_;
  const std::vector<FormTable*>& tables_;
  unsigned threads_;
  FormTable& united_;
  std::vector<std::vector<std::uint32_t>> to_united_;  // by table and form, but for the first table
  std::vector<std::uint32_t> counts_;                  // by united form
  std::vector<std::vector<Place>> placed_;             // by table and form
  std::vector<std::uint64_t> begin_;                   // by term: where its occurrences begin
  HugeArray<Occurrence> occurrences_;
};

}  // namespace

void write_inverted(const std::vector<PaperTokens>& papers, const std::vector<FormTable*>& tables, unsigned threads,
                    std::set<std::string> known_compounds, SegmentSections& sections) {
  Inversion(papers, tables, threads).run(std::move(known_compounds), sections);
}

}  // namespace digest::index
