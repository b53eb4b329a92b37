// SPDX-License-Identifier: MIT
// A walk over sorted words that meets all within a few edits of a pattern: the rows of the edit-distance
// table are kept for the letters that a word shares with the one before, and where a beginning cannot lead to
// a match any more, the walk seeks the next beginning that can. What a Levenshtein automaton accepts, without
// building it (Schulz and Mihov 2002 describe the automaton). One use, one thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/vocabulary.hpp"

namespace digest::query {

class EditWalker {
 public:
  EditWalker(std::string_view pattern, std::uint32_t most_edits);

  struct Match {
    std::string word;
    std::uint32_t distance = 0;
  };
  // All matches, in the order of the cursor.
  std::vector<Match> walk(WordCursor& words);

 private:
  // The edits of the word, or empty: then target_ is where to go on, if there is anywhere.
  std::optional<std::uint32_t> read(std::string_view word);
  bool push(char32_t letter);  // false if no word can match that begins so
  bool lives(std::size_t depth, char32_t letter, std::vector<std::uint8_t>& row) const;
  bool next_beginning(std::size_t depth, char32_t refused);

  std::u32string pattern_;
  std::u32string alphabet_;  // the letters of the pattern, sorted, each once
  std::uint8_t most_;
  std::size_t width_;                            // of a row
  std::u32string letters_;                       // of the beginning whose rows are known
  std::vector<std::vector<std::uint8_t>> rows_;  // one more than letters_
  mutable std::vector<std::uint8_t> trial_;
  std::string target_;
  bool finished_ = false;
};

}  // namespace digest::query
