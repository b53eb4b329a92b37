// SPDX-License-Identifier: MIT
// Where a leaf of a query (a word, a phrase, a union) stands in papers of one segment, and from that what it matches. One
// thread.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "index/segment.hpp"
#include "query/query.hpp"
#include "search/posting_source.hpp"

namespace digest::search {

// For phrases, fields, explanations and the second stage.
class LeafReader {
 public:
  // `node`: term, phrase or union_of.
  LeafReader(const index::Segment& segment, const query::Node& node);
  ~LeafReader();
  LeafReader(LeafReader&&) noexcept;
  LeafReader& operator=(LeafReader&&) noexcept;

  // Positions of its occurrences in a paper, ascending, each once; empty if it has none. Papers may come in any order,
  // ascending is fast.
  const std::vector<std::uint32_t>& positions(std::uint32_t paper);
  // Parallel to the last positions(): is it the form as written? For a term only; others are as written by nature.
  [[nodiscard]] const std::vector<std::uint8_t>& as_written() const { return as_written_; }

  // All papers that have it, dead ones left out.
  PaperList all();
  // The same with the list of a union's most frequent word left as it lies, if that is most of it. Spends the reader.
  std::optional<PostingSource> around_main_word();

 private:
  struct ChildPosting {
    std::uint32_t paper, child, frequency;
  };
  struct Word;
  void read_here(std::uint32_t paper);
  void read_term();
  void read_phrase();
  void read_union(std::uint32_t paper);
  void finish_union();
  bool read_compound(const query::Node& node);
  PostingSource compound_source();
  void keep_field(std::uint32_t paper);
  // `main`: a child that is left out, kNoChild for none.
  std::vector<ChildPosting> postings_of_children(std::uint32_t main);
  PaperList unite(const std::vector<ChildPosting>& postings, std::uint32_t main, std::uint32_t& only);
  [[nodiscard]] bool is_plain_word() const;

  const index::Segment* segment_;
  query::Node::Kind kind_;
  query::Field field_;
  std::uint32_t slop_ = 0;
  std::vector<Word> words_;          // of a compound: the joined word, papers with more places, papers with parts alone
  bool compound_ = false;
  std::vector<std::uint32_t> rarest_first_;
  std::vector<LeafReader> children_;
  std::vector<std::uint32_t> positions_;
  std::vector<std::uint8_t> as_written_;
};

// What `node` (term, phrase, union_of) matches in a segment.
PostingSource make_source(const index::Segment& segment, const query::Node& node);

}  // namespace digest::search
