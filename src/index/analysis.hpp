// SPDX-License-Identifier: MIT
// A paper as a row of numbers: which forms stand where. The part of indexing that runs on every core; each worker has
// a form table of its own.
#pragma once
#include <digest/paper.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "index/form_table.hpp"
#include "text/analyzer.hpp"
#include "text/char_block.hpp"

namespace digest::index {

// Terms that are not words: filters of authors, categories and sources, and compounds. Their first byte tells them from
// words.
inline constexpr char kAuthorPrefix = 1;    // on disk
inline constexpr char kCategoryPrefix = 2;  // on disk
inline constexpr char kSourcePrefix = 3;    // on disk
inline constexpr char kCompoundPrefix = 4;  // on disk; before each term of it
inline constexpr char kCompoundAlone = 1;   // on disk; behind them
inline bool is_word(std::string_view form) { return !form.empty() && form.front() >= ' '; }

// Forms of an author name, folded as query and index agree on.
std::vector<std::string> author_words(std::string_view name);
std::string fold_category(std::string_view category);

// How a form's term is named: words by their stem class, filter terms by themselves.
std::string term_of(std::string_view form);

inline constexpr std::uint32_t kUncountedToken = 1U << 31;  // joined compound or filter term: takes no position

struct AnalysedPaper {
  std::size_t first_token = 0;       // into the tokens of its chunk
  std::uint32_t title_tokens = 0;    // filter terms and title: abstract tokens follow
  std::uint16_t title_length = 0;    // words
  std::uint16_t length = 0;          // words, abstract included; at most kMaxPosition
};

class PaperAnalyser {
 public:
  // Appends form numbers to `tokens`; kUncountedToken marks those without a position of their own.
  AnalysedPaper analyse(const Paper& paper, std::vector<std::uint32_t>& tokens);
  [[nodiscard]] FormTable& forms() { return forms_; }

 private:
  class IndexedWords;
  std::uint32_t append_text(std::string_view text, std::uint32_t most_words, std::vector<std::uint32_t>& tokens);
  std::uint32_t append_long_text(std::string_view text, std::uint32_t most_words, std::vector<std::uint32_t>& tokens);
  std::uint32_t number_of(std::size_t token);
  void append_filters(const Paper& paper, std::vector<std::uint32_t>& tokens);
  void append_sources(const std::vector<Source>& sources, std::vector<std::uint32_t>& tokens);

  // A filter term and how the table finds it.
  struct Filter {
    std::string term;
    FormTable::Key key;
  };

  FormTable forms_;
  std::vector<std::string> last_files_;      // papers of one file come together:
  std::vector<Filter> filters_of_files_;     // its filter terms are made once
  text::TokenStream stream_;
  std::array<FormTable::Key, text::kBlockBytes / 2> keys_;  // of the words of a block
};

// Calls use(number, position) for each token of a paper, in order of position.
template <typename Use>
void for_each_position(const AnalysedPaper& paper, const std::uint32_t* tokens, std::size_t count, std::uint32_t gap, Use use) {
  std::uint32_t position = 0;
  const auto run = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      use(tokens[i] & ~kUncountedToken, position);
      position += (tokens[i] & kUncountedToken) == 0 ? 1U : 0U;
    }
  };
  run(0, paper.title_tokens);
  position += gap;
  run(paper.title_tokens, count);
}

// The distinct terms of a paper, for burying it.
std::vector<std::string> distinct_terms(const Paper& paper);

}  // namespace digest::index
