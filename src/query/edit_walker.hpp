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
  // Matches share the first `fixed` letters with the pattern: the walk is then much shorter.
  EditWalker(std::string_view pattern, std::uint32_t most_edits, std::size_t fixed = 0);

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
  // The least beginning behind the letters known and `refused` that can lead to a match, into target_.
  bool next_beginning(char32_t refused);
  [[nodiscard]] std::optional<char32_t> next_letter(char32_t refused) const;

  std::u32string pattern_;
  std::uint8_t most_;
  std::size_t fixed_;
  std::size_t width_;                            // of a row
  std::u32string letters_;                       // of the beginning whose rows are known
  std::vector<std::vector<std::uint8_t>> rows_;  // one more than letters_
  std::vector<std::uint8_t> least_;              // of each row
  std::string target_;
  bool finished_ = false;
};

}  // namespace digest::query
