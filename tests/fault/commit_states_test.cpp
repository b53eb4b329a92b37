// SPDX-License-Identifier: MIT
// A power failure at any moment. The real writer makes three commits on a directory that records every
// operation; then every state that a crash could have left is built and opened: it holds what the last
// finished commit held, or the one under way, whole and sound. Without any one of the syncs this is no longer
// so: that is tested too, for a test of this kind proves nothing unless it can fail.
#include <algorithm>
#include <map>

#include "base/hash.hpp"
#include "fault/library_of_three.hpp"
#include "support/catch.hpp"

using namespace digest;
using namespace digest::test;

namespace {

struct Life {
  Recording recording;
  std::vector<std::size_t> finished;  // how many operations had been asked for when each commit was reported
  std::vector<std::optional<Titles>> after;
};

const Life& life() {
  static const Life recorded = [] {
    Life made;
    made.after = oracle();
    FaultyDirectory directory;
    for (std::size_t step = 0; step < kSteps; ++step) {
      live(directory, step);
      made.finished.push_back(directory.recording().operations.size());
    }
    made.recording = directory.recording();
    return made;
  }();
  return recorded;
}

std::string key_of(const Files& files) {
  Hasher64 hasher;
  for (const auto& [name, bytes] : files) {
    hasher.update(name + '\0' + std::to_string(bytes.size()) + '\0');
    hasher.update(bytes);
  }
  return std::to_string(hasher.value());
}

// The numbers of the commits whose papers these files hold, or why they hold none.
struct Content {
  std::vector<std::size_t> commits;
  std::string problem;
};

Content content_of(const Files& files) {
  Content content;
  try {
    const FaultyDirectory directory(files);
    const auto found = titles(directory);
    for (std::size_t i = 0; i < life().after.size(); ++i) {
      if (life().after[i] == found) content.commits.push_back(i);
    }
    if (content.commits.empty()) content.problem = "papers of no commit";
  } catch (const Error& error) {
    content.problem = error.what();
  }
  return content;
}

struct Verdict {
  std::size_t states = 0, distinct = 0;
  std::string first_problem;
};

Verdict judge(const Recording& recording) {
  Verdict verdict;
  std::map<std::string, Content> known;
  for_each_crash_state(recording, [&](std::size_t done, const Files& files) {
    if (!verdict.first_problem.empty()) return;
    ++verdict.states;
    const auto [at, is_new] = known.try_emplace(key_of(files));
    if (is_new) at->second = content_of(files);
    // Commits reported by now; the next one may or may not be there.
    const auto reported = static_cast<std::size_t>(std::count_if(
        life().finished.begin(), life().finished.end(), [&](std::size_t end) { return end <= done; }));
    const auto& commits = at->second.commits;
    const bool fine = std::any_of(commits.begin(), commits.end(), [&](std::size_t commit) {
      return commit == reported || commit == reported + 1;
    });
    if (!fine) {
      verdict.first_problem = "after " + std::to_string(done) + " operations, " + std::to_string(reported) +
                              " commits reported: " +
                              (at->second.problem.empty() ? "an older commit came back" : at->second.problem);
    }
  });
  verdict.distinct = known.size();
  return verdict;
}

}  // namespace

TEST_CASE("the three commits differ, so that one cannot be taken for another") {
  REQUIRE(life().after.size() == kSteps + 1);
  CHECK(life().after[0] == std::nullopt);
  CHECK(life().after[1] == Titles{"Grokking beyond overfitting", "attention and its heads"});
  CHECK(life().after[2] == Titles{"Grokking beyond overfitting", "Lottery tickets found early"});
  CHECK(life().after[3] == Titles{"Grokking beyond overfitting", "Lottery tickets found early",
                                  "Superposition in small models"});
}

TEST_CASE("whatever moment the power fails, the index is the old one or the new one") {
  const Verdict verdict = judge(life().recording);
  INFO(life().recording.operations.size() << " operations");
  CHECK(verdict.first_problem == "");
  CHECK(verdict.states > 100);
  CHECK(verdict.distinct > 30);
}

TEST_CASE("every sync is needed: without any one of them some crash loses or breaks the index") {
  const auto& recording = life().recording;
  std::size_t syncs = 0;
  for (std::size_t i = 0; i < recording.operations.size(); ++i) {
    const auto kind = recording.operations[i].kind;
    if (kind != Operation::sync_file && kind != Operation::sync_directory) continue;
    ++syncs;
    INFO(describe(recording, i));
    CHECK(judge(without(recording, i)).first_problem != "");
  }
  CHECK(syncs >= 4 * kSteps);
}

TEST_CASE("after any crash the next writer carries on, and sweeps away what the crash left") {
  std::map<std::string, bool> seen;
  for_each_crash_state(life().recording, [&](std::size_t, const Files& files) {
    if (!seen.try_emplace(key_of(files), true).second) return;
    const Content before = content_of(files);
    FaultyDirectory directory(files);
    {
      index::IndexWriter writer(directory, one_thread());
      CHECK(writer.add(paper("Written after the crash")) == index::AddOutcome::added);
      writer.commit();
    }
    const auto found = titles(directory);
    REQUIRE(found);
    CHECK(found->count("Written after the crash") == 1);
    const auto& kept = life().after[before.commits.front()];
    CHECK(found->size() == 1 + (kept ? kept->size() : 0));
    std::size_t commits = 0;
    for (const auto& [name, bytes] : directory.files()) {
      INFO(name);
      CHECK(name.find("pending") == name.npos);
      if (name.compare(0, 7, "commit-") == 0) ++commits;
    }
    CHECK(commits == 1);
  });
}
