// SPDX-License-Identifier: MIT
// The user's own marks, as far as commands need them. The database is opened when it is first asked for something: for
// reading only if it exists.
#pragma once
#include <digest/search.hpp>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "cli/context.hpp"
#include "cli/search_options.hpp"
#include "library/marks_store.hpp"
#include "search/searcher.hpp"

namespace digest::cli {

class Marks {
 public:
  explicit Marks(const Environment& environment) : environment_(environment) {}

  // The text of a saved search for `@NAME`; Error(not_found) if there is none. Any other query as it is.
  [[nodiscard]] std::string query_behind(const QueryText& query) const;
  // "@grok tickets": the name of a saved search among other words, where it is only text; empty: none is.
  [[nodiscard]] std::string name_among_words(const QueryText& query) const;
  [[nodiscard]] search::UserMarks for_search() const;  // may be used from several threads
  [[nodiscard]] std::vector<std::string> tags_of(std::string_view paper) const;
  void add_tags(SearchResult& result) const;

  [[nodiscard]] library::MarksStore* readable() const;  // null: there are no marks yet
  [[nodiscard]] library::MarksStore& writable() const;

 private:
  const Environment& environment_;
  mutable std::mutex mutex_;
  mutable bool looked_ = false;
  mutable std::unique_ptr<library::MarksStore> reading_, writing_;
};

// Error(usage) unless the word may name a tag or a saved search.
void require_mark_name(std::string_view name, std::string_view what);

}  // namespace digest::cli
