// SPDX-License-Identifier: MIT
#include "evaluate/run_topics.hpp"

#include <string>
#include <unordered_set>

namespace digest::evaluate {
namespace {

std::string judged_name(const Hit& hit, const std::unordered_set<std::string>& judged) {
  const auto own = hit.paper.ids.find("source");
  const std::string& preferred = own != hit.paper.ids.end() ? own->second : hit.id;
  if (judged.count(preferred) > 0) return preferred;
  if (judged.count(hit.id) > 0) return hit.id;
  for (const auto& [scheme, id] : hit.paper.ids) {
    if (judged.count(id) > 0) return id;
  }
  return preferred;
}

}  // namespace

SearchRequest topic_request(Ranker ranker) {
  SearchRequest request;
  request.limit = 1000;
  request.ranker = ranker;
  request.words = Words::any;
  request.literal = true;
  request.papers = false;
  request.source_ids = true;
  request.snippet_words = 0;
  request.totals = false;
  return request;
}

Run run_topics(const search::Searcher& searcher, const std::vector<Topic>& topics,
               const SearchRequest& request, const Qrels& qrels) {
  std::unordered_set<std::string> judged;
  for (const JudgedTopic& topic : qrels) {
    for (const auto& [id, grade] : topic.grades) judged.insert(id);
  }
  Run run;
  for (const Topic& topic : topics) {
    SearchRequest asked = request;
    asked.query = topic.text;
    const SearchResult result = searcher.search(asked, 0);
    RankedTopic ranked;
    ranked.id = topic.id;
    std::unordered_set<std::string> seen;
    for (const Hit& hit : result.hits) {
      std::string name = judged_name(hit, judged);
      if (seen.insert(name).second) ranked.papers.push_back({std::move(name), hit.score});
    }
    run.push_back(std::move(ranked));
  }
  return run;
}

}  // namespace digest::evaluate
