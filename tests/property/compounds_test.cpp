// SPDX-License-Identifier: MIT
// Words that papers write joined or in parts give the same papers and scores whether a segment has lists for them or
// their parts are searched for side by side, before a merge as after it.
#include <random>
#include <string>
#include <vector>

#include "index/compounds.hpp"
#include "index/index_writer.hpp"
#include "index/segment.hpp"
#include "index/snapshot.hpp"
#include "search/searcher.hpp"
#include "support/catch.hpp"

using namespace digest;

namespace {

constexpr std::uint32_t kPapers = 2400;

// Words and their parts in every mixture: joined, with hyphens, apart, in the other order, as parts of others, and a
// joined word with the stem of its own first part.
std::string text(std::mt19937& random, std::uint32_t words, bool with_hyphens) {
  static const std::vector<std::string> plain = {"frame", "work", "works", "framework", "frameworks", "state", "art", "zeta", "eta",
                                                 "learn", "learning", "ing", "fine", "tuning", "finetuning", "stateart"};
  static const std::vector<std::string> hyphens = {"frame-work", "frame-works", "state-of-art", "learn-ing", "fine-tuning", "state-art", "fine-tun-ing"};
  std::string out;
  for (; words > 0; --words) {
    const auto& from = with_hyphens && random() % 12 == 0 ? hyphens : plain;
    out += from[random() % (1 + random() % from.size())] + (random() % 9 == 0 ? " of " : " ");
  }
  return out;
}

Paper paper(std::uint32_t number) {
  std::mt19937 random(number);
  Paper out;
  const bool with_hyphens = number >= kPapers / 4;  // the first of four segments has none
  const auto words = [&random](std::uint32_t most) { return static_cast<std::uint32_t>(random() % most); };
  out.title = "paper" + std::to_string(number) + " " + text(random, words(6), with_hyphens);
  out.abstract = text(random, 5 + words(25), with_hyphens);
  out.sources = {{"f", number + 1, "page"}};
  out.ids["source"] = std::to_string(number);
  return out;
}

std::unique_ptr<storage::Directory> make_index(std::uint32_t papers_each, unsigned threads) {
  auto directory = storage::make_memory_directory();
  for (std::uint32_t from = 0; from < kPapers; from += papers_each) {
    index::WriterOptions options;
    options.threads = threads;
    index::IndexWriter writer(*directory, options);
    for (std::uint32_t i = from; i < std::min(kPapers, from + papers_each); ++i) writer.add(paper(i));
    writer.commit();
  }
  return directory;
}

void remove_some(storage::Directory& directory) {
  std::vector<std::string> doomed;
  index::Snapshot::open(directory, storage::Access::mapped)->for_each([&](const index::Snapshot::StoredPaper& stored) {
    if (std::stoul(stored.paper.title.substr(5)) % 7 == 0) doomed.push_back(stored.id);
    return true;
  });
  index::IndexWriter writer(directory, {});
  for (const std::string& id : doomed) REQUIRE(writer.remove(id));
  writer.commit();
}

std::vector<std::string> answers(const storage::Directory& directory, storage::Access access) {
  const auto snapshot = index::Snapshot::open(directory, access);
  const search::Searcher searcher(*snapshot);
  std::vector<std::string> out;
  for (const char* query : {"framework", "frame-work", "frameworks zeta", "learning", "learn-ing eta", "state-of-art", "finetuning", "+fine-tuning +eta",
                            "stateart -zeta", "title:framework", "abstract:learning", "fine-tun-ing", "framework finetuning learning", "frame work zeta"}) {
    for (const Ranker ranker : {Ranker::bm25, Ranker::automatic}) {
      SearchRequest request;
      request.query = query;
      request.ranker = ranker;
      request.words = Words::any;
      request.limit = 30;
      const SearchResult result = searcher.search(request, 0);
      std::string line = std::string(query) + " " + std::to_string(result.total);
      for (const Hit& hit : result.hits) line += " " + hit.id + "=" + std::to_string(hit.score);
      out.push_back(line);
    }
  }
  return out;
}

std::size_t stored_lists(const storage::Directory& directory) {
  const auto snapshot = index::Snapshot::open(directory, storage::Access::mapped);
  std::size_t out = 0;
  const std::vector<std::string> parts{"frame", "work"};
  for (const auto& segment : snapshot->segments()) out += segment->find_term(index::compound_term("framework", parts), index::Forms::skip) ? 1 : 0;
  return out;
}

// One check a query, so that a failure shows which.
void check_same(const std::vector<std::string>& found, const std::vector<std::string>& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) CHECK(found[i] == expected[i]);
}

}  // namespace

TEST_CASE("compounds count as one word, with lists of their own or without") {
  const auto without = make_index(8, 1);     // too small for lists: their parts are searched for
  const auto with = make_index(kPapers, 2);  // one segment that has them
  const auto some = make_index(kPapers / 4, 1);  // the first of four knows of none
  REQUIRE(stored_lists(*without) == 0);
  REQUIRE(stored_lists(*with) == 1);
  REQUIRE(stored_lists(*some) > 0);
  REQUIRE(stored_lists(*some) < 4);
  for (int round = 0; round < 2; ++round) {
    const std::vector<std::string> expected = answers(*without, storage::Access::mapped);
    check_same(answers(*with, storage::Access::mapped), expected);
    check_same(answers(*with, storage::Access::small_reads), expected);
    check_same(answers(*some, storage::Access::mapped), expected);
    if (round == 0) {
      for (storage::Directory* directory : {without.get(), with.get(), some.get()}) remove_some(*directory);
    }
  }
  const std::vector<std::string> expected = answers(*without, storage::Access::mapped);
  for (storage::Directory* directory : {some.get(), with.get()}) {
    index::IndexWriter writer(*directory, {});
    writer.optimize();
    writer.commit();
    CHECK(stored_lists(*directory) == 1);
    check_same(answers(*directory, storage::Access::mapped), expected);
    CHECK(index::check_index(*directory).damage.empty());
  }
}

// "train-ing" is the term "train" joined and in its first part: the list counts the place twice, the union once.
TEST_CASE("the best papers of a word that stands twice at one place are those of all") {
  const auto directory = storage::make_memory_directory();
  std::uint32_t made = 0;
  const auto add = [&made](index::IndexWriter& writer, const std::string& abstract) {
    Paper out;
    out.title = "paper" + std::to_string(made);
    out.abstract = abstract;
    out.sources = {{"f", ++made, "page"}};
    out.ids["source"] = std::to_string(made);
    writer.add(std::move(out));
  };
  {
    index::IndexWriter writer(*directory, {});
    for (int i = 0; i < 3; ++i) add(writer, "zeta zeta zeta");
    writer.commit();
  }
  std::string filler;
  for (int i = 0; i < 30; ++i) filler += " filler";
  index::IndexWriter writer(*directory, {});
  for (int i = 0; i < 12000; ++i) add(writer, (i % 3 == 0 ? "train ing" : "train") + filler);
  for (int i = 0; i < 20; ++i) add(writer, "train-ing train-ing omega");
  add(writer, "train train train omega omega gamma");
  add(writer, "zeta train");
  writer.commit();

  const auto snapshot = index::Snapshot::open(*directory, storage::Access::mapped);
  const search::Searcher searcher(*snapshot);
  for (const char* query : {"train-ing", "train-ing zeta^0.014"}) {
    SearchRequest request;
    request.query = query;
    request.ranker = Ranker::bm25;
    request.words = Words::any;
    request.limit = 40;  // more than lists of the best hold
    const SearchResult all = searcher.search(request, 0);
    request.limit = 10;
    const SearchResult few = searcher.search(request, 0);
    INFO(query);
    REQUIRE(few.hits.size() == 10);
    for (std::size_t i = 0; i < few.hits.size(); ++i) {
      CHECK(few.hits[i].id == all.hits[i].id);
      CHECK(few.hits[i].score == all.hits[i].score);
    }
  }
}
