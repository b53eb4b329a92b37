// SPDX-License-Identifier: MIT
#include "search/searcher.hpp"

#include <chrono>
#include <mutex>

#include "index/paper_store.hpp"
#include "query/parser.hpp"
#include "query/printer.hpp"
#include "query/rewriter.hpp"
#include "query/suggestions.hpp"
#include "search/search.hpp"

namespace digest::search {
namespace {

using query::Node;

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
  if (request.papers || request.notes) {
    result.parsed = query::to_string(parsed.root);
    query::Suggestions suggestions = query::suggest(parsed, request.query, state_->snapshot.vocabulary());
    result.suggestions = std::move(suggestions.queries);
    for (std::vector<query::Note>* notes : {&parsed.notes, &suggestions.notes}) {
      for (query::Note& note : *notes) result.notes.push_back({note.code, note.text, note.at});
    }
  }
  parsed.root = within_days(std::move(parsed.root), request);
  auto workspace = state_->take_workspace();
  run_search(state_->snapshot, state_->marks, request, *workspace, parsed, result);
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
  query::Query query;
  Node& root = query.root;
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
  run_search(state_->snapshot, state_->marks, plain, *workspace, query, result);
  state_->give_back(std::move(workspace));
  result.parsed = query::to_string(root);
  return result;
}

}  // namespace digest::search
