// SPDX-License-Identifier: MIT
// A short life of an index, for the tests that break its disk: three commits, and what is in the index after
// each.
#pragma once
#include <digest/error.hpp>

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "index/commit.hpp"
#include "index/index_writer.hpp"
#include "index/snapshot.hpp"
#include "support/faulty_directory.hpp"

namespace digest::test {

using Titles = std::set<std::string>;

inline Paper paper(const std::string& title) {
  Paper made;
  made.title = title;
  made.abstract = "An abstract that says a little more about " + title +
                  ", in a few words that it shares with the others.";
  made.ids["doi"] = "10.1000/" + title.substr(0, title.find(' '));
  made.sources.push_back({"digest.txt", 1, "page"});
  return made;
}

inline index::WriterOptions with_threads(unsigned threads) {
  index::WriterOptions options;
  options.threads = threads;
  return options;
}
inline index::WriterOptions one_thread() { return with_threads(1); }

// One commit of the life: adds, removes, merges.
inline void live(storage::Directory& directory, std::size_t step, unsigned threads = 1) {
  index::IndexWriter writer(directory, with_threads(threads));
  if (step == 0) {
    writer.add(paper("Grokking beyond overfitting"));
    writer.add(paper("attention and its heads"));
  } else if (step == 1) {
    writer.add(paper("Lottery tickets found early"));
    writer.remove("doi:10.1000/attention");  // gone already, if this is done a second time
  } else {
    writer.optimize();
    writer.add(paper("Superposition in small models"));
  }
  writer.commit();
}
inline constexpr std::size_t kSteps = 3;

// What is in the index, read to the last byte; nothing if there is no index. Error if it is damaged.
inline std::optional<Titles> titles(const storage::Directory& directory) {
  if (index::list_commits(directory).empty()) return std::nullopt;
  const auto snapshot = index::Snapshot::open(directory, storage::Access::small_reads);
  Titles found;
  snapshot->for_each([&](const index::Snapshot::StoredPaper& stored) {
    found.insert(stored.paper.title);
    return true;
  });
  const auto report = index::check_index(directory);
  if (!report.damage.empty()) throw Error(ErrorKind::corrupt, report.damage.front().message);
  return found;
}

// After each commit, without faults; element 0 is before the first.
inline std::vector<std::optional<Titles>> oracle() {
  std::vector<std::optional<Titles>> after{std::nullopt};
  FaultyDirectory directory;
  for (std::size_t step = 0; step < kSteps; ++step) {
    live(directory, step);
    after.push_back(titles(directory));
  }
  return after;
}

}  // namespace digest::test
