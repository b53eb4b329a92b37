// SPDX-License-Identifier: MIT
// Twenty thousand real papers, their own titles as queries: a short cut finds what scoring everything finds, over one
// segment as over several, and a title as people paste it finds its paper.
#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "index/index_writer.hpp"
#include "index/snapshot.hpp"
#include "ingest/pipeline.hpp"
#include "search/searcher.hpp"
#include "support/catch.hpp"
#include "support/data.hpp"

using namespace digest;

namespace {

class Collector : public ingest::PaperSink {
 public:
  void paper(Paper&& paper) override { papers.push_back(std::move(paper)); }
  void problem(Diagnostic&&) override {}
  void stated_count(std::uint64_t) override {}
  std::vector<Paper> papers;
};

std::vector<Paper> read_papers(const std::string& path) {
  Collector collector;
  ingest::Pipeline pipeline({path, "", {}}, collector);
  std::ifstream file(path, std::ios::binary);
  std::vector<char> piece(1U << 20);
  while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())), file.gcount() > 0) {
    pipeline.feed(std::as_bytes(std::span(piece.data(), static_cast<std::size_t>(file.gcount()))));
  }
  pipeline.finish();
  return std::move(collector.papers);
}

// One segment a commit.
std::unique_ptr<storage::Directory> indexed(const std::vector<Paper>& papers, std::size_t commits) {
  auto directory = storage::make_memory_directory();
  for (std::size_t c = 0; c < commits; ++c) {
    index::IndexWriter writer(*directory, {});
    for (std::size_t i = c; i < papers.size(); i += commits) writer.add(Paper(papers[i]));
    writer.commit();
  }
  return directory;
}

struct Engine {
  std::unique_ptr<storage::Directory> directory;
  std::unique_ptr<index::Snapshot> snapshot = index::Snapshot::open(*directory, storage::Access::mapped);
  search::Searcher searcher{*snapshot};
};

// Ids and scores to the last bit.
std::vector<std::pair<std::string, double>> best(const Engine& engine, SearchRequest request) {
  std::vector<std::pair<std::string, double>> out;
  for (const Hit& hit : engine.searcher.search(request, 0).hits) out.emplace_back(hit.id, hit.score);
  return out;
}

SearchRequest ask(std::string query, Ranker ranker) {
  SearchRequest request;
  request.query = std::move(query);
  request.ranker = ranker;
  request.snippet_words = 0;
  return request;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
  return text;
}

std::string in_capitals(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

std::string without_word(const std::string& text, std::size_t number) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  words.erase(words.begin() + static_cast<std::ptrdiff_t>(number % words.size()));
  std::string out;
  for (const std::string& word : words) out += out.empty() ? word : " " + word;
  return out;
}

}  // namespace

TEST_CASE("a title as a query: what short cuts find is what scoring everything finds, over any segments", "[data]") {
  DIGEST_NEEDS(path, "papers-20k.jsonl.zst");
  const std::vector<Paper> papers = read_papers(path);
  REQUIRE(papers.size() == 20000);
  const Engine one{indexed(papers, 1)}, many{indexed(papers, 5)};
  for (std::size_t i = 0; i < papers.size(); ++i) {
    INFO(papers[i].title);
    const SearchRequest fast = ask(papers[i].title, Ranker::bm25);
    const auto found = best(one, fast);
    REQUIRE(best(many, fast) == found);
    if (i % 8 != 0) continue;  // a twentieth of a second each
    SearchRequest all = fast;
    all.facets = {"year"};  // facets are counted over all matches: nothing may be left out
    REQUIRE(best(one, all) == found);
    const SearchRequest automatic = ask(papers[i].title, Ranker::automatic);
    REQUIRE(best(many, automatic) == best(one, automatic));
  }
}

TEST_CASE("a title as people paste it finds its paper", "[data]") {
  DIGEST_NEEDS(path, "papers-20k.jsonl.zst");
  const std::vector<Paper> papers = read_papers(path);
  const Engine engine{indexed(papers, 1)};
  std::map<std::string, std::size_t> titles;
  for (const Paper& paper : papers) ++titles[paper.title];
  std::map<std::string, std::size_t> missed;
  std::size_t asked = 0;
  for (std::size_t i = 0; i < papers.size(); i += 7) {
    const std::string& title = papers[i].title;
    if (titles[title] > 1 || std::count(title.begin(), title.end(), ' ') < 3) continue;
    ++asked;
    const std::map<std::string, std::string> pasted = {
        {"as it is", title},
        {"in quotes of a typesetter", "\xE2\x80\x9C" + title + "\xE2\x80\x9D"},
        {"with a full stop", title + "."},
        {"with its year", title + " (2021)"},
        {"in capitals", in_capitals(title)},
        {"wrapped", replaced(title, " ", "\n   ")},
        {"hyphens lost", replaced(title, "-", " ")},
        {"hyphens of a typesetter", replaced(title, "-", "\xE2\x80\x91")},
        {"a word forgotten", without_word(title, i)},
        {"after its number in a list", "[12] " + title},
    };
    for (const auto& [how, query] : pasted) {
      const auto hits = engine.searcher.search(ask(query, Ranker::automatic), 0).hits;
      const auto found = std::find_if(hits.begin(), hits.end(), [&](const Hit& hit) { return hit.paper.title == title; });
      missed[how] += found == hits.end() || found - hits.begin() >= 3 ? 1 : 0;
    }
  }
  REQUIRE(asked > 2000);
  for (const auto& [how, count] : missed) {
    INFO(how << ": " << count << " of " << asked << " not among the first three");
    CHECK(count * 200 <= asked * (how == "a word forgotten" ? 4 : 1));
  }
}
