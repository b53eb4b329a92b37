// SPDX-License-Identifier: MIT
#include "query/edit_walker.hpp"

#include <algorithm>
#include <utility>

#include "base/utf8.hpp"
#include "query/edit_distance.hpp"

namespace digest::query {

EditWalker::EditWalker(std::string_view pattern, std::uint32_t most_edits)
    : pattern_(code_points(pattern)),
      alphabet_(pattern_),
      most_(static_cast<std::uint8_t>(std::min<std::uint32_t>(most_edits, 8))),
      width_(pattern_.size() + 1),
      rows_(1, std::vector<std::uint8_t>(width_)),
      trial_(width_) {
  std::sort(alphabet_.begin(), alphabet_.end());
  alphabet_.erase(std::unique(alphabet_.begin(), alphabet_.end()), alphabet_.end());
  for (std::size_t i = 0; i < width_; ++i)
    rows_[0][i] = static_cast<std::uint8_t>(std::min<std::size_t>(i, most_ + 1U));
}

std::vector<EditWalker::Match> EditWalker::walk(WordCursor& words) {
  std::vector<Match> matches;
  words.seek("");
  while (!words.at_end() && !finished_) {
    const std::string_view word = words.word();
    target_.clear();
    if (const auto distance = read(word)) {
      matches.push_back({std::string(word), *distance});
    } else if (!target_.empty() && std::string_view(target_) > word) {
      words.seek(target_);
      continue;
    }
    words.next();
  }
  return matches;
}

std::optional<std::uint32_t> EditWalker::read(std::string_view word) {
  std::size_t depth = 0, at = 0;
  bool shared = true;
  while (at < word.size()) {
    const Decoded next = decode_utf8(word, at);
    at += next.length;
    shared = shared && depth < letters_.size() && letters_[depth] == next.code_point;
    if (!shared) {
      letters_.resize(depth);
      if (!push(next.code_point)) {
        finished_ = !next_beginning(depth, next.code_point);
        return std::nullopt;
      }
    }
    ++depth;
  }
  letters_.resize(depth);
  const std::uint8_t distance = rows_[depth].back();
  return distance <= most_ ? std::optional<std::uint32_t>(distance) : std::nullopt;
}

bool EditWalker::push(char32_t letter) {
  const std::size_t depth = letters_.size();
  if (rows_.size() < depth + 2) rows_.resize(depth + 2, std::vector<std::uint8_t>(width_));
  if (!lives(depth, letter, rows_[depth + 1])) return false;
  letters_.push_back(letter);
  return true;
}

// Fills the row behind rows_[depth] and `letter`; is any of it within reach? A swap needs no look ahead:
// before its second letter it costs no more than the substitution it then replaces.
bool EditWalker::lives(std::size_t depth, char32_t letter, std::vector<std::uint8_t>& row) const {
  const std::vector<std::uint8_t>& last = rows_[depth];
  const auto capped = [&](unsigned edits) {
    return static_cast<std::uint8_t>(std::min<unsigned>(edits, most_ + 1U));
  };
  row[0] = capped(last[0] + 1U);
  std::uint8_t least = row[0];
  for (std::size_t i = 1; i < width_; ++i) {
    unsigned edits = last[i - 1] + (pattern_[i - 1] == letter ? 0U : 1U);
    edits = std::min({edits, last[i] + 1U, row[i - 1] + 1U});
    if (depth > 0 && i > 1 && pattern_[i - 2] == letter && pattern_[i - 1] == letters_[depth - 1]) {
      edits = std::min(edits, rows_[depth - 1][i - 2] + 1U);
    }
    row[i] = capped(edits);
    least = std::min(least, row[i]);
  }
  return least <= most_;
}

// The least beginning behind letters_[0, depth) and `refused` that can lead to a match, into target_.
bool EditWalker::next_beginning(std::size_t depth, char32_t refused) {
  for (;; refused = letters_[--depth]) {
    letters_.resize(depth);
    std::optional<char32_t> letter;
    constexpr char32_t kNoLetter = 0x110000;
    if (lives(depth, kNoLetter, trial_)) {
      if (refused < 0x10FFFF) letter = refused == 0xD7FF ? 0xE000 : refused + 1;
    } else {
      for (auto next = std::upper_bound(alphabet_.begin(), alphabet_.end(), refused);
           next != alphabet_.end() && !letter; ++next) {
        if (lives(depth, *next, trial_)) letter = *next;
      }
    }
    if (letter) {
      target_.clear();
      for (const char32_t known : letters_) append_utf8(target_, known);
      append_utf8(target_, *letter);
      return true;
    }
    if (depth == 0) return false;
  }
}

}  // namespace digest::query
