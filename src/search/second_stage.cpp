// SPDX-License-Identifier: MIT
#include "search/second_stage.hpp"

#include <algorithm>
#include <numeric>

#include "search/common_papers.hpp"
#include "search/leaf_reader.hpp"

namespace digest::search {
namespace {


CollectionFacts facts_of(const Plan& plan) {
  CollectionFacts facts;
  facts.papers = static_cast<double>(plan.papers);
  facts.average_length = plan.average_length;
  facts.average_title = plan.average_title_length;
  facts.average_abstract = std::max(0.0, facts.average_length - facts.average_title);
  return facts;
}

class Stage {
 public:
  Stage(const index::Snapshot& snapshot, const Plan& plan, const AutoWeights& weights, std::vector<Candidate> first, Workspace& workspace)
      : snapshot_(snapshot), plan_(plan), weights_(weights), facts_(facts_of(plan)), first_(std::move(first)),
        workspace_(workspace), count_(std::min(first_.size(), weights.rescored)), positional_(count_), feedback_(count_) {
    // By segment and slot, so that every posting list is read forward.
    order_.resize(count_);
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::sort(order_.begin(), order_.end(), [this](std::size_t a, std::size_t b) {
      return first_[a].segment != first_[b].segment ? first_[a].segment < first_[b].segment : first_[a].paper < first_[b].paper;
    });
    for (std::size_t i = 0; i < count_; ++i) {
      const index::Segment& segment = *snapshot.segments()[first_[i].segment];
      const std::uint32_t title = segment.title_length(first_[i].paper);
      lengths_.push_back({title, segment.length(first_[i].paper) - title});
    }
  }

  std::vector<Rescored> run() {
    read_positions();
    rescore();
    expand();
    std::vector<Rescored> out;
    for (std::size_t i = 0; i < first_.size(); ++i) {
      Rescored paper{first_[i], {}};
      if (i < count_) {
        paper.adjustments = explain_adjustments(positional_[i], feedback_[i]);
        for (const Adjustment& adjustment : paper.adjustments) paper.candidate.score += adjustment.contribution;
      }
      out.push_back(std::move(paper));
    }
    const TopK order(snapshot_.segments(), 0);
    std::sort(out.begin(), out.end(), [&](const Rescored& a, const Rescored& b) { return order.better(a.candidate, b.candidate); });
    return out;
  }

 private:
  struct WordAt {
    std::uint32_t tf_title = 0, tf_abstract = 0;
    std::size_t from = 0;  // in occurrences_: as many as both frequencies together
  };

  void read_positions() {
    scored_ = plan_.scored();
    words_.resize(count_ * scored_.size());
    for (std::size_t w = 0; w < scored_.size(); ++w) {
      const query::Node& node = *plan_.leaves[scored_[w]].node;
      for_each_segment(node, [&](LeafReader& reader, std::size_t candidate) {
        const auto& positions = reader.positions(first_[candidate].paper);
        WordAt& word = words_[candidate * scored_.size() + w];
        word.from = occurrences_.size();
        for (std::size_t i = 0; i < positions.size(); ++i) {
          (positions[i] < lengths_[candidate].title ? word.tf_title : word.tf_abstract) += 1;
          occurrences_.push_back({positions[i], reader.as_written()[i] != 0});
        }
      });
    }
  }

  template <typename Use>
  void for_each_segment(const query::Node& node, Use use) {
    for (std::size_t from = 0, to = 0; from < count_; from = to) {
      const std::uint32_t segment = first_[order_[from]].segment;
      LeafReader reader(*snapshot_.segments()[segment], node);
      for (; to < count_ && first_[order_[to]].segment == segment; ++to) use(reader, order_[to]);
    }
  }

  void rescore() {
    std::vector<QueryWord> words;
    std::vector<std::uint32_t> sequence;
    for (const std::uint32_t leaf : scored_) {
      sequence.push_back(static_cast<std::uint32_t>(words.size()));
      const Leaf& of = plan_.leaves[leaf];
      words.push_back({of.idf, of.idf > 0 ? of.weight / of.idf : 0.0});
      boosts_ += words.back().boost;
    }
    const Rescorer rescorer(weights_, facts_, words, sequence);
    std::vector<WordInPaper> paper(words.size());
    for (std::size_t i = 0; i < count_; ++i) {
      for (std::size_t w = 0; w < words.size(); ++w) {
        const WordAt& at = words_[i * words.size() + w];
        paper[w] = {at.tf_title, at.tf_abstract, std::span(occurrences_).subspan(at.from, at.tf_title + std::size_t{at.tf_abstract})};
      }
      positional_[i] = rescorer.rescore(lengths_[i], paper);
    }
  }

  void expand() {
    const FeedbackWeights weights;
    if (expansion_weight(scored_.size(), weights) <= 0) return;
    std::vector<std::size_t> best(count_);
    std::iota(best.begin(), best.end(), std::size_t{0});
    const auto score = [&](std::size_t i) { return first_[i].score + positional_[i].total(); };
    const std::size_t wanted = std::min(weights.papers, count_);
    std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(wanted), best.end(), [&](std::size_t a, std::size_t b) {
      return score(a) != score(b) ? score(a) > score(b) : a < b;
    });
    FeedbackModel& model = workspace_.feedback;
    model.clear();
    workspace_.read.clear();
    for (std::size_t i = 0; i < wanted; ++i) {
      const Candidate& candidate = first_[best[i]];
      workspace_.read.push_back({candidate.segment, candidate.paper, workspace_.store(snapshot_, candidate.segment).read(candidate.paper)});
      const Paper& paper = workspace_.read.back().record.paper;
      model.add(paper.title, paper.abstract, score(best[i]));
    }
    const auto df = [this](std::string_view term) { return snapshot_.vocabulary().document_frequency(term); };
    const Expansion expansion(weights_, facts_, model.terms(plan_.papers, df), boosts_, scored_.size(), weights);
    if (expansion.empty()) return;
    for (std::size_t t = 0; t < expansion.terms().size(); ++t) add_expansion(expansion, t);
  }

  // Goes through the candidates of each segment beside the posting list of one word.
  void add_expansion(const Expansion& expansion, std::size_t term) {
    const Workspace::Entries& entries = workspace_.entries(snapshot_, expansion.terms()[term].term);
    for (std::size_t from = 0, to = 0; from < count_; from = to) {
      const std::uint32_t number = first_[order_[from]].segment;
      while (to < count_ && first_[order_[to]].segment == number) ++to;
      if (!entries[number]) continue;
      const index::PostingList list(snapshot_.segments()[number]->file(), *entries[number]);
      count_in(list, from, to, [&](std::size_t candidate, const ExpansionCount& count) {
        feedback_[candidate] += expansion.contribution(term, count, lengths_[candidate]);
      });
    }
  }

  // How often each of the candidates order_[from..to), of one segment, has the word of a list.
  template <typename Use>
  void count_in(const index::PostingList& list, std::size_t from, std::size_t to, Use use) {
    std::uint32_t decoded = list.blocks(), at = 0;  // none yet
    for (std::size_t i = from; i < to; ++i) {
      const std::uint32_t paper = first_[order_[i]].paper;
      const std::uint32_t block = list.find_block(paper, decoded == list.blocks() ? 0 : decoded);
      if (block == list.blocks()) return;
      if (block != decoded) list.decode_papers(decoded = block, block_), at = 0;
      at += first_not_below(block_.papers + at, block_.count - at, paper);
      if (at == block_.count) return;  // of the last block
      if (block_.papers[at] != paper) continue;
      list.decode_frequencies(block_);
      const std::uint32_t titled = list.occurrences_before(lengths_[order_[i]].title, block, block_, at);
      use(order_[i], ExpansionCount{titled, block_.frequencies[at] - titled});
    }
  }

  const index::Snapshot& snapshot_;
  const Plan& plan_;
  const AutoWeights& weights_;
  CollectionFacts facts_;
  std::vector<Candidate> first_;
  Workspace& workspace_;
  std::size_t count_;                         // rescored
  std::vector<std::size_t> order_;
  std::vector<PaperLengths> lengths_;
  std::vector<std::uint32_t> scored_;         // leaves
  std::vector<WordAt> words_;                 // by candidate, then scored leaf
  std::vector<Occurrence> occurrences_;       // of all of them
  std::vector<PositionalAdjustments> positional_;
  std::vector<double> feedback_;
  index::PostingBlock block_;
  double boosts_ = 0;
};

}  // namespace

std::vector<Rescored> second_stage(const index::Snapshot& snapshot, const Plan& plan, const AutoWeights& weights,
                                   std::vector<Candidate> first, Workspace& workspace) {
  return Stage(snapshot, plan, weights, std::move(first), workspace).run();
}

}  // namespace digest::search
