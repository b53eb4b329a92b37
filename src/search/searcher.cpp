// SPDX-License-Identifier: MIT
#include "search/searcher.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <set>

#include "base/date.hpp"
#include "index/batch.hpp"
#include "index/paper_store.hpp"
#include "query/parser.hpp"
#include "query/printer.hpp"
#include "query/rewriter.hpp"
#include "query/suggestions.hpp"
#include "search/leaf_reader.hpp"
#include "search/matcher.hpp"
#include "search/second_stage.hpp"
#include "search/snippets.hpp"
#include "text/analyzer.hpp"

namespace digest::search {
namespace {

using query::Node;

constexpr std::uint64_t kExactTotal = 10000;
constexpr std::size_t kMostResults = 1U << 20;  // of one search, offset included

query::MatchMode mode_of(Words words) {
  switch (words) {
    case Words::all: return query::MatchMode::all_words;
    case Words::any: return query::MatchMode::any_word;
    case Words::natural: break;
  }
  return query::MatchMode::natural;
}

// The query, restricted to papers of these days.
Node within_days(Node root, const SearchRequest& request) {
  if (!request.since && !request.until) return root;
  Node days;
  days.kind = Node::Kind::dates;
  days.filter = true;
  if (request.since) days.first_day = *request.since;
  if (request.until) days.last_day = *request.until;
  Node both;
  both.kind = Node::Kind::boolean;
  both.children.push_back(std::move(root));
  both.children.push_back(std::move(days));
  both.occurs = {Node::Occur::must, Node::Occur::must};
  return both;
}

bool can_relax(const Node& node) {
  return (node.relaxable && node.min_should > 1) || std::any_of(node.children.begin(), node.children.end(), can_relax);
}

double repeated(double count) { return repeated_word_boost(count); }

constexpr std::size_t kNamesakes = 8;  // a title that more papers have is nobody's

bool has_conditions(const Node& node, bool filters) {
  if ((filters && node.filter) || std::find(node.occurs.begin(), node.occurs.end(), Node::Occur::must_not) != node.occurs.end()) return true;
  return std::any_of(node.children.begin(), node.children.end(), [filters](const Node& child) { return has_conditions(child, filters); });
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && (c < '\t' || c > '\r')) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

// "Wall turbulence -visualization of modes", "When to NOT answer": word for word the title of a paper, which says nothing
// about what is not wanted.
bool is_title(const index::Snapshot& snapshot, const std::string& query) {
  const std::string wanted = one_line(query);
  for (const index::Location& found : snapshot.locate_title(query, kNamesakes)) {
    index::PaperStore store(snapshot.segments()[found.segment]->file());
    if (one_line(store.read(found.paper).paper.title) == wanted) return true;
  }
  return false;
}

}  // namespace

struct Searcher::State {
  const index::Snapshot& snapshot;
  UserMarks marks;
  mutable std::mutex mutex;
  mutable std::vector<std::unique_ptr<Workspace>> free;  // kept from query to query

  std::unique_ptr<Workspace> take_workspace() const {
    const std::lock_guard<std::mutex> guard(mutex);
    if (free.empty()) return std::make_unique<Workspace>();
    auto out = std::move(free.back());
    free.pop_back();
    return out;
  }
  void give_back(std::unique_ptr<Workspace> workspace) const {
    const std::lock_guard<std::mutex> guard(mutex);
    free.push_back(std::move(workspace));
  }
};

namespace {

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
    for (const std::string& facet : request_.facets) result.facets.emplace_back(facet, count_facet(facet));
    if (request_.papers && request_.snippet_words > 0) prepare_snippets(root);
    const std::size_t from = std::min<std::size_t>(request_.offset, ranked_.size());
    const std::size_t to = from + std::min<std::size_t>(request_.limit, ranked_.size() - from);
    for (std::size_t i = from; i < to; ++i) result.hits.push_back(make_hit(ranked_[i], i + 1));
  }

  [[nodiscard]] const Plan& plan() const { return plan_; }
  [[nodiscard]] const std::vector<Rescored>& ranked() const { return ranked_; }

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

  std::vector<FacetValue> count_facet(const std::string& facet) {
    std::map<std::string, std::uint64_t> counts;
    for (const Rescored& paper : ranked_) {
      const index::Segment& segment = *snapshot_.segments()[paper.candidate.segment];
      if (facet == "year") {
        const std::int32_t day = segment.day(paper.candidate.paper);
        if (day != index::kNoDate) ++counts[civil_from_days(day).substr(0, 4)];
        continue;
      }
      if (facet == "month" && segment.day(paper.candidate.paper) == index::kNoDate) continue;
      const index::StoredRecord record = read(paper.candidate);
      if (facet == "month") {
        if (record.paper.date.size() >= 7) ++counts[record.paper.date.substr(0, 7)];
        continue;
      }
      if (facet == "category") {
        for (const std::string& category : record.paper.categories) ++counts[category];
      } else if (facet == "source") {
        std::set<std::string> files;
        for (const Source& source : record.paper.sources) files.insert(source.file);
        for (const std::string& file : files) ++counts[file];
      } else if (facet == "tag" && marks_.tags_of) {
        for (const std::string& tag : marks_.tags_of(record.id)) ++counts[tag];
      }
    }
    std::vector<FacetValue> out;
    for (const auto& [value, count] : counts) out.push_back({value, count});
    std::stable_sort(out.begin(), out.end(), [&](const FacetValue& a, const FacetValue& b) {
      return facet == "year" || facet == "month" ? a.value > b.value : a.count > b.count;
    });
    return out;
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
    if (request_.explain) hit.explanation = explain(paper);
    return hit;
  }

  Explanation explain(const Rescored& paper) const {
    Explanation out;
    out.documents = plan_.papers;
    out.average_length = plan_.average_length;
    out.k1 = parameters_.k1, out.b = parameters_.b;
    const index::Segment& segment = *snapshot_.segments()[paper.candidate.segment];
    const std::vector<PaperScorer::LeafScore> scores = score_of(paper.candidate);
    const std::uint32_t title = segment.title_length(paper.candidate.paper);
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (scores[i].frequency == 0) continue;
      const Leaf& leaf = plan_.leaves[i];
      TermExplanation term;
      term.term = leaf.node->kind == Node::Kind::term ? leaf.node->words.front().term : query::to_string(*leaf.node);
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

Searcher::Searcher(const index::Snapshot& snapshot, UserMarks marks) : state_(new State{snapshot, std::move(marks), {}, {}}) {}
Searcher::~Searcher() = default;

SearchResult Searcher::search(const SearchRequest& request, std::int32_t today) const {
  const auto start = std::chrono::steady_clock::now();
  SearchResult result;
  result.query = request.query;
  result.index = state_->snapshot.summary();
  result.offset = request.offset, result.limit = request.limit;

  query::ParseOptions options;
  options.mode = mode_of(request.words);
  options.literal = request.literal;
  options.fuzzy = request.fuzzy;
  options.today = today;
  query::Query parsed = query::parse(request.query, options);
  if (has_conditions(parsed.root, false) && is_title(state_->snapshot, request.query)) {
    options.literal = true;
    parsed = query::parse(request.query, options);
    parsed.notes.push_back({"read_as_title", "A paper is called so, word for word: what looks like an operator was read as text.", {0, 0}});
  }
  parsed = query::rewrite(std::move(parsed), state_->snapshot.vocabulary());
  if (request.papers) {
    result.parsed = query::to_string(parsed.root);
    query::Suggestions suggestions = query::suggest(parsed, request.query, state_->snapshot.vocabulary());
    result.suggestions = std::move(suggestions.queries);
    for (std::vector<query::Note>* notes : {&parsed.notes, &suggestions.notes}) {
      for (query::Note& note : *notes) result.notes.push_back({note.code, note.text, note.at});
    }
  }
  const Node root = within_days(std::move(parsed.root), request);
  auto workspace = state_->take_workspace();
  Search(state_->snapshot, state_->marks, request, *workspace).run(root, parsed.pinned, result);
  state_->give_back(std::move(workspace));
  if (!request.count_only && result.total > kExactTotal) {
    result.total_is_exact = false;
    result.total = kExactTotal;
  }
  result.took_us = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start).count());
  return result;
}

void Searcher::load_ids(SearchResult& result) const {
  auto workspace = state_->take_workspace();
  for (Hit& hit : result.hits) {
    const auto segment = static_cast<std::uint32_t>(hit.place >> 32);
    index::StoredRecord record = workspace->store(state_->snapshot, segment).read(static_cast<std::uint32_t>(hit.place));
    hit.id = std::move(record.id);
    if (const auto source = record.paper.ids.find("source"); source != record.paper.ids.end()) hit.paper.ids.insert(*source);
  }
  state_->give_back(std::move(workspace));
}

SearchResult Searcher::similar(const std::vector<std::string>& ids, std::string_view text, const SearchRequest& request) const {
  FeedbackWeights weights;
  weights.papers = ids.size() + 1;
  weights.max_share = 0.2;
  FeedbackModel model(weights);
  for (const std::string& id : ids) {
    if (const auto paper = state_->snapshot.find(id)) model.add(paper->title, paper->abstract, 1.0);
  }
  if (!text.empty()) model.add(text, "", 1.0);
  const auto df = [this](std::string_view term) { return state_->snapshot.vocabulary().document_frequency(term); };
  Node root;
  root.kind = Node::Kind::boolean;
  root.min_should = 1;
  for (const ExpansionTerm& term : model.terms(state_->snapshot.summary().papers, df)) {
    Node word;
    word.kind = Node::Kind::term;
    word.boost = term.weight;
    word.text = term.term;
    word.words.push_back({term.term, "", 0});
    root.children.push_back(std::move(word));
    root.occurs.push_back(Node::Occur::should);
  }
  for (const std::string& id : ids) {
    Node self;
    self.kind = Node::Kind::id;
    self.filter = true;
    self.text = id;
    root.children.push_back(std::move(self));
    root.occurs.push_back(Node::Occur::must_not);
  }
  SearchResult result;
  result.index = state_->snapshot.summary();
  result.offset = request.offset, result.limit = request.limit;
  if (root.children.size() == ids.size()) return result;
  SearchRequest plain = request;
  plain.ranker = Ranker::bm25;
  auto workspace = state_->take_workspace();
  Search(state_->snapshot, state_->marks, plain, *workspace).run(root, {}, result);
  state_->give_back(std::move(workspace));
  result.parsed = query::to_string(root);
  return result;
}

}  // namespace digest::search
