// SPDX-License-Identifier: MIT
#include "search/explanation.hpp"

#include "query/printer.hpp"
#include "search/leaf_reader.hpp"

namespace digest::search {

Explanation explain(const index::Snapshot& snapshot, const Plan& plan, const Bm25Parameters& parameters, const Rescored& paper,
                    const std::vector<PaperScorer::LeafScore>& scores) {
  Explanation out;
  out.documents = plan.papers;
  out.average_length = plan.average_length;
  out.k1 = parameters.k1, out.b = parameters.b;
  const index::Segment& segment = *snapshot.segments()[paper.candidate.segment];
  const std::uint32_t title = segment.title_length(paper.candidate.paper);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i].frequency == 0) continue;
    const Leaf& leaf = plan.leaves[i];
    TermExplanation term;
    term.term = leaf.node->kind == query::Node::Kind::term ? leaf.node->words.front().term : query::to_string(*leaf.node);
    term.df = leaf.papers;
    term.idf = leaf.idf;
    term.tf = scores[i].frequency;
    LeafReader reader(segment, *leaf.node);
    for (const std::uint32_t position : reader.positions(paper.candidate.paper)) (position < title ? term.tf_title : term.tf_abstract) += 1;
    term.length = segment.length(paper.candidate.paper);
    term.contribution = scores[i].contribution;
    out.terms.push_back(std::move(term));
  }
  out.adjustments = paper.adjustments;
  return out;
}

}  // namespace digest::search
