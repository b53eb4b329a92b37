// SPDX-License-Identifier: MIT
// What several threads may do at once, for the thread sanitizer to watch (cmake --workflow --preset tsan): many threads
// ask one snapshot, readers open an index while its writer commits and merges, workers of a writer share what they know.
// Without the sanitizer the answers are checked all the same.
#include <digest/error.hpp>

#include <algorithm>
#include <atomic>
#include <thread>

#include "index/index_writer.hpp"
#include "index/snapshot.hpp"
#include "search/searcher.hpp"
#include "support/catch.hpp"
#include "support/scratch.hpp"

using namespace digest;

namespace {

constexpr unsigned kBatch = 60;  // papers of one commit

Paper numbered(unsigned number) {
  Paper paper;
  paper.title = "Number " + std::to_string(number) + " of the fine-tuned beads";
  paper.abstract = "Common words, own" + std::to_string(number) + ", shared" + std::to_string(number % 7) + " and shared" +
                   std::to_string(number % 11) + "; beads that grok, and groks of " + std::to_string(number / 13) + " beads.";
  paper.ids["doi"] = "10.1000/" + std::to_string(number);
  paper.sources.push_back({"digest.txt", number + 1, "page"});
  return paper;
}

void write(storage::Directory& directory, unsigned from, unsigned to, unsigned threads, std::uint64_t memory) {
  index::WriterOptions options;
  options.threads = threads;
  options.memory_bytes = memory;
  index::IndexWriter writer(directory, options);
  for (unsigned number = from; number < to; ++number) writer.add(numbered(number));
  if (from / kBatch % 5 == 4) writer.optimize();
  writer.commit();
}

const std::vector<std::string> kQueries = {"beads", "shared3 shared5", "fine tuning", "\"common words\"", "grok* -shared1",
                                           "own17~1", "title:number", "shared2 OR shared4", "10.1000/33", ""};

// Ids and scores of all answers, in order.
std::vector<std::string> answers(const index::Snapshot& snapshot) {
  const search::Searcher searcher(snapshot);
  std::vector<std::string> all;
  for (const std::string& query : kQueries) {
    SearchRequest request;
    request.query = query;
    request.limit = 20;
    for (const Hit& hit : searcher.search(request, 20000).hits) all.push_back(hit.id + " " + std::to_string(hit.score));
  }
  return all;
}

template <typename Work>
void on_threads(unsigned count, Work work) {
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < count; ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
}

}  // namespace

TEST_CASE("many threads ask one snapshot and have the answers that one has") {
  const auto directory = storage::make_memory_directory();
  for (unsigned from = 0; from < 4 * kBatch; from += kBatch) write(*directory, from, from + kBatch, 1, 64U << 20);
  for (const auto access : {storage::Access::mapped, storage::Access::small_reads}) {
    const auto alone = answers(*index::Snapshot::open(*directory, access));
    REQUIRE(alone.size() > 60);
    const auto shared = index::Snapshot::open(*directory, access);  // nothing of it has been read yet
    std::atomic<int> wrong{0};
    on_threads(4, [&] { wrong += answers(*shared) == alone ? 0 : 1; });
    CHECK(wrong == 0);
  }
}

TEST_CASE("however many workers a writer has, and however often it spills, the answers are the same") {
  std::vector<std::string> alone;
  for (const unsigned threads : {1U, 2U, 5U}) {
    for (const std::uint64_t memory : {std::uint64_t{64} << 20, std::uint64_t{1}}) {
      const auto directory = storage::make_memory_directory();
      write(*directory, 0, 10 * kBatch, threads, memory);
      CHECK(index::check_index(*directory).damage.empty());
      const auto found = answers(*index::Snapshot::open(*directory, storage::Access::mapped));
      if (alone.empty()) alone = found;
      CHECK(found == alone);
    }
  }
}

TEST_CASE("readers beside a writer of the same process see whole commits, ever newer") {
  const test::Scratch scratch;
  const auto directory = storage::open_fs_directory(scratch / "index", storage::Create::yes);
  write(*directory, 0, kBatch, 2, 64U << 20);
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0}, opened{0};
  const auto read = [&] {
    const auto own = storage::open_fs_directory(scratch / "index", storage::Create::no);
    std::uint64_t newest = 0;
    while (!done || newest == 0) {
      const auto snapshot = index::Snapshot::open(*own, storage::Access::mapped);
      const IndexSummary summary = snapshot->summary();
      SearchRequest request;
      request.query = "beads";
      const std::uint64_t total = search::Searcher(*snapshot).search(request, 20000).total;
      if (summary.papers % kBatch != 0 || total != summary.papers || summary.generation < newest) ++wrong;
      newest = summary.generation;
      ++opened;
    }
  };
  std::thread writer([&] {
    for (unsigned from = kBatch; from < 12 * kBatch; from += kBatch) write(*directory, from, from + kBatch, 2, 64U << 20);
    done = true;
  });
  on_threads(2, read);
  writer.join();
  CHECK(wrong == 0);
  CHECK(opened >= 2);
  CHECK(index::Snapshot::open(*directory, storage::Access::mapped)->summary().papers == 12 * kBatch);
}
