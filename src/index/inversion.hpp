// SPDX-License-Identifier: MIT
// From papers as rows of form numbers to posting lists in term order: one counting sort over all tokens (eight bytes a
// token), then every term's list is encoded; both spread over the cores by ranges.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "index/analysis.hpp"
#include "index/segment_sections.hpp"

namespace digest::index {

struct PaperTokens {
  AnalysedPaper analysed;
  unsigned table = 0;                    // which form table the numbers are of
  const std::uint32_t* tokens = nullptr;
  std::size_t count = 0;
  bool dead = false;                     // counted in its table, but not to be found
};

// Writes postings, positions, terms and words of these papers (slot = index). The tables are spent: they hold nothing but
// the forms of these papers. `known_compounds`: keys of compounds that other segments have lists for (compounds.hpp).
void write_inverted(const std::vector<PaperTokens>& papers, const std::vector<FormTable*>& tables, unsigned threads,
                    std::set<std::string> known_compounds, SegmentSections& sections);

// Puts a term's forms in their order: the commonest first, then by spelling. Returns how many are listed: what does not
// fit into a dictionary entry is not.
template <typename Form, typename CountOf, typename TextOf, typename PartsOf>
std::size_t order_forms(std::span<Form> forms, CountOf count_of, TextOf text_of, PartsOf parts_of) {
  constexpr std::size_t kMostFormBytes = 700;  // of the 1,024 of a dictionary entry
  if (forms.size() > 1) {
    std::sort(forms.begin(), forms.end(), [&](const Form& a, const Form& b) {
      return count_of(a) != count_of(b) ? count_of(a) > count_of(b) : text_of(a) < text_of(b);
    });
  }
  std::size_t bytes = 0, listed = 0;
  for (; listed < forms.size() && listed < kMaxForms; ++listed) {
    bytes += text_of(forms[listed]).size() + parts_of(forms[listed]) + 4;
    if (listed > 0 && bytes > kMostFormBytes) break;
  }
  return listed;
}

}  // namespace digest::index
