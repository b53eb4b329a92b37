// SPDX-License-Identifier: MIT
// digest new: what was not seen yet, of all papers or of a saved search.
#include <digest/error.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "cli/command_functions.hpp"
#include "cli/found_papers.hpp"
#include "cli/marks.hpp"
#include "cli/present.hpp"

namespace digest::cli {
namespace {

// Keeps the hits that were not seen for this search; total and ranks follow.
void keep_unseen(library::MarksStore* store, const std::string& name, SearchResult& result) {
  if (store == nullptr) return;
  std::vector<std::string> ids;
  for (const Hit& hit : result.hits) ids.push_back(hit.id);
  const std::vector<std::string> fresh = store->unseen(name, ids);
  std::size_t at = 0;
  const auto is_seen = [&](const Hit& hit) {
    if (at < fresh.size() && hit.id == fresh[at]) {
      ++at;
      return false;
    }
    return true;
  };
  result.hits.erase(std::remove_if(result.hits.begin(), result.hits.end(), is_seen), result.hits.end());
}

void cut_page(const SearchRequest& request, SearchResult& result) {
  result.total = result.hits.size();
  result.total_is_exact = true;
  result.offset = request.offset;
  result.limit = request.limit;
  const std::size_t begin = std::min<std::uint64_t>(request.offset, result.hits.size());
  const std::size_t end = begin + std::min<std::uint64_t>(request.limit, result.hits.size() - begin);
  result.hits = std::vector<Hit>(result.hits.begin() + static_cast<std::ptrdiff_t>(begin), result.hits.begin() + static_cast<std::ptrdiff_t>(end));
  std::uint64_t rank = request.offset;
  for (Hit& hit : result.hits) hit.rank = ++rank;
}

}  // namespace

Outcome run_new(Context& context) {
  const auto& texts = context.arguments.texts();
  if (texts.size() > 1 || (!texts.empty() && (texts[0].size() < 2 || texts[0][0] != '@'))) {
    throw Error(ErrorKind::usage, "`digest new` takes at most the name of a saved search, as @NAME.");
  }
  const View view = resolve_view(context);
  SearchRequest request = resolve_request(context);
  ask_for_what_is_shown(view, request);
  const Marks marks(context.environment);
  const std::string name = texts.empty() ? "" : texts[0].substr(1);
  request.query = texts.empty() ? "" : marks.query_behind({texts[0], false});

  const OpenedIndex opened = open_index(context, storage::Access::small_reads);
  const search::Searcher searcher(*opened.snapshot, marks.for_search());
  SearchRequest newest = request;
  newest.sort = SortBy::date;
  SearchResult result = find_all(searcher, newest, context.environment.today);
  keep_unseen(marks.readable(), name, result);
  cut_page(request, result);
  for (Hit& hit : result.hits) hit = completed(*opened.snapshot, std::move(hit), request.snippet_words);
  marks.add_tags(result);
  const Outcome outcome = present(context, view, request, result);
  context.out.flush();  // what could not be shown is not marked
  if (!context.arguments.has("peek") && !result.hits.empty()) {
    std::vector<std::string> shown;
    for (const Hit& hit : result.hits) shown.push_back(hit.id);
    marks.writable().mark_seen(name, shown);
  }
  return outcome;
}

}  // namespace digest::cli
