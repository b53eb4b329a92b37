// SPDX-License-Identifier: MIT
// Every fast way to the best papers gives what scoring everything gives: same papers, same scores to the last bit, same
// order, same total, whatever the segments.
#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "index/index_writer.hpp"
#include "index/snapshot.hpp"
#include "search/searcher.hpp"
#include "support/catch.hpp"
#include "text/analyzer.hpp"

using namespace digest;

namespace {

struct Document {
  std::string id, title, abstract;
  std::vector<std::string> words;  // terms, with a hole between title and abstract
};

std::vector<std::string> terms_of(const std::string& text) {
  std::vector<std::string> out;
  text::TokenStream stream;
  text::tokenize(text, stream);
  for (const text::Token& token : stream.tokens) out.push_back(text::stem_class(stream.form(token)));
  return out;
}

class Oracle {
 public:
  explicit Oracle(std::vector<Document> documents) : documents_(std::move(documents)) {
    for (Document& document : documents_) {
      document.words = terms_of(document.title);
      document.words.resize(document.words.size() + 16);
      for (std::string& term : terms_of(document.abstract)) document.words.push_back(std::move(term));
      total_ += length(document);
    }
  }

  struct Query {
    std::vector<std::vector<std::string>> units;  // a word, or the words of a phrase
    std::size_t least = 1;                        // how many must match
    std::vector<std::string> excluded;
  };
  struct Result {
    std::vector<std::pair<std::string, double>> best;
    std::size_t total = 0;
  };

  [[nodiscard]] Result search(const Query& query, std::size_t k) const {
    const auto n = static_cast<double>(documents_.size());
    std::vector<double> idf;
    for (const auto& unit : query.units) {
      double sum = 0;
      for (const std::string& word : unit) {
        const auto df = static_cast<double>(std::count_if(documents_.begin(), documents_.end(), [&](const Document& d) { return frequency(d, {word}) > 0; }));
        sum += std::log(1.0 + (n - df + 0.5) / (df + 0.5));
      }
      idf.push_back(sum);
    }
    struct Scored {
      double score;
      std::uint64_t hash;
      std::string id;
    };
    std::vector<Scored> all;
    for (const Document& document : documents_) {
      double score = 0;
      std::size_t matched = 0;
      for (std::size_t u = 0; u < query.units.size(); ++u) {
        const auto tf = static_cast<double>(frequency(document, query.units[u]));
        if (tf == 0) continue;
        ++matched;
        score += 1.0 * idf[u] * (tf / (tf + 0.9 * (1.0 - 0.4 + 0.4 * (static_cast<double>(length(document)) / (static_cast<double>(total_) / n)))));
      }
      const bool excluded = std::any_of(query.excluded.begin(), query.excluded.end(), [&](const std::string& w) { return frequency(document, {w}) > 0; });
      if (matched >= query.least && !excluded) all.push_back({score, hash64(document.id), document.id});
    }
    std::sort(all.begin(), all.end(), [](const Scored& a, const Scored& b) { return a.score != b.score ? a.score > b.score : a.hash < b.hash; });
    Result result;
    result.total = all.size();
    for (std::size_t i = 0; i < std::min(k, all.size()); ++i) result.best.emplace_back(all[i].id, all[i].score);
    return result;
  }

 private:
  static std::size_t length(const Document& document) { return document.words.size() - 16; }
  static std::size_t frequency(const Document& document, const std::vector<std::string>& unit) {
    std::size_t count = 0;
    for (std::size_t at = 0; at + unit.size() <= document.words.size(); ++at) {
      count += std::equal(unit.begin(), unit.end(), document.words.begin() + static_cast<std::ptrdiff_t>(at)) ? 1 : 0;
    }
    return count;
  }
  std::vector<Document> documents_;
  std::size_t total_ = 0;
};

class Generator {
 public:
  explicit Generator(unsigned seed) : engine_(seed) {}
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(engine_() % bound); }
  std::string word() {  // Zipf-like, no two of one stem
    const std::uint32_t rank = below(1 + below(1 + below(120)));
    return "q" + std::string(1, static_cast<char>('a' + rank % 26)) + std::string(1, static_cast<char>('a' + rank / 26)) + "x";
  }
  std::string text(std::uint32_t words) {
    std::string out;
    for (; words > 0; --words) out += word() + " ";
    return out;
  }

 private:
  std::mt19937 engine_;
};

// Where nothing needs to be counted, not every list is walked to its end: the hits are the same.
void same_without_counting(const search::Searcher& searcher, SearchRequest request) {
  const SearchResult all = searcher.search(request, 0);
  request.totals = false;
  const SearchResult few = searcher.search(request, 0);
  INFO(request.query << ", " << request.limit << " best, without counting");
  REQUIRE(few.hits.size() == all.hits.size());
  for (std::size_t i = 0; i < all.hits.size(); ++i) {
    REQUIRE(few.hits[i].id == all.hits[i].id);
    REQUIRE(few.hits[i].score == all.hits[i].score);
  }
}

}  // namespace

TEST_CASE("the ten best are the ten best that scoring everything gives") {
  Generator random(11);
  for (const std::uint32_t papers : {1U, 30U, 700U, 9000U}) {
    const auto directory = storage::make_memory_directory();
    std::vector<Document> documents;
    const std::uint32_t commits = papers > 100 ? 3 : 1;
    std::set<std::string> doomed;
    for (std::uint32_t c = 0; c < commits; ++c) {
      index::WriterOptions options;
      options.threads = 1 + c % 2;
      index::IndexWriter writer(*directory, options);
      for (std::uint32_t i = c; i < papers; i += commits) {
        Paper paper;
        paper.title = "paper" + std::to_string(i) + " " + random.text(random.below(8));
        paper.abstract = random.text(5 + random.below(60));
        paper.sources = {{"f", i + 1, "page"}};
        paper.ids["source"] = std::to_string(i);
        writer.add(std::move(paper));
      }
      writer.commit();
    }
    {
      const auto snapshot = index::Snapshot::open(*directory, storage::Access::small_reads);
      snapshot->for_each([&](const index::Snapshot::StoredPaper& stored) {
        if (papers > 100 && random.below(9) == 0) {
          doomed.insert(stored.id);
        } else {
          documents.push_back({stored.id, stored.paper.title, stored.paper.abstract, {}});
        }
        return true;
      });
      index::IndexWriter writer(*directory, {});
      for (const std::string& id : doomed) REQUIRE(writer.remove(id));
      writer.commit();
    }
    const Oracle oracle(documents);
    const int queries = papers > 5000 ? 25 : 120;
    for (int round = 0; round < 2; ++round) {  // as it is, then after optimize
      for (const auto access : {storage::Access::small_reads, storage::Access::mapped}) {
        const auto snapshot = index::Snapshot::open(*directory, access);
        REQUIRE(snapshot->summary().papers == documents.size());
        const search::Searcher searcher(*snapshot);
        for (int q = 0; q < queries; ++q) {
          SearchRequest request;
          request.ranker = Ranker::bm25;
          request.limit = 1 + random.below(20);
          Oracle::Query query;
          std::set<std::string> used;
          const std::uint32_t words = 1 + random.below(6), kind = random.below(4);
          request.words = kind == 0 ? Words::any : kind == 1 ? Words::all : Words::natural;
          for (std::uint32_t w = 0; w < words; ++w) {
            const std::string word = random.word();
            if (!used.insert(word).second) continue;
            if (kind == 3) {
              const std::string second = random.word();
              if (second == word || !used.insert(second).second) continue;
              request.query += " \"" + word + " " + second + "\"";
              query.units.push_back({text::stem_class(word), text::stem_class(second)});
            } else {
              request.query += " " + word;
              query.units.push_back({text::stem_class(word)});
            }
          }
          if (query.units.empty()) continue;
          const std::size_t n = query.units.size();
          query.least = kind == 0 ? 1 : kind == 1 ? n : n <= 2 ? n : n <= 5 ? n - 1 : (2 * n + 2) / 3;
          if (kind == 3) continue;  // below
          if (random.below(4) == 0) {
            const std::string word = random.word();
            if (used.insert(word).second) {
              request.query += " -" + word;
              query.excluded.push_back(text::stem_class(word));
            }
          }
          const SearchResult found = searcher.search(request, 0);
          Oracle::Result expected = oracle.search(query, request.limit);
          if (expected.total == 0 && request.words == Words::natural && n > 1) {
            query.least = 1;
            expected = oracle.search(query, request.limit);
          }
          INFO(papers << " papers, round " << round << ": " << request.query << " -> " << found.parsed);
          REQUIRE(found.total == std::min<std::size_t>(expected.total, 10000));
          REQUIRE(found.hits.size() == expected.best.size());
          for (std::size_t i = 0; i < found.hits.size(); ++i) {
            INFO("rank " << i);
            REQUIRE(found.hits[i].id == expected.best[i].first);
            REQUIRE(found.hits[i].score == expected.best[i].second);
          }
          same_without_counting(searcher, request);
          request.words = Words::any;  // other weights, other shapes: there is no oracle for them, but counting is one
          for (std::uint32_t w = random.below(3); w > 0; --w) request.query += " " + random.word() + "^" + std::to_string(random.below(4)) + ".3";
          if (random.below(2) == 0) request.k1 = 0.3 * (1 + random.below(9)), request.b = 0.1 * (1 + random.below(10));
          same_without_counting(searcher, request);
        }
      }
      index::IndexWriter writer(*directory, {});
      writer.optimize();
      writer.commit();
    }
  }
}

TEST_CASE("phrases match where their words stand side by side, and nowhere else") {
  Generator random(12);
  const auto directory = storage::make_memory_directory();
  std::vector<Document> documents;
  {
    index::IndexWriter writer(*directory, {});
    for (std::uint32_t i = 0; i < 800; ++i) {
      Paper paper;
      paper.title = "paper" + std::to_string(i) + " " + random.text(random.below(6));
      paper.abstract = random.text(30);
      paper.sources = {{"f", i + 1, "page"}};
      paper.ids["source"] = std::to_string(i);
      writer.add(std::move(paper));
    }
    writer.commit();
  }
  const auto snapshot = index::Snapshot::open(*directory, storage::Access::small_reads);
  snapshot->for_each([&](const index::Snapshot::StoredPaper& stored) {
    documents.push_back({stored.id, stored.paper.title, stored.paper.abstract, {}});
    return true;
  });
  const Oracle oracle(documents);
  const search::Searcher searcher(*snapshot);
  std::size_t matched = 0;
  for (int q = 0; q < 400; ++q) {
    const std::string first = random.word(), second = random.word();
    if (first == second) continue;
    SearchRequest request;
    request.ranker = Ranker::bm25;
    request.query = "\"" + first + " " + second + "\"";
    const SearchResult found = searcher.search(request, 0);
    const Oracle::Result expected = oracle.search({{{text::stem_class(first), text::stem_class(second)}}, 1, {}}, 10);
    INFO(request.query << " -> " << found.parsed);
    REQUIRE(found.total == expected.total);
    for (std::size_t i = 0; i < found.hits.size(); ++i) {
      REQUIRE(found.hits[i].id == expected.best[i].first);
      REQUIRE(found.hits[i].score == expected.best[i].second);
    }
    matched += found.total > 0 ? 1 : 0;
  }
  REQUIRE(matched > 100);
}
