// SPDX-License-Identifier: MIT
#include "index/inversion.hpp"

#include <algorithm>
#include <numeric>

#include "base/parallel.hpp"

namespace digest::index {
namespace {

// The first eight bytes as a number that sorts as they do: most comparisons end there.
std::uint64_t sort_prefix(std::string_view text) {
  std::uint64_t prefix = 0;
  for (std::size_t i = 0; i < 8; ++i) prefix = prefix << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  return prefix;
}

// Numbers from `order`, sorted by the text each stands for.
template <typename TextOf>
void sort_by_text(std::vector<std::uint32_t>& order, TextOf text_of) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keyed;
  keyed.reserve(order.size());
  for (const std::uint32_t number : order) keyed.emplace_back(sort_prefix(text_of(number)), number);
  std::sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : text_of(a.second) < text_of(b.second);
  });
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = keyed[i].second;
}

constexpr std::size_t kMostFormBytes = 700;  // of the 1,024 of a dictionary entry

// One occurrence: paper, position, form ordinal, in that order of significance.
using Occurrence = std::uint64_t;
Occurrence pack(std::uint32_t paper, std::uint32_t position, std::uint32_t form) {
  return std::uint64_t{paper} << 32 | std::uint64_t{position} << 8 | form;
}

struct Term {
  std::string text;
  std::vector<CountedForm> forms;
};

struct Encoded {
  std::string postings, positions;
  std::vector<TermInfo> terms;
};

class Inversion {
 public:
  Inversion(const std::vector<PaperTokens>& papers, const std::vector<const FormTable*>& tables, unsigned threads)
      : papers_(papers), tables_(tables), threads_(std::max(1U, threads)) {}

  void run(SegmentSections& sections) {
    unite_forms();
    name_terms();
    place_tables();
    sort_occurrences();
    encode(sections);
    sections.begin_words();
    for (const std::uint32_t form : words_in_order()) sections.add_word(united_.form(form));
  }

 private:
  struct FormOfTerm {
    std::uint32_t term = 0;
    std::uint8_t ordinal = 0;
  };

  // All tables' forms as one, and how often each occurs.
  void unite_forms() {
    to_united_.resize(tables_.size());
    for (std::size_t t = 0; t < tables_.size(); ++t) {
      for (std::uint32_t form = 0; form < tables_[t]->size(); ++form) {
        to_united_[t].push_back(united_.number_of(tables_[t]->form(form), tables_[t]->part_ends(form)));
      }
    }
    // Counted by each table's own numbers first: one step less for each token.
    std::vector<std::vector<std::uint32_t>> counts;
    for (const FormTable* table : tables_) counts.emplace_back(table->size());
    for (const PaperTokens& paper : papers_) {
      std::uint32_t* count = counts[paper.table].data();
      for (std::size_t i = 0; i < paper.count; ++i) ++count[paper.tokens[i] & ~kUncountedToken];
    }
    counts_.assign(united_.size(), 0);
    for (std::size_t t = 0; t < tables_.size(); ++t) {
      for (std::size_t form = 0; form < counts[t].size(); ++form) counts_[to_united_[t][form]] += counts[t][form];
    }
  }

  // Where each table's forms belong, after name_terms(): one look for each token.
  void place_tables() {
    for (const std::vector<std::uint32_t>& table : to_united_) {
      placed_.emplace_back();
      for (const std::uint32_t form : table) placed_.back().push_back(place_[form]);
    }
  }

  // Groups forms by term, in order of the terms; forms that died with their papers are left out.
  void name_terms() {
    const std::uint32_t forms = united_.size();
    std::vector<std::string> term(forms);
    constexpr std::uint32_t kPart = 1024;
    parallel_for(threads_, (forms + kPart - 1) / kPart, [&](std::size_t part) {
      const auto begin = static_cast<std::uint32_t>(part * kPart);
      for (std::uint32_t form = begin; form < std::min(forms, begin + kPart); ++form) term[form] = term_of(united_.form(form));
    });
    std::vector<std::uint32_t> order;
    for (std::uint32_t form = 0; form < forms; ++form) {
      if (counts_[form] > 0) order.push_back(form);
    }
    sort_by_text(order, [&](std::uint32_t form) { return std::string_view(term[form]); });
    place_.resize(forms);
    for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
      while (to < order.size() && term[order[to]] == term[order[from]]) ++to;
      Term next{term[order[from]], {}};
      for (std::size_t i = from; i < to; ++i) {
        const auto ends = united_.part_ends(order[i]);
        next.forms.push_back({{std::string(united_.form(order[i])), {ends.begin(), ends.end()}}, counts_[order[i]]});
      }
      order_forms(next.forms);
      for (std::size_t i = from; i < to; ++i) {
        const auto same = [&](const CountedForm& counted) { return counted.entry.form == united_.form(order[i]); };
        const auto found = std::find_if(next.forms.begin(), next.forms.end(), same);
        const auto ordinal = std::min(static_cast<std::size_t>(found - next.forms.begin()), kMaxForms);
        place_[order[i]] = {static_cast<std::uint32_t>(terms_.size()),
                            static_cast<std::uint8_t>(found == next.forms.end() ? kMaxForms : ordinal)};
      }
      terms_.push_back(std::move(next));
    }
  }

  // Counting sort by term; within a term the order of the papers and positions stays.
  void sort_occurrences() {
    const std::size_t parts = threads_;
    const auto first_paper = [&](std::size_t part) { return papers_.size() * part / parts; };
    std::vector<std::vector<std::uint64_t>> next(parts, std::vector<std::uint64_t>(terms_.size()));
    parallel_for(threads_, parts - 1, [&](std::size_t part) {  // the last part needs no count: it takes what is left
      for (std::size_t p = first_paper(part); p < first_paper(part + 1); ++p) {
        const FormOfTerm* placed = placed_[papers_[p].table].data();
        for (std::size_t i = 0; i < papers_[p].count; ++i) ++next[part][placed[papers_[p].tokens[i] & ~kUncountedToken].term];
      }
    });
    begin_.assign(terms_.size() + 1, 0);
    for (std::size_t form = 0; form < counts_.size(); ++form) {
      if (counts_[form] > 0) begin_[place_[form].term + 1] += counts_[form];
    }
    for (std::size_t term = 0; term < terms_.size(); ++term) begin_[term + 1] += begin_[term];
    const std::uint64_t sum = begin_.back();
    for (std::size_t term = 0; term < terms_.size(); ++term) {
      std::uint64_t at = begin_[term];
      for (std::size_t part = 0; part < parts; ++part) {
        const std::uint64_t count = next[part][term];
        next[part][term] = at;
        at += count;
      }
    }
    occurrences_ = std::make_unique_for_overwrite<Occurrence[]>(sum);
    parallel_for(threads_, parts, [&](std::size_t part) {
      for (std::size_t p = first_paper(part); p < first_paper(part + 1); ++p) {
        const PaperTokens& paper = papers_[p];
        const FormOfTerm* placed = placed_[paper.table].data();
        for_each_position(paper.analysed, paper.tokens, paper.count, kTitleGap, [&](std::uint32_t token, std::uint32_t position) {
          const FormOfTerm place = placed[token];
          occurrences_[next[part][place.term]++] = pack(static_cast<std::uint32_t>(p), position, place.ordinal);
        });
      }
    });
  }

  void encode_terms(std::size_t from, std::size_t to, PaperFacts facts, Encoded& out) const {
    PostingEncoder encoder(out.postings, out.positions, facts);
    std::vector<std::uint32_t> positions, forms;
    out.terms.reserve(to - from);
    for (std::size_t term = from; term < to; ++term) {
      const Occurrence* at = occurrences_.get() + begin_[term];
      const Occurrence* const end = occurrences_.get() + begin_[term + 1];
      encoder.begin(terms_[term].forms.size() > 1, static_cast<std::uint64_t>(end - at));
      while (at < end) {
        const auto paper = static_cast<std::uint32_t>(*at >> 32);
        const Occurrence* const next = std::find_if(at, end, [paper](Occurrence o) { return o >> 32 != paper; });
        const auto count = static_cast<std::size_t>(next - at);
        positions.resize(count), forms.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
          positions[i] = static_cast<std::uint32_t>(at[i]) >> 8;
          forms[i] = static_cast<std::uint32_t>(at[i]) & 0xFF;
        }
        encoder.add(paper, positions, forms);
        at = next;
      }
      out.terms.push_back(encoder.end());
    }
  }

  // Ranges of terms with about as many occurrences each.
  [[nodiscard]] std::vector<std::size_t> ranges() const {
    const std::size_t parts = threads_ == 1 ? 1 : std::size_t{threads_} * 4;
    std::vector<std::size_t> borders{0};
    for (std::size_t part = 1; part < parts; ++part) {
      const std::uint64_t target = begin_.back() * part / parts;
      const auto at = std::lower_bound(begin_.begin(), begin_.end() - 1, target) - begin_.begin();
      borders.push_back(std::max(borders.back(), static_cast<std::size_t>(at)));
    }
    borders.push_back(terms_.size());
    return borders;
  }

  void encode(SegmentSections& sections) {
    const std::vector<std::size_t> borders = ranges();
    std::vector<Encoded> encoded(borders.size() - 1);
    const PaperFacts facts = sections.facts();
    parallel_for(threads_, encoded.size(), [&](std::size_t part) { encode_terms(borders[part], borders[part + 1], facts, encoded[part]); });
    occurrences_.reset();
    for (std::size_t part = 0; part < encoded.size(); ++part) {
      const std::uint64_t postings = sections.postings_size(), positions = sections.positions_size();
      sections.append_postings(encoded[part].postings);
      sections.append_positions(encoded[part].positions);
      for (std::size_t i = 0; i < encoded[part].terms.size(); ++i) {
        TermInfo& info = encoded[part].terms[i];
        info.postings_offset += postings, info.positions_offset += positions;
        const Term& term = terms_[borders[part] + i];
        for (const CountedForm& form : term.forms) info.forms.push_back(form.entry);
        sections.add_term(term.text, info);
        info = {};
      }
      encoded[part] = {};
    }
  }

  [[nodiscard]] std::vector<std::uint32_t> words_in_order() const {
    std::vector<std::uint32_t> words;
    for (std::uint32_t form = 0; form < united_.size(); ++form) {
      if (counts_[form] > 0 && is_word(united_.form(form))) words.push_back(form);
    }
    sort_by_text(words, [&](std::uint32_t form) { return united_.form(form); });
    return words;
  }

  const std::vector<PaperTokens>& papers_;
  const std::vector<const FormTable*>& tables_;
  unsigned threads_;
  FormTable united_;
  std::vector<std::vector<std::uint32_t>> to_united_;  // by table and form
  std::vector<std::uint64_t> counts_;                  // by united form
  std::vector<FormOfTerm> place_;                      // by united form
  std::vector<std::vector<FormOfTerm>> placed_;        // by table and form
  std::vector<Term> terms_;                            // ascending
  std::vector<std::uint64_t> begin_;                   // by term: where its occurrences begin
  std::unique_ptr<Occurrence[]> occurrences_;
};

}  // namespace

void order_forms(std::vector<CountedForm>& forms) {
  std::sort(forms.begin(), forms.end(), [](const CountedForm& a, const CountedForm& b) {
    return a.count != b.count ? a.count > b.count : a.entry.form < b.entry.form;
  });
  std::size_t bytes = 0, kept = 0;
  for (; kept < forms.size() && kept < kMaxForms; ++kept) {
    bytes += forms[kept].entry.form.size() + forms[kept].entry.part_ends.size() + 4;
    if (kept > 0 && bytes > kMostFormBytes) break;
  }
  forms.resize(kept);
}

void write_inverted(const std::vector<PaperTokens>& papers, const std::vector<const FormTable*>& tables, unsigned threads,
                    SegmentSections& sections) {
  Inversion(papers, tables, threads).run(sections);
}

}  // namespace digest::index
