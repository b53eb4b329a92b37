// SPDX-License-Identifier: MIT
// Words that papers write joined or in parts ("framework", "frame-work", "frame work") and that count as one. What the
// parts add to the joined word's own list is found once, when papers are inverted or segments merged, so that no search
// has to look for two frequent words side by side. Bytes: FORMAT.md, "Compounds". One thread each.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "index/analysis.hpp"
#include "index/postings.hpp"

namespace digest::index {

class Segment;

// A joined word's term and those of its parts, as one key of the dictionary; empty if it is too long for one.
[[nodiscard]] std::string compound_term(std::string_view joined, std::span<const std::string> parts);
// The key of the papers that have it only in parts: it stands right behind.
[[nodiscard]] inline std::string compound_alone(std::string_view term) { return std::string(term) + kCompoundAlone; }
[[nodiscard]] inline bool is_compound(std::string_view term) { return !term.empty() && term.front() == kCompoundPrefix; }
[[nodiscard]] inline bool is_compound_alone(std::string_view term) { return is_compound(term) && term.back() == kCompoundAlone; }

// The terms it names: the joined one, then its parts.
[[nodiscard]] std::vector<std::string> terms_of_compound(std::string_view term);

// Shorter lists are as soon compared in a search.
inline constexpr std::uint64_t kCompoundFrom = 64;  // occurrences of the joined word, and of each part

// Both lists of one compound: the papers whose places are not just those of the joined term.
class CompoundEncoder {
 public:
  CompoundEncoder(std::string& postings, std::string& positions, PaperFacts facts) : encoder_(postings, positions, facts) {}
  // Papers ascending. `joined`: where the joined term stands, none if it does not; `parts`: where the parts begin.
  void add(std::uint32_t paper, std::span<const std::uint32_t> joined, std::span<const std::uint32_t> parts);
  // The same, of another segment's lists.
  void add_united(std::uint32_t paper, std::span<const std::uint32_t> places, bool alone);
  struct Lists {
    TermInfo beside, alone;  // offsets from the front of the two strings; of no papers: an empty inline list
  };
  Lists end();

 private:
  struct Papers {
    std::vector<std::pair<std::uint32_t, std::size_t>> papers;  // each with where its places end
    std::vector<std::uint32_t> places;
  };
  TermInfo encode(const Papers& list);
  PostingEncoder encoder_;
  Papers beside_, alone_;
  std::vector<std::uint32_t> united_;
};

struct Compound {
  std::string term;                  // its key
  std::uint32_t joined = 0;          // terms by number
  std::vector<std::uint32_t> parts;  // two or more
};

// Finds the parts of compounds side by side in papers: a trie over numbers of terms, walked from every word that begins
// one.
class CompoundFinder {
 public:
  // `terms`: how many there are.
  CompoundFinder(const std::vector<Compound>& compounds, std::size_t terms);
  struct Match {
    std::uint32_t compound, paper, position;  // of the first part
  };
  // term_of(token): its number. Matches come by position of their last part; one may come twice.
  template <typename TermOf>
  void look_through(const AnalysedPaper& analysed, const std::uint32_t* tokens, std::size_t count, std::uint32_t paper, TermOf term_of, std::vector<Match>& out) {
    here_.clear(), next_.clear();
    position_ = 0;
    for_each_position(analysed, tokens, count, kTitleGap, [&](std::uint32_t token, std::uint32_t position) {
      const std::uint32_t term = term_of(token);
      if (first_[term] == 0 && here_.empty() && next_.empty()) [[likely]] return;
      step(term, position, paper, out);
    });
  }

 private:
  struct State {
    std::uint32_t node, anchor;
  };
  void step(std::uint32_t term, std::uint32_t position, std::uint32_t paper, std::vector<Match>& out);
  std::uint32_t child(std::uint32_t node, std::uint32_t term);

  std::vector<std::uint32_t> first_;                               // by term: the node it leads to from the root, or 0
  std::unordered_map<std::uint64_t, std::uint32_t> children_;      // node << 32 | term
  std::vector<std::vector<std::uint32_t>> ends_;                   // by node: compounds
  std::vector<State> here_, next_;
  std::uint32_t position_ = 0;
};

// Adds what a segment that was not looked through for a compound has of it; slot_of(paper) is its number there, or ~0.
void find_compound(const Segment& segment, std::string_view term, std::span<const std::uint32_t> slot_of, CompoundEncoder& out);

}  // namespace digest::index
