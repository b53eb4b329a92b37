// SPDX-License-Identifier: MIT
// A union whose main word's list is left as it lies, against the same union written out.
#include "search/leaf_reader.hpp"

#include <algorithm>
#include <random>
#include <string>

#include "index/index_writer.hpp"
#include "index/snapshot.hpp"
#include "support/catch.hpp"
#include "text/analyzer.hpp"

using namespace digest;
using namespace digest::search;

namespace {

query::Node word(const std::string& form) {
  query::Node node;
  node.kind = query::Node::Kind::term;
  node.text = form;
  node.words.push_back({text::stem_class(form), {}, 0});
  return node;
}

query::Node phrase(const std::string& first, const std::string& second) {
  query::Node node;
  node.kind = query::Node::Kind::phrase;
  node.words = {{text::stem_class(first), {}, 0}, {text::stem_class(second), {}, 1}};
  return node;
}

query::Node union_of(std::vector<query::Node> children) {
  query::Node node;
  node.kind = query::Node::Kind::union_of;
  node.children = std::move(children);
  return node;
}

}  // namespace

TEST_CASE("a union around its main word is the union") {
  std::mt19937 engine(5);
  const auto below = [&](std::uint32_t bound) { return static_cast<std::uint32_t>(engine() % bound); };
  for (const std::uint32_t papers : {600U, 3000U}) {
    for (const std::uint32_t last_without : {0U, 40U}) {  // at the end, papers that have it only as two words
      const auto directory = storage::make_memory_directory();
      {
        index::IndexWriter writer(*directory, {});
        for (std::uint32_t i = 0; i < papers; ++i) {
          Paper paper;
          paper.title = "paper" + std::to_string(i);
          const bool plain = i + last_without < papers && below(2) == 0;
          if (plain) paper.abstract += " dataset and more dataset";
          if (below(12) == 0 || !plain) paper.abstract += below(2) == 0 ? " data set beside" : " datum";
          paper.ids["source"] = std::to_string(i);
          paper.sources = {{"f", i + 1, "page"}};
          writer.add(std::move(paper));
        }
        writer.commit();
      }
      {
        index::IndexWriter writer(*directory, {});
        const auto snapshot = index::Snapshot::open(*directory, storage::Access::small_reads);
        std::vector<std::string> ids;
        snapshot->for_each([&](const index::Snapshot::StoredPaper& stored) {
          if (below(10) == 0) ids.push_back(stored.id);
          return true;
        });
        for (const std::string& id : ids) REQUIRE(writer.remove(id));
        writer.commit();
      }
      const auto snapshot = index::Snapshot::open(*directory, storage::Access::mapped);
      const index::Segment& segment = *snapshot->segments().front();
      const query::Node node = union_of({phrase("data", "set"), word("dataset"), word("datum")});
      const PaperList all = LeafReader(segment, node).all();
      REQUIRE(all.papers.size() > papers / 3);
      const PostingSource source = make_source(segment, node);
      REQUIRE(source.living() == all.papers.size());

      std::size_t at = 0;
      for (PostingCursor cursor(source); cursor.paper() != kNoMorePapers; cursor.next()) {
        if (segment.is_dead(cursor.paper())) continue;
        REQUIRE(at < all.papers.size());
        REQUIRE(cursor.paper() == all.papers[at]);
        REQUIRE(cursor.frequency() == all.frequencies[at]);
        ++at;
      }
      REQUIRE(at == all.papers.size());

      for (int round = 0; round < 200; ++round) {
        PostingCursor cursor(source);
        for (std::uint32_t paper = below(papers / 4 + 1); paper < papers + 5; paper += 1 + below(papers / 3)) {
          cursor.seek(paper);
          while (cursor.paper() != kNoMorePapers && segment.is_dead(cursor.paper())) cursor.next();
          const auto wanted = std::lower_bound(all.papers.begin(), all.papers.end(), paper);
          REQUIRE(cursor.paper() == (wanted == all.papers.end() ? kNoMorePapers : *wanted));
          if (wanted == all.papers.end()) break;
          paper = cursor.paper();
        }
      }
    }
  }
}
