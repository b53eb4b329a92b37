// SPDX-License-Identifier: MIT
// From papers as rows of form numbers to posting lists in term order: one counting sort over all tokens (eight bytes a
// token), then every term's list is encoded; both spread over the cores by ranges.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "index/analysis.hpp"
#include "index/segment_sections.hpp"

namespace digest::index {

struct PaperTokens {
  AnalysedPaper analysed;
  unsigned table = 0;                    // which form table the numbers are of
  const std::uint32_t* tokens = nullptr;
  std::size_t count = 0;                 // 0: a dead slot
};

// Writes postings, positions, terms and words of these papers (slot = index).
void write_inverted(const std::vector<PaperTokens>& papers, const std::vector<const FormTable*>& tables, unsigned threads,
                    SegmentSections& sections);

// Chooses the order of a term's forms: the commonest first; what does not fit into a dictionary entry is left out.
struct CountedForm {
  FormEntry entry;
  std::uint64_t count = 0;
};
void order_forms(std::vector<CountedForm>& forms);

}  // namespace digest::index
