// SPDX-License-Identifier: MIT
#include "search/duplicates.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <unordered_map>

#include "index/paper_store.hpp"
#include "index/segment.hpp"
#include "ingest/identity.hpp"
#include "search/signature.hpp"
#include "text/analyzer.hpp"

namespace digest::search {
namespace {

// From here on a share of words counts as likeness; chosen on pairs of preprint and journal version.
constexpr double kTitleAlike = 0.75, kTitleRelated = 0.3, kAbstractAlike = 0.6, kAbstractSame = 0.75,
                 kAbstractCopied = 0.9;
constexpr std::size_t kFewestWords = 5;   // of an abstract or a title that speaks for itself
constexpr std::size_t kTellingTitle = 3;  // words; "Editorial" and "Reply" are no evidence
constexpr std::size_t kAllPairs = 16;     // of so many papers with one key; of more, neighbours only

// The living papers in order, and reading one of them.
class Shelf {
 public:
  explicit Shelf(const index::Snapshot& snapshot) {
    const auto& segments = snapshot.segments();
    for (std::size_t s = 0; s < segments.size(); ++s) {
      stores_.push_back(std::make_unique<index::PaperStore>(segments[s]->file()));
      for (std::uint32_t paper = 0; paper < segments[s]->papers(); ++paper) {
        if (!segments[s]->is_dead(paper)) places_.push_back({static_cast<std::uint32_t>(s), paper});
      }
    }
  }
  [[nodiscard]] std::size_t size() const { return places_.size(); }
  index::StoredRecord read(std::size_t number) {
    return stores_[places_[number].first]->read(places_[number].second);
  }

 private:
  std::vector<std::unique_ptr<index::PaperStore>> stores_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> places_;
};

// Key and paper in one number: half of the key is enough, a chance meeting is found out when words are
// compared.
constexpr unsigned kNumberBits = 32;
std::uint64_t number_in(std::uint64_t entry) {
  return entry & 0xffffffffU;
}

std::vector<std::uint64_t> keys_of_all(Shelf& shelf, const query::Vocabulary& vocabulary) {
  std::unordered_map<std::string, std::uint64_t> known;
  const Rareness papers_with = [&](std::string_view form) {
    const auto [entry, is_new] = known.try_emplace(std::string(form));
    if (is_new) entry->second = vocabulary.document_frequency(text::stem_class(form));
    return entry->second;
  };
  std::vector<std::uint64_t> entries;
  for (std::size_t number = 0; number < shelf.size(); ++number) {
    for (const std::uint64_t key : signature(shelf.read(number).paper, papers_with)) {
      entries.push_back((key >> kNumberBits << kNumberBits) | number);
    }
  }
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  return entries;
}

// Pairs that share a key, each once; the smaller number in the upper half.
std::vector<std::uint64_t> candidate_pairs(const std::vector<std::uint64_t>& entries) {
  std::vector<std::uint64_t> pairs;
  for (std::size_t from = 0, to = 0; from < entries.size(); from = to) {
    while (to < entries.size() && entries[to] >> kNumberBits == entries[from] >> kNumberBits) ++to;
    const std::size_t reach = to - from <= kAllPairs ? kAllPairs : 1;
    for (std::size_t i = from; i < to; ++i) {
      for (std::size_t j = i + 1; j < std::min(to, i + 1 + reach); ++j) {
        pairs.push_back(number_in(entries[i]) << kNumberBits | number_in(entries[j]));
      }
    }
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

// Which papers hang together (Galler and Fischer 1964).
class Forest {
 public:
  std::size_t root(std::size_t paper) {
    for (;;) {  // each step halves the way for the next time
      const auto found = parent_.find(paper);
      if (found == parent_.end() || found->second == paper) return paper;
      const auto above = parent_.find(found->second);
      if (above != parent_.end()) found->second = above->second;
      paper = found->second;
    }
  }
  bool join(std::size_t a, std::size_t b) {
    a = root(a), b = root(b);
    if (a == b) return false;
    parent_[std::max(a, b)] = std::min(a, b);
    return true;
  }

 private:
  std::unordered_map<std::size_t, std::size_t> parent_;
};

struct Link {
  std::size_t first = 0, second = 0;
  Likeness likeness;
};

std::vector<Link> links_between(Shelf& shelf, const std::vector<std::uint64_t>& pairs, Forest& forest) {
  std::vector<Link> links;
  Paper first;
  std::size_t loaded = shelf.size();
  for (const std::uint64_t pair : pairs) {
    const std::size_t a = pair >> kNumberBits, b = number_in(pair);
    if (forest.root(a) == forest.root(b)) continue;
    if (a != loaded) first = shelf.read(a).paper, loaded = a;
    const Likeness found = likeness(first, shelf.read(b).paper);
    if (found.is_near() && forest.join(a, b)) links.push_back({a, b, found});
  }
  return links;
}

DuplicateGroup group_of(Shelf& shelf, const std::vector<Link>& links) {
  DuplicateGroup group;
  std::map<std::size_t, std::size_t> places;  // number on the shelf -> place in the group
  for (const Link& link : links) places[link.first], places[link.second];
  std::vector<std::pair<std::size_t, index::Snapshot::StoredPaper>> papers;
  for (const auto& [number, place] : places) {
    index::StoredRecord record = shelf.read(number);
    record.paper.abstract.clear();
    papers.emplace_back(number,
                        index::Snapshot::StoredPaper{std::move(record.id), std::move(record.paper), 0});
  }
  std::sort(papers.begin(), papers.end(),
            [](const auto& x, const auto& y) { return x.second.id < y.second.id; });
  for (auto& [number, paper] : papers) {
    places[number] = group.papers.size();
    group.papers.push_back(std::move(paper));
  }
  group.same_title =
      std::all_of(links.begin(), links.end(), [](const Link& link) { return link.likeness.same_title; });
  for (const Link& link : links) {
    const auto [low, high] = std::minmax(places[link.first], places[link.second]);
    group.evidence.push_back({low, high, link.likeness});
  }
  std::sort(group.evidence.begin(), group.evidence.end(), [](const DuplicatePair& x, const DuplicatePair& y) {
    return std::pair(x.second, x.first) < std::pair(y.second, y.first);
  });
  return group;
}

}  // namespace

bool Likeness::is_near() const {
  const bool abstract_agrees = abstract && *abstract >= kAbstractAlike;
  if (same_title) return title_words >= kTellingTitle || abstract_agrees || !author.empty();
  if (title >= kTitleAlike)
    return abstract ? *abstract >= kAbstractAlike : !author.empty() || title_words >= kFewestWords;
  if (!abstract) return false;
  return (title >= kTitleRelated && *abstract >= kAbstractSame) || *abstract >= kAbstractCopied;
}

Likeness likeness(const Paper& a, const Paper& b) {
  Likeness found;
  const std::string key = ingest::title_key(a.title);
  found.same_title = !key.empty() && key == ingest::title_key(b.title);
  const WordSet title_a = words_of(a.title), title_b = words_of(b.title);
  const std::size_t in_both = common_words(title_a, title_b),
                    in_either = title_a.size() + title_b.size() - in_both;
  found.title = found.same_title ? 1.0
                : in_either == 0 ? 0.0
                                 : static_cast<double>(in_both) / static_cast<double>(in_either);
  found.title_words = std::min(title_a.size(), title_b.size());
  const WordSet abstract_a = words_of(a.abstract), abstract_b = words_of(b.abstract);
  const std::size_t fewer = std::min(abstract_a.size(), abstract_b.size());
  if (fewer >= kFewestWords)
    found.abstract = static_cast<double>(common_words(abstract_a, abstract_b)) / static_cast<double>(fewer);
  found.author = ingest::common_author(a, b);
  return found;
}

std::vector<DuplicateGroup> find_duplicates(const index::Snapshot& snapshot) {
  Shelf shelf(snapshot);
  Forest forest;
  const std::vector<Link> links =
      links_between(shelf, candidate_pairs(keys_of_all(shelf, snapshot.vocabulary())), forest);
  std::map<std::size_t, std::vector<Link>> joined;
  for (const Link& link : links) joined[forest.root(link.first)].push_back(link);
  std::vector<DuplicateGroup> groups;
  for (const auto& [root, own] : joined) groups.push_back(group_of(shelf, own));
  std::sort(groups.begin(), groups.end(), [](const DuplicateGroup& a, const DuplicateGroup& b) {
    return a.same_title != b.same_title ? a.same_title : a.papers[0].id < b.papers[0].id;
  });
  return groups;
}

}  // namespace digest::search
