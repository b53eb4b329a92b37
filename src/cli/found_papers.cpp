// SPDX-License-Identifier: MIT
#include "cli/found_papers.hpp"

#include <algorithm>
#include <limits>

namespace digest::cli {
namespace {

Snippet head_of(const std::string& abstract, std::uint32_t words) {
  std::size_t end = 0;
  for (std::uint32_t i = 0; i < words && end < abstract.size(); ++i) end = std::min(abstract.find_first_of(" \n", end + 1), abstract.size());
  Snippet snippet;
  snippet.field = "abstract";
  snippet.parts.push_back({abstract.substr(0, end) + (end < abstract.size() ? " ..." : ""), false});
  return snippet;
}

}  // namespace

SearchResult find_all(const search::Searcher& searcher, SearchRequest request, std::int32_t today) {
  request.offset = 0;
  request.limit = std::numeric_limits<std::uint32_t>::max();
  request.papers = request.explain = request.count_only = false;
  request.source_ids = request.notes = true;
  request.snippet_words = 0;
  request.facets.clear();
  return searcher.search(request, today);
}

Hit completed(const index::Snapshot& snapshot, Hit hit, std::uint32_t snippet_words) {
  if (auto paper = snapshot.find(hit.id)) hit.paper = std::move(*paper);
  if (snippet_words > 0 && !hit.paper.abstract.empty()) hit.snippets = {head_of(hit.paper.abstract, snippet_words)};
  return hit;
}

}  // namespace digest::cli
