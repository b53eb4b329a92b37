// SPDX-License-Identifier: MIT
#include "query/edit_walker.hpp"

#include <algorithm>
#include <utility>

#include "query/characters.hpp"
#include "query/edit_distance.hpp"

namespace digest::query {

EditWalker::EditWalker(std::string_view pattern, std::uint32_t most_edits, std::size_t fixed)
    : pattern_(code_points(pattern)),
      most_(static_cast<std::uint8_t>(std::min<std::uint32_t>(most_edits, 8))),
      fixed_(std::min(fixed, pattern_.size())),
      width_(pattern_.size() + 1),
      rows_(1, std::vector<std::uint8_t>(width_)),
      least_(1, 0) {
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
    const Decoded next = character(word, at);
    at += next.length;
    shared = shared && depth < letters_.size() && letters_[depth] == next.code_point;
    if (!shared) {
      letters_.resize(depth);
      if (!push(next.code_point)) {
        finished_ = !next_beginning(next.code_point);
        return std::nullopt;
      }
    }
    ++depth;
  }
  letters_.resize(depth);
  const std::uint8_t distance = rows_[depth].back();
  return distance <= most_ ? std::optional<std::uint32_t>(distance) : std::nullopt;
}

// Adds the row behind the last one and `letter`; is any of it within reach? A swap needs no look ahead:
// before its second letter it costs no more than the substitution it then replaces.
bool EditWalker::push(char32_t letter) {
  const std::size_t depth = letters_.size();
  if (depth < fixed_ && letter != pattern_[depth]) return false;
  if (rows_.size() < depth + 2) {
    rows_.resize(depth + 2, std::vector<std::uint8_t>(width_));
    least_.resize(depth + 2);
  }
  const std::vector<std::uint8_t>& last = rows_[depth];
  std::vector<std::uint8_t>& row = rows_[depth + 1];
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
  if (least > most_) return false;
  least_[depth + 1] = least;
  letters_.push_back(letter);
  return true;
}

// The least letter behind `refused` that can follow the letters known: any, if an edit is left to spend on
// it; else one that the pattern has where the row is within reach.
std::optional<char32_t> EditWalker::next_letter(char32_t refused) const {
  const std::size_t depth = letters_.size();
  if (depth < fixed_)
    return pattern_[depth] > refused ? std::optional<char32_t>(pattern_[depth]) : std::nullopt;
  if (least_[depth] < most_) {
    if (refused >= 0x10FFFF) return std::nullopt;
    return refused == 0xD7FF ? 0xE000 : refused + 1;
  }
  std::optional<char32_t> letter;
  for (std::size_t i = 0; i + 1 < width_; ++i) {
    if (rows_[depth][i] <= most_ && pattern_[i] > refused && (!letter || pattern_[i] < *letter))
      letter = pattern_[i];
  }
  return letter;
}

bool EditWalker::next_beginning(char32_t refused) {
  for (;; letters_.pop_back()) {
    if (const auto letter = next_letter(refused)) {
      target_.clear();
      for (const char32_t known : letters_) append_utf8(target_, known);
      append_utf8(target_, *letter);
      return true;
    }
    if (letters_.empty()) return false;
    refused = letters_.back();
  }
}

}  // namespace digest::query
