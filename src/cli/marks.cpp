// SPDX-License-Identifier: MIT
#include "cli/marks.hpp"

#include <digest/error.hpp>
#include <fmt/format.h>

#include <utility>

#include "cli/nearest.hpp"

namespace digest::cli {
namespace {

[[noreturn]] void unknown_saved(std::string_view name, library::MarksStore* store) {
  std::vector<library::SavedSearch> saved;
  if (store != nullptr) saved = store->saved();
  std::vector<std::string_view> names;
  for (const auto& search : saved) names.push_back(search.name);
  const std::string close = nearest(name, names);
  throw Error(ErrorKind::not_found, fmt::format("There is no saved search `@{}`.{} `digest saved` lists them, `digest save` makes one.", name,
                                                close.empty() ? "" : fmt::format(" Did you mean `@{}`?", close)));
}

}  // namespace

library::MarksStore* Marks::readable() const {
  if (writing_ != nullptr) return writing_.get();
  if (!looked_ && !environment_.data_home.empty()) reading_ = library::MarksStore::open(marks_path(environment_), library::Mode::read);
  looked_ = true;
  return reading_.get();
}

library::MarksStore& Marks::writable() const {
  if (writing_ == nullptr) writing_ = library::MarksStore::open(marks_path(environment_), library::Mode::write);
  if (writing_ == nullptr) throw Error(ErrorKind::io, fmt::format("{} could not be made.", marks_path(environment_)));
  return *writing_;
}

std::string Marks::query_behind(const QueryText& query) const {
  const bool is_name = !query.verbatim && query.text.size() > 1 && query.text[0] == '@' && library::is_mark_name(query.text.substr(1));
  if (!is_name) return query.text;
  const std::string name = query.text.substr(1);
  library::MarksStore* store = readable();
  const auto saved = store == nullptr ? std::nullopt : store->find(name);
  if (!saved) unknown_saved(name, store);
  return saved->query;
}

std::string Marks::name_among_words(const QueryText& query) const {
  if (query.verbatim || query.text.find('@') == std::string::npos || query.text.find(' ') == std::string::npos) return {};
  for (const std::string_view word : split(query.text, ' ')) {
    if (word.size() < 2 || word[0] != '@' || !library::is_mark_name(word.substr(1)) || readable() == nullptr) continue;
    if (readable()->find(std::string(word.substr(1)))) return std::string(word);
  }
  return {};
}

search::UserMarks Marks::for_search() const {
  search::UserMarks marks;
  marks.papers_with_tag = [this](std::string_view tag) {
    const std::lock_guard lock(mutex_);
    library::MarksStore* store = readable();
    return store == nullptr ? std::vector<std::string>() : store->papers_with(tag);
  };
  marks.tags_of = [this](std::string_view paper) {
    const std::lock_guard lock(mutex_);
    return tags_of(paper);
  };
  return marks;
}

std::vector<std::string> Marks::tags_of(std::string_view paper) const {
  library::MarksStore* store = readable();
  return store == nullptr ? std::vector<std::string>() : store->tags_of(paper);
}

void Marks::add_tags(SearchResult& result) const {
  if (result.hits.empty() || readable() == nullptr) return;
  std::vector<std::string_view> ids;
  for (const Hit& hit : result.hits) ids.push_back(hit.id);
  std::vector<std::vector<std::string>> tags = readable()->tags_of(ids);
  for (std::size_t i = 0; i < ids.size(); ++i) result.hits[i].tags = std::move(tags[i]);
}

void require_mark_name(std::string_view name, std::string_view what) {
  if (library::is_mark_name(name)) return;
  throw Error(ErrorKind::usage, fmt::format("`{}` cannot be {}: letters, digits and - _ . / are allowed, and no + - @ at the head.", name, what));
}

}  // namespace digest::cli
