// SPDX-License-Identifier: MIT
// Tree + snapshot -> hits. The one entry of the search room.
#pragma once
#include <digest/search.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "index/snapshot.hpp"
#include "query/query.hpp"
#include "search/user_marks.hpp"

namespace digest::search {

class Searcher {
 public:
  explicit Searcher(const index::Snapshot& snapshot, UserMarks marks = {});
  ~Searcher();
  Searcher(const Searcher&) = delete;
  Searcher& operator=(const Searcher&) = delete;

  // `today`: day since 1970-01-01, for date:7d. Never throws for what the user typed.
  SearchResult search(const SearchRequest& request, std::int32_t today) const;

  // Hit::id and Paper::ids["source"] of hits that were searched without papers.
  void load_ids(SearchResult& result) const;

  // Papers like these (ids) or like a text; the papers themselves left out.
  SearchResult similar(const std::vector<std::string>& ids, std::string_view text, const SearchRequest& request) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace digest::search
