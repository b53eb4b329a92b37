// SPDX-License-Identifier: MIT
#include "search/search.hpp"

#include <algorithm>

#include "search/explanation.hpp"
#include "search/facets.hpp"
#include "search/matcher.hpp"
#include "search/snippets.hpp"
#include "text/analyzer.hpp"

namespace digest::search {
namespace {

using query::Node;

constexpr std::size_t kMostResults = 1U << 20;  // of one search, offset included

bool can_relax(const Node& node) {
  return (node.relaxable && node.min_should > 1) || std::any_of(node.children.begin(), node.children.end(), can_relax);
}

double repeated(double count) { return repeated_word_boost(count); }

// One search from its tree to its hits.
class Search {
 public:
  Search(const index::Snapshot& snapshot, const UserMarks& marks, const SearchRequest& request, Workspace& workspace)
      : snapshot_(snapshot), marks_(marks), request_(request), workspace_(workspace) {
    const double k1 = request.ranker == Ranker::automatic ? weights_.k1 : Bm25Parameters{}.k1;
    const double b = request.ranker == Ranker::automatic ? weights_.b : Bm25Parameters{}.b;
    parameters_ = {std::clamp(request.k1.value_or(k1), 0.0, kMaxK1), std::clamp(request.b.value_or(b), 0.0, 1.0)};
    weights_.k1 = parameters_.k1, weights_.b = parameters_.b;
    if (request.title_weight) weights_.title_weight = *request.title_weight;
  }

  void run(const Node& root, const std::vector<std::string>& pinned, SearchResult& result) {
    // A threshold or a paper asked for by its identifier changes the total: then counting takes a whole search.
    only_matches_ = request_.count_only && !request_.min_score && pinned.empty();
    match(root);
    if (matches_.total == 0 && can_relax(root)) {
      relax_ = true;
      match(root);
      result.relaxed = matches_.total > 0;
    }
    result.total = matches_.total;
    if (only_matches_) return;
    rank();
    if (!request_.count_only) put_title_first(root);
    pin(pinned, result);
    if (request_.min_score) drop_below(*request_.min_score, result);
    if (request_.count_only) return;
    const ReadPaper read_paper = [this](const Candidate& paper) { return read(paper); };
    for (const std::string& facet : request_.facets) result.facets.emplace_back(facet, count_facet(facet, snapshot_, ranked_, read_paper, marks_));
    if (request_.papers && request_.snippet_words > 0) prepare_snippets(root);
    const std::size_t from = std::min<std::size_t>(request_.offset, ranked_.size());
    const std::size_t to = from + std::min<std::size_t>(request_.limit, ranked_.size() - from);
    for (std::size_t i = from; i < to; ++i) result.hits.push_back(make_hit(ranked_[i], i + 1));
  }

 private:
  [[nodiscard]] bool by_date() const {
    return request_.sort == SortBy::date || (request_.sort == SortBy::score && scored_.empty());
  }

  [[nodiscard]] std::size_t wanted() const {
    if (request_.sort == SortBy::title || request_.min_score || !request_.facets.empty()) return kMostResults;
    const std::size_t most = kMostResults;  // each by itself: their sum may not fit into its type
    std::size_t k = std::min(std::min<std::size_t>(request_.offset, most) + std::min<std::size_t>(request_.limit, most), most);
    if (two_stages()) k = std::max(k, weights_.rescored);
    return k;
  }

  [[nodiscard]] bool two_stages() const { return request_.ranker == Ranker::automatic && request_.sort == SortBy::score && !scored_.empty(); }

  void match(const Node& root) {
    PlanOptions options;
    options.relax = relax_;
    options.drop_stop_words = request_.ranker == Ranker::automatic;
    options.repeated_word_boost = request_.ranker == Ranker::automatic ? &repeated : nullptr;
    options.papers_with_tag = &marks_.papers_with_tag;
    plan_ = make_plan(snapshot_, root, options);
    scored_ = plan_.scored();
    if (!workspace_.bm25 || !workspace_.bm25->is_for(parameters_, plan_.average_length)) {
      workspace_.bm25.emplace(parameters_, plan_.average_length);
    }
    MatchOptions match_options;
    match_options.k = only_matches_ ? 0 : wanted();
    match_options.count = request_.totals || request_.count_only;
    if (!request_.count_only) match_options.count_to = kExactTotal;
    match_options.by = by_date() ? MatchOptions::By::date : MatchOptions::By::score;
    matches_ = find_matches(snapshot_, plan_, *workspace_.bm25, match_options, workspace_.board);
  }

  void rank() {
    if (two_stages()) {
      ranked_ = second_stage(snapshot_, plan_, weights_, std::move(matches_.best), workspace_);
      return;
    }
    for (const Candidate& candidate : matches_.best) {
      Rescored paper{candidate, {}};
      if (by_date()) paper.candidate.score = PaperScorer::sum(score_of(candidate));
      ranked_.push_back(std::move(paper));
    }
    if (request_.sort == SortBy::title) sort_by_title();
  }

  std::vector<PaperScorer::LeafScore> score_of(const Candidate& candidate) const {
    PaperScorer scorer(*snapshot_.segments()[candidate.segment], candidate.segment, plan_, *workspace_.bm25);
    return scorer.score(candidate.paper);
  }

  void sort_by_title() {
    std::vector<std::pair<std::string, Rescored>> titled;
    for (Rescored& paper : ranked_) titled.emplace_back(fold(read(paper.candidate).paper.title), std::move(paper));
    std::stable_sort(titled.begin(), titled.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    ranked_.clear();
    for (auto& [title, paper] : titled) ranked_.push_back(std::move(paper));
  }

  static std::string fold(std::string_view title) {
    text::TokenStream stream;
    text::tokenize(title, stream);
    std::string out;
    for (const text::Token& token : stream.tokens) {
      if (token.kind == text::TokenKind::word) out.append(stream.form(token)).push_back(' ');
    }
    return out;
  }

  // A paper asked for by its identifier comes first, whatever its words say.
  void pin(const std::vector<std::string>& pinned, SearchResult& result) {
    for (auto key = pinned.rbegin(); key != pinned.rend(); ++key) {
      const auto found = snapshot_.locate(*key);
      if (!found) continue;
      bool is_match = false;
      Rescored paper = take(*found, is_match);
      result.total += is_match ? 0 : 1;
      put_first(std::move(paper), "identifier");
    }
  }

  // The query as a whole is the title of a paper: of all that share its words, that one is meant.
  void put_title_first(const Node& root) {
    const bool is_one_word = scored_.size() < 2 && request_.query.find(' ') == std::string::npos;
    if (!two_stages() || is_one_word) return;
    std::vector<Rescored> papers;
    for (const index::Location& found : snapshot_.locate_title(request_.query, kNamesakes)) {
      // What was not looked at twice may be excluded; a title alone cannot tell.
      if (has_conditions(root, true) && place_of(found) >= std::min(weights_.rescored, ranked_.size())) continue;
      bool is_match = false;
      Rescored paper = take(found, is_match);
      if (is_match) papers.push_back(std::move(paper));
    }
    const TopK order(snapshot_.segments(), 0);
    std::sort(papers.begin(), papers.end(), [&](const Rescored& a, const Rescored& b) { return order.better(b.candidate, a.candidate); });
    for (Rescored& paper : papers) put_first(std::move(paper), "whole-title");
  }

  // Among the ranked; their number if it was not kept.
  [[nodiscard]] std::size_t place_of(const index::Location& location) const {
    const auto known = std::find_if(ranked_.begin(), ranked_.end(), [&](const Rescored& paper) {
      return paper.candidate.segment == location.segment && paper.candidate.paper == location.paper;
    });
    return static_cast<std::size_t>(known - ranked_.begin());
  }

  // Out of its place among the ranked, if it was kept.
  Rescored take(const index::Location& location, bool& is_match) {
    Rescored paper;
    paper.candidate = {0, static_cast<std::uint32_t>(location.segment), location.paper};
    const std::size_t place = place_of(location);
    is_match = place < ranked_.size();
    if (is_match) {
      paper = std::move(ranked_[place]);
      ranked_.erase(ranked_.begin() + static_cast<std::ptrdiff_t>(place));
      return paper;
    }
    const std::vector<PaperScorer::LeafScore> scores = score_of(paper.candidate);
    paper.candidate.score = PaperScorer::sum(scores);
    is_match = matches(paper.candidate, scores);
    return paper;
  }

  void put_first(Rescored paper, const char* why) {
    if (!ranked_.empty() && ranked_.front().candidate.score >= paper.candidate.score) {
      const double lift = ranked_.front().candidate.score - paper.candidate.score + 1.0;
      paper.adjustments.push_back({why, lift});
      paper.candidate.score += lift;
    } else if (paper.candidate.score <= 0) {
      paper.adjustments.push_back({why, 1.0});
      paper.candidate.score = 1.0;
    }
    ranked_.insert(ranked_.begin(), std::move(paper));
  }

  // Was it among the matches, though too far down to be kept?
  bool matches(const Candidate& candidate, const std::vector<PaperScorer::LeafScore>& scores) const {
    const bool any = std::any_of(scores.begin(), scores.end(), [](const auto& leaf) { return leaf.frequency > 0; });
    return any && matches_.total > wanted() && candidate.score > 0;
  }

  void drop_below(double least, SearchResult& result) {
    const auto first = std::find_if(ranked_.begin(), ranked_.end(), [&](const Rescored& paper) { return paper.candidate.score < least; });
    ranked_.erase(request_.sort == SortBy::score ? first : std::remove_if(ranked_.begin(), ranked_.end(), [&](const Rescored& paper) { return paper.candidate.score < least; }), ranked_.end());
    result.total = ranked_.size();
  }

  [[nodiscard]] index::StoredRecord read(const Candidate& candidate) const {
    return workspace_.record(snapshot_, candidate.segment, candidate.paper);
  }

  void prepare_snippets(const Node& root) {
    const auto idf = [this](std::string_view term) {
      return inverse_document_frequency(plan_.papers, snapshot_.vocabulary().document_frequency(term));
    };
    snippets_ = std::make_unique<SnippetMaker>(snippet_units(root, idf), request_.snippet_words);
  }

  Hit make_hit(const Rescored& paper, std::uint64_t rank) {
    Hit hit;
    hit.rank = rank;
    hit.score = paper.candidate.score;
    hit.place = std::uint64_t{paper.candidate.segment} << 32 | paper.candidate.paper;
    if (request_.papers || request_.source_ids) {
      index::StoredRecord record = read(paper.candidate);
      hit.id = std::move(record.id);
      if (request_.papers) {
        hit.paper = std::move(record.paper);
        if (snippets_) hit.snippets = snippets_->make(hit.paper.title, hit.paper.abstract);
      } else if (const auto source = record.paper.ids.find("source"); source != record.paper.ids.end()) {
        hit.paper.ids.insert(*source);
      }
    }
    if (request_.explain) hit.explanation = explain(snapshot_, plan_, parameters_, paper, score_of(paper.candidate));
    return hit;
  }

  const index::Snapshot& snapshot_;
  const UserMarks& marks_;
  const SearchRequest& request_;
  Workspace& workspace_;
  AutoWeights weights_;
  Bm25Parameters parameters_;
  Plan plan_;
  std::vector<std::uint32_t> scored_;
  Matches matches_;
  std::vector<Rescored> ranked_;
  std::unique_ptr<SnippetMaker> snippets_;
  bool relax_ = false;
  bool only_matches_ = false;
};

}  // namespace

bool has_conditions(const Node& node, bool filters) {
  if ((filters && node.filter) || std::find(node.occurs.begin(), node.occurs.end(), Node::Occur::must_not) != node.occurs.end()) return true;
  return std::any_of(node.children.begin(), node.children.end(), [filters](const Node& child) { return has_conditions(child, filters); });
}

void run_search(const index::Snapshot& snapshot, const UserMarks& marks, const SearchRequest& request, Workspace& workspace,
                const query::Query& query, SearchResult& result) {
  Search(snapshot, marks, request, workspace).run(query.root, query.pinned, result);
}

}  // namespace digest::search
