// SPDX-License-Identifier: MIT
// What holds for every query whatever its text, for the property tests and the fuzzer.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "fake_vocabulary.hpp"
#include "query/explanation.hpp"
#include "query/rewriter.hpp"
#include "query/structure.hpp"
#include "query/suggestions.hpp"
#include "trees.hpp"

namespace digest::query::test {

inline std::size_t depth_of(const Node& node) {
  std::size_t depth = 0;
  for (const Node& child : node.children) depth = std::max(depth, depth_of(child));
  return depth + 1;
}

inline bool is_well_formed(const Node& node);

inline bool is_well_formed_boolean(const Node& node) {
  if (node.children.size() < 2 || node.children.size() != node.occurs.size()) return false;
  std::uint32_t counted = 0;
  bool positive = false;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (node.children[i].kind == Node::Kind::nothing) return false;
    positive = positive || node.occurs[i] != Node::Occur::must_not;
    counted += node.occurs[i] == Node::Occur::should && !node.children[i].stop_word ? 1 : 0;
  }
  return positive && node.min_should <= counted;
}

inline bool is_well_formed(const Node& node) {
  if (node.text_begin > node.text_end || !(node.boost >= 0)) return false;
  if (node.kind == Node::Kind::term && node.words.size() != 1) return false;
  if (node.kind == Node::Kind::phrase && node.words.empty()) return false;
  if (node.kind == Node::Kind::union_of && node.children.empty()) return false;
  if (node.kind == Node::Kind::boolean && !is_well_formed_boolean(node)) return false;
  return std::all_of(node.children.begin(), node.children.end(), is_well_formed);
}

inline std::string broken_promise(std::string_view text, const ParseOptions& options,
                                  const Vocabulary& vocabulary) {
  const Query query = parse(text, options);
  if (!is_well_formed(query.root)) return "the tree is not well formed";
  if (depth_of(query.root) > kMaxDepth + 3) return "the tree is too deep";
  for (const Note& note : query.notes) {
    if (note.at.first > note.at.second || note.at.second > text.size()) return "a note stands nowhere";
  }
  if (explain_query(query).empty()) return "there is no explanation";
  const Query ready = rewrite(query, vocabulary);
  if (!same_tree(rewrite(ready, vocabulary).root, ready.root)) return "rewriting twice is not rewriting once";
  const Suggestions suggestions = suggest(ready, text, vocabulary);
  for (const Note& note : suggestions.notes) {
    if (note.at.first >= note.at.second || note.at.second > text.size()) return "a suggestion stands nowhere";
  }
  if (options.literal) return {};
  const std::string shown = to_string(query.root);
  if (shown.size() > kMaxQueryBytes) return {};
  const Query again = parse(shown, options);
  const bool alike = same_tree(again.root, query.root) && to_string(again.root) == shown;
  return alike ? std::string() : "printed as " + shown + ", read again as " + to_string(again.root);
}

// In every mode; empty if all is well.
inline std::string broken_promise(std::string_view text, const Vocabulary& vocabulary) {
  for (const MatchMode mode : {MatchMode::natural, MatchMode::all_words, MatchMode::any_word}) {
    ParseOptions options = in_mode(mode);
    options.today = 20000;
    if (std::string broken = broken_promise(text, options, vocabulary); !broken.empty()) return broken;
  }
  ParseOptions fuzzy, literal;
  fuzzy.fuzzy = true;
  literal.literal = true;
  if (std::string broken = broken_promise(text, fuzzy, vocabulary); !broken.empty()) return broken;
  return broken_promise(text, literal, vocabulary);
}

}  // namespace digest::query::test
