// SPDX-License-Identifier: MIT
// The life of an index: papers added and removed, commits, merges, writers that give up, disks that fail, power
// failures during a commit, in any order. After each of them the index holds what the last reported commit held, or the
// one under way, says so in its searches, and has no damage.
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <set>
#include <string>

#include "fuzz/small_index.hpp"
#include "index/commit.hpp"
#include "index/index_writer.hpp"
#include "index/snapshot.hpp"
#include "search/searcher.hpp"

namespace {

using namespace digest;
using namespace digest::test;

using Numbers = std::set<unsigned>;  // of the papers in the index

constexpr unsigned kMostCommits = 6;  // of one life

Paper paper_of(unsigned number) {
  Paper paper;
  paper.title = "own" + std::to_string(number) + " grokked";
  paper.abstract = number % 3 == 0 ? "" : "Shared words, and those of " + std::to_string(number % 5) + ".";
  paper.ids["doi"] = "10.1000/" + std::to_string(number);
  paper.sources.push_back({"digest.txt", number + 1, "page"});
  return paper;
}

[[noreturn]] void wrong(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

// The papers, as reading and as searching finds them; nothing if there is no index.
std::optional<Numbers> contents(const Files& files) {
  const FaultyDirectory directory(files);
  if (index::list_commits(directory).empty()) return std::nullopt;
  if (!index::check_index(directory).damage.empty()) wrong("a damaged index");
  const auto snapshot = index::Snapshot::open(directory, storage::Access::small_reads);
  Numbers found;
  snapshot->for_each([&](const index::Snapshot::StoredPaper& stored) {
    if (!found.insert(static_cast<unsigned>(std::stoul(stored.paper.title.substr(3)))).second) wrong("a paper twice");
    return true;
  });
  const search::Searcher searcher(*snapshot);
  SearchRequest request;
  request.query = "grok";
  if (searcher.search(request, 20000).total != found.size()) wrong("a search that does not find all papers");
  for (const unsigned number : {0U, 1U, 7U, 12U}) {
    request.query = "own" + std::to_string(number);
    request.words = Words::all;
    if ((searcher.search(request, 20000).total == 1) != (found.count(number) == 1)) wrong("a search for one paper");
    if (snapshot->find("doi:10.1000/" + std::to_string(number)).has_value() != (found.count(number) == 1)) wrong("an id");
  }
  return found;
}

class Life {
 public:
  explicit Life(Decisions decide) : decide_(decide) {}

  void run() {
    for (unsigned i = 0; i < kMostCommits && !decide_.empty(); ++i) {
      write();
      const auto found = contents(files_);
      if (found.value_or(Numbers{}) != papers_ || found.has_value() != committed_) wrong("not what was committed");
    }
  }

 private:
  enum End { succeed, give_up, fail_once, fail_for_good, lose_power };

  // One writer, from its first operation to its end.
  void write() {
    const auto end = static_cast<End>(decide_.byte() % 5);
    FaultyDirectory directory(files_);
    if (end == fail_once || end == fail_for_good) directory.set_faults({decide_.byte(), end == fail_for_good, {}});
    Numbers after = papers_;
    bool reported = false;
    try {
      index::WriterOptions options;
      options.threads = 1;
      options.rebuild = decide_.byte() % 16 == 15;
      if (options.rebuild) after.clear();
      index::IndexWriter writer(directory, options);
      change(writer, after);
      if (end == give_up) {
        after = papers_;
      } else {
        writer.commit();
        reported = true;
      }
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::io) wrong(error.what());
    }
    if (end == lose_power) return crash(directory, after);
    files_ = directory.files();
    if (reported) return settle(after, true);
    either(after);
  }

  void change(index::IndexWriter& writer, Numbers& after) {
    for (unsigned operations = decide_.byte() % 24; operations > 0 && !decide_.empty(); --operations) {
      const std::uint8_t operation = decide_.byte();
      const unsigned number = operation / 8U;
      if (operation % 8 < 5) {
        const auto outcome = writer.add(paper_of(number));
        if ((outcome == index::AddOutcome::added) != after.insert(number).second) wrong("known, or not known");
      } else if (operation % 8 < 7) {
        if (writer.remove("doi:10.1000/" + std::to_string(number)) != (after.erase(number) == 1)) wrong("removed, or not there");
      } else {
        writer.optimize();
      }
    }
  }

  // The power fails at some moment, and of what was not synced some is left.
  void crash(const FaultyDirectory& directory, const Numbers& after) {
    const Recording recording = directory.recording();
    const std::size_t moment = recording.operations.empty() ? 0 : decide_.word() % (recording.operations.size() + 1);
    files_ = a_crash_state(recording, moment, [this](std::size_t n) { return decide_.byte() % n; });
    if (moment == recording.operations.size()) {
      const bool wrote = !recording.operations.empty();
      return settle(after, wrote || committed_);
    }
    either(after);
  }

  void settle(const Numbers& after, bool committed) {
    const auto found = contents(files_);
    papers_ = after;
    committed_ = committed && (found.has_value() || committed_);
  }

  void either(const Numbers& after) {
    const auto found = contents(files_);
    const bool before = found.has_value() == committed_ && found.value_or(Numbers{}) == papers_;
    if (before) return;
    if (!found || *found != after) wrong("neither the old state nor the new one");
    papers_ = after, committed_ = true;
  }

  Decisions decide_;
  Files files_;
  Numbers papers_;
  bool committed_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Life(Decisions(data, size)).run();
  return 0;
}
