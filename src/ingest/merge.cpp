// SPDX-License-Identifier: MIT
// Every field of a merged paper is the greater of two under an order that does not depend on which came first, or the
// union of both: so any number of records give the same paper in whatever order they arrive.
#include <digest/limits.hpp>

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>

#include "ingest/identity.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

bool ends_cut(std::string_view text) {
  text = trim(text);
  return text.size() >= 3 && (text.substr(text.size() - 3) == "..." || text.substr(text.size() - 3) == "\xE2\x80\xA6");
}

std::size_t capitals(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_upper));
}

// A title in capitals only gives way to one with both.
auto title_rank(const std::string& title) {
  const bool shouts = std::none_of(title.begin(), title.end(), is_lower);
  return std::tuple(!title.empty(), !ends_cut(title), !shouts, title.size(), capitals(title), std::string_view(title));
}

auto abstract_rank(const Paper& paper) {
  const bool whole = !paper.abstract_is_partial && !ends_cut(paper.abstract);
  return std::tuple(!paper.abstract.empty(), whole, paper.abstract.size(), std::string_view(paper.abstract));
}

auto authors_rank(const std::vector<std::string>& authors) {
  std::size_t bytes = 0;
  for (const std::string& author : authors) bytes += author.size();
  return std::tuple(authors.size(), bytes);  // full names over initials
}

auto venue_rank(const std::string& venue) {
  return std::tuple(!venue.empty(), !starts_ignoring_case(venue, "arxiv"), venue.size(), std::string_view(venue));
}

// The earlier one; of "2025" and "2025-03-11" the more exact.
bool is_better_date(const std::string& date, const std::string& than) {
  if (date.empty() || date == than) return false;
  return than.empty() || date + "~" < than + "~";
}

bool merge_categories(std::vector<std::string>& known, const std::vector<std::string>& other) {
  if (other.empty() || known == other) return false;
  const std::set<std::string> mine(known.begin(), known.end()), theirs(other.begin(), other.end());
  const bool mine_in_theirs = std::includes(theirs.begin(), theirs.end(), mine.begin(), mine.end());
  const bool theirs_in_mine = std::includes(mine.begin(), mine.end(), theirs.begin(), theirs.end());
  if (theirs_in_mine && !(mine_in_theirs && other < known)) return false;
  if (mine_in_theirs) {
    known = other;  // in the order of the fuller list: the first is the primary category
    return true;
  }
  std::set<std::string> all = mine;
  all.insert(theirs.begin(), theirs.end());
  while (all.size() > kMaxListed) all.erase(std::prev(all.end()));
  if (all == mine) return false;
  known.assign(all.begin(), all.end());
  return true;
}

bool merge_ids(Paper& known, const Paper& other) {
  bool changed = false;
  for (const auto& [kind, value] : other.ids) {
    const auto [found, added] = known.ids.try_emplace(kind, value);
    changed = changed || added;
    if (added || found->second == value || kind == "source") continue;
    if (value < found->second) found->second = value, changed = true;
  }
  return changed;
}

bool merge_urls(Paper& known, const Paper& other) {
  const std::size_t before = known.urls.size();
  std::vector<std::string> full;  // what there was, if there may be no more
  for (const std::string& url : other.urls) {
    if (std::find(known.urls.begin(), known.urls.end(), url) != known.urls.end()) continue;
    if (full.empty() && before >= kMaxListed) full = known.urls;
    known.urls.push_back(url);
  }
  order_urls(known);
  if (known.urls.size() > kMaxListed) known.urls.resize(kMaxListed);
  return full.empty() ? known.urls.size() != before : known.urls != full;
}

// One file is one source of a paper, however often it has it.
bool merge_sources(Paper& known, const Paper& other) {
  bool changed = false;
  for (const Source& source : other.sources) {
    const auto same = std::find_if(known.sources.begin(), known.sources.end(),
                                   [&](const Source& s) { return s.file == source.file && s.format == source.format; });
    if (same == known.sources.end()) {
      known.sources.push_back(source);
      changed = true;
    } else if (source.line < same->line) {
      same->line = source.line;
      changed = true;
    }
  }
  return changed;
}

}  // namespace

bool merge(Paper& known, const Paper& other) {
  bool changed = false;
  if (title_rank(other.title) > title_rank(known.title)) known.title = other.title, changed = true;
  if (abstract_rank(other) > abstract_rank(known)) {
    known.abstract = other.abstract;
    known.abstract_is_partial = other.abstract_is_partial;
    changed = true;
  }
  const auto mine = authors_rank(known.authors), theirs = authors_rank(other.authors);
  if (theirs > mine || (theirs == mine && other.authors > known.authors)) known.authors = other.authors, changed = true;
  if (is_better_date(other.date, known.date)) known.date = other.date, changed = true;
  if (venue_rank(other.venue) > venue_rank(known.venue)) known.venue = other.venue, changed = true;
  // Each of these must run, whatever the others say.
  const bool ids = merge_ids(known, other);
  const bool categories = merge_categories(known.categories, other.categories);
  const bool urls = merge_urls(known, other);
  const bool sources = merge_sources(known, other);
  return changed || ids || categories || urls || sources;
}

}  // namespace digest::ingest
