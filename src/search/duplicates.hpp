// SPDX-License-Identifier: MIT
// Which papers of an index may be one, though nothing says so? Candidates share a key of their signatures
// (search/signature.hpp); each pair is then compared word by word. Time grows with papers and candidates, not
// with pairs of papers; memory is about 100 bytes a paper.
#pragma once
#include <digest/paper.hpp>

#include <optional>
#include <string>
#include <vector>

#include "index/snapshot.hpp"

namespace digest::search {

struct Likeness {
  bool same_title = false;  // but for case, accents, punctuation and LaTeX
  double title = 0;         // words in both titles over words in either (Jaccard)
  std::optional<double>
      abstract;        // of the shorter one's words, how many are in the longer one; empty: one has none
  std::string author;  // a family name that both list; empty: none

  // Would a person look at the two?
  [[nodiscard]] bool is_near() const;
  std::size_t title_words = 0;  // of the shorter title
};
Likeness likeness(const Paper& a, const Paper& b);

struct DuplicatePair {
  std::size_t first = 0, second = 0;  // into DuplicateGroup::papers
  Likeness likeness;
};
struct DuplicateGroup {
  bool same_title = false;                           // all of them
  std::vector<index::Snapshot::StoredPaper> papers;  // by id; without abstracts
  std::vector<DuplicatePair> evidence;               // what joined them: one pair fewer than papers
};

// By the id of the first paper, groups of the same title first.
std::vector<DuplicateGroup> find_duplicates(const index::Snapshot& snapshot);

}  // namespace digest::search
