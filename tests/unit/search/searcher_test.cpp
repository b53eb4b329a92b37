// SPDX-License-Identifier: MIT
// Whole searches over a handful of papers: what weights, repetition, identifiers and thresholds do to hits.
#include "search/searcher.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "index/index_writer.hpp"
#include "index/snapshot.hpp"
#include "support/catch.hpp"

using namespace digest;

namespace {

struct Library {
  std::unique_ptr<storage::Directory> directory = storage::make_memory_directory();
  std::unique_ptr<index::Snapshot> snapshot;

  explicit Library(const std::vector<std::pair<std::string, std::string>>& papers) {
    index::IndexWriter writer(*directory, {});
    std::uint64_t line = 0;
    for (const auto& [title, abstract] : papers) {
      Paper paper;
      paper.title = title;
      paper.abstract = abstract;
      paper.ids["arxiv"] = "2401.0000" + std::to_string(++line);
      paper.sources = {{"list.txt", line, "page"}};
      writer.add(std::move(paper));
    }
    writer.commit();
    snapshot = index::Snapshot::open(*directory, storage::Access::small_reads);
  }

  [[nodiscard]] SearchResult search(SearchRequest request) const { return search::Searcher(*snapshot).search(request, 0); }
};

Library small_library() {
  return Library({{"Grokking in small transformers", "Networks generalise long after they fit."},
                  {"Pruning finds sparse networks", "Grokking is not mentioned twice here, pruning is."},
                  {"A survey of pruning", "Weights are removed; networks stay."},
                  {"Protein folding", "Structures from sequences."}});
}

// What the first-stage score of `term` adds to the first hit.
double contribution(const Library& library, const std::string& query, Ranker ranker, const std::string& term) {
  SearchRequest request;
  request.query = query;
  request.ranker = ranker;
  request.words = Words::any;
  request.explain = true;
  const SearchResult found = library.search(request);
  for (const Hit& hit : found.hits) {
    if (hit.paper.title != "Pruning finds sparse networks") continue;
    for (const TermExplanation& explained : hit.explanation->terms) {
      if (explained.term == term) return explained.contribution;
    }
  }
  return -1;
}

}  // namespace

TEST_CASE("a weight counts in full for both rankers, repetition ever less for auto") {
  const Library library = small_library();
  for (const Ranker ranker : {Ranker::bm25, Ranker::automatic}) {
    const double once = contribution(library, "pruning networks", ranker, "prune");
    REQUIRE(once > 0);
    CHECK(contribution(library, "pruning^2 networks", ranker, "prune") == Approx(2 * once));
    const double twice = contribution(library, "pruning networks pruning", ranker, "prune");
    CHECK(twice == Approx((ranker == Ranker::bm25 ? 2 : 1.5) * once));
    CHECK(contribution(library, "pruning^2 networks pruning^2", ranker, "prune") == Approx(2 * twice));
  }
}

TEST_CASE("explanations add up to the score") {
  const Library library = small_library();
  for (const char* query : {"grokking", "pruning networks", "\"sparse networks\" grokking", "prun* -protein", "networkz~1"}) {
    SearchRequest request;
    request.query = query;
    request.explain = true;
    for (const Hit& hit : library.search(request).hits) {
      double sum = 0;
      for (const TermExplanation& term : hit.explanation->terms) sum += term.contribution;
      for (const Adjustment& adjustment : hit.explanation->adjustments) sum += adjustment.contribution;
      INFO(query << ": " << hit.paper.title);
      CHECK(sum == Approx(hit.score));
    }
  }
}

TEST_CASE("a paper asked for by its identifier comes first, once, and is counted") {
  const Library library = small_library();
  SearchRequest request;
  request.query = "2401.00004";
  const SearchResult found = library.search(request);
  REQUIRE(found.hits.size() == 1);
  CHECK(found.hits[0].paper.title == "Protein folding");
  CHECK(found.total == 1);
  request.query = "pruning 2401.00004";
  CHECK(library.search(request).hits.at(0).paper.title == "Protein folding");
}

TEST_CASE("pages of hits put together are the hits") {
  const Library library = small_library();
  SearchRequest request;
  request.query = "networks pruning grokking";
  request.words = Words::any;
  const SearchResult whole = library.search(request);
  REQUIRE(whole.hits.size() == 3);
  for (std::uint64_t offset = 0; offset < 4; ++offset) {
    request.offset = offset;
    request.limit = 1;
    const SearchResult page = library.search(request);
    CHECK(page.total == whole.total);
    REQUIRE(page.hits.size() == (offset < 3 ? 1U : 0U));
    if (offset < 3) CHECK(page.hits[0].id == whole.hits[offset].id);
  }
}

TEST_CASE("when nothing has all words, any word may, and it is said") {
  const Library library = small_library();
  SearchRequest request;
  request.query = "grokking protein";
  const SearchResult found = library.search(request);
  CHECK(found.relaxed);
  CHECK(found.total == 3);
  request.query = "+grokking +protein";
  CHECK(library.search(request).total == 0);
  CHECK_FALSE(library.search(request).relaxed);
}

TEST_CASE("a word that papers part in different places is found alike whatever came first") {
  const std::vector<std::pair<std::string, std::string>> papers = {{"Two dif-ferent things", "Here dif ferent is apart."},
                                                                   {"Other differ-ent things", "Here differ ent is apart."},
                                                                   {"Different things", "As it is written."}};
  const std::vector<std::pair<std::string, std::string>> backwards(papers.rbegin(), papers.rend());
  SearchRequest request;
  request.query = "different";
  const SearchResult one = Library(papers).search(request), other = Library(backwards).search(request);
  CHECK(one.total == 3);
  REQUIRE(one.hits.size() == other.hits.size());
  for (const Hit& hit : one.hits) {
    const auto same = [&](const Hit& h) { return h.paper.title == hit.paper.title && h.score == hit.score; };
    CHECK(std::any_of(other.hits.begin(), other.hits.end(), same));
  }
}

TEST_CASE("the paper whose whole title was typed comes first, though others say the words more often") {
  std::vector<std::pair<std::string, std::string>> papers;
  for (int i = 0; i < 70; ++i) papers.emplace_back("Harmonic measures and analysis " + std::to_string(i), "Harmonic analysis, harmonic analysis and harmonic analysis.");
  std::string of_other_things;
  for (int i = 0; i < 300; ++i) of_other_things += "word" + std::to_string(i) + " ";
  papers.emplace_back("Harmonic Analysis", of_other_things);
  papers.emplace_back("Harmonic -analysis of nothing", of_other_things);
  const Library library(papers);

  SearchRequest request;
  request.explain = true;
  for (const char* query : {"harmonic analysis", "Harmonic  Analysis!", "\"Harmonic Analysis\""}) {
    INFO(query);
    request.query = query;
    std::vector<std::string> pages;
    for (request.offset = 0; request.offset < 80; request.offset += 10) {
      for (const Hit& hit : library.search(request).hits) pages.push_back(hit.id);
    }
    request.offset = 0, request.limit = 100;
    const SearchResult found = library.search(request);
    request.limit = 10;
    REQUIRE(found.hits.size() == found.total);
    CHECK(found.hits.front().paper.title == "Harmonic Analysis");
    CHECK(std::count_if(found.hits.begin(), found.hits.end(), [](const Hit& hit) { return hit.paper.title == "Harmonic Analysis"; }) == 1);
    CHECK(found.hits.front().explanation->adjustments.back().name == "whole-title");
    for (std::size_t i = 0; i < found.hits.size(); ++i) {
      CHECK(pages.at(i) == found.hits[i].id);
      double sum = 0;
      for (const TermExplanation& term : found.hits[i].explanation->terms) sum += term.contribution;
      for (const Adjustment& adjustment : found.hits[i].explanation->adjustments) sum += adjustment.contribution;
      CHECK(sum == Approx(found.hits[i].score));
    }
  }

  request.query = "harmonic -analysis";  // no paper is called so, word for word
  CHECK(library.search(request).total == 0);
  request.query = " Harmonic -analysis of  nothing ";
  const SearchResult called = library.search(request);
  REQUIRE(called.total > 0);
  CHECK(called.hits.front().paper.title == "Harmonic -analysis of nothing");
  CHECK(called.notes.front().code == "read_as_title");
  request.query = "harmonic analysis";
  request.ranker = Ranker::bm25;
  CHECK(library.search(request).hits.front().paper.title != "Harmonic Analysis");
}
