// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "text/analyzer.hpp"

namespace digest::text {
namespace {

using namespace std::string_view_literals;

// Articles, prepositions, auxiliaries, pronouns and the words that questions are made of, in byte order.
constexpr std::array kStopWords = {
    "a"sv,      "about"sv, "an"sv,   "and"sv,   "are"sv,  "as"sv,    "at"sv,   "be"sv,    "been"sv,
    "but"sv,    "by"sv,    "can"sv,  "could"sv, "did"sv,  "do"sv,    "does"sv, "for"sv,   "from"sv,
    "had"sv,    "has"sv,   "have"sv, "how"sv,   "i"sv,    "if"sv,    "in"sv,   "into"sv,  "is"sv,
    "it"sv,     "its"sv,   "may"sv,  "no"sv,    "not"sv,  "of"sv,    "on"sv,   "or"sv,    "our"sv,
    "should"sv, "such"sv,  "than"sv, "that"sv,  "the"sv,  "their"sv, "then"sv, "there"sv, "these"sv,
    "they"sv,   "this"sv,  "to"sv,   "was"sv,   "we"sv,   "were"sv,  "what"sv, "when"sv,  "where"sv,
    "which"sv,  "who"sv,   "why"sv,  "will"sv,  "with"sv, "would"sv, "you"sv,  "your"sv,
};
static_assert(std::is_sorted(kStopWords.begin(), kStopWords.end()));

}  // namespace

bool is_stop_word(std::string_view form) {
  return std::binary_search(kStopWords.begin(), kStopWords.end(), form);
}

}  // namespace digest::text
