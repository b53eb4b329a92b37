// SPDX-License-Identifier: MIT
#include "query/rewriter.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/clauses.hpp"
#include "query/expansion.hpp"
#include "query/words.hpp"
#include "text/analyzer.hpp"

namespace digest::query {

namespace {

constexpr std::uint64_t kRareSpelling = 64;  // times as many papers have the rarer of the two words

using Kind = Node::Kind;
using Occur = Node::Occur;

class Rewriter {
 public:
  Rewriter(Query& query, const Vocabulary& vocabulary) : query_(query), vocabulary_(vocabulary) {}

  // The parser bounds the depth of trees, so recursion is safe.
  Node rewrite(Node node) {
    switch (node.kind) {
      case Kind::term:
        return compound(std::move(node));
      case Kind::prefix:
      case Kind::fuzzy:
        return pattern(std::move(node));
      case Kind::boolean:
        return boolean(std::move(node));
      case Kind::everything:
      case Kind::nothing:
      case Kind::phrase:
      case Kind::union_of:
      case Kind::author:
      case Kind::category:
      case Kind::source:
      case Kind::id:
      case Kind::tag:
      case Kind::dates:
        return node;
    }
    return node;
  }

 private:
  // A word that some paper writes in parts is both spellings.
  [[nodiscard]] Node compound(Node node) const {
    if (node.stop_word) return node;
    const std::vector<std::string> parts = vocabulary_.compound_parts(node.text);
    if (parts.size() < 2) return node;
    std::vector<PhraseWord> words;
    for (const std::string& part : parts) {
      words.push_back({text::stem_class(part), {}, static_cast<std::uint32_t>(words.size())});
    }
    node.words.clear();
    const std::string form = node.text;
    return make_compound(std::move(node), form, std::move(words));
  }

  Node boolean(Node node) {
    const std::vector<std::vector<std::string>> joined = joined_neighbours(node);
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      Node child = rewrite(std::move(node.children[i]));
      for (const std::string& form : joined[i]) child = also(std::move(child), form);
      node.children[i] = std::move(child);
    }
    return merge(std::move(node));
  }

  // For each child the joined words it is a part of: "finetuning" for "fine" beside "tuning".
  [[nodiscard]] std::vector<std::vector<std::string>> joined_neighbours(const Node& node) const {
    std::vector<std::vector<std::string>> joined(node.children.size());
    const auto plain = [&](std::size_t i) {
      const Node& child = node.children[i];
      return child.kind == Kind::term && !child.stop_word && node.occurs[i] != Occur::must_not;
    };
    for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
      if (!plain(i) || !plain(i + 1)) continue;
      const Node &left = node.children[i], &right = node.children[i + 1];
      const bool beside = left.field == right.field && left.text_end + 1 == right.text_begin &&
                          node.occurs[i] == node.occurs[i + 1];
      if (!beside || left.text.size() + right.text.size() < 3) continue;
      const std::string form = left.text + right.text;
      // A spelling in a handful of papers among thousands finds next to nothing, and costs every such query its speed.
      const std::uint64_t together = vocabulary_.document_frequency(text::stem_class(form));
      if (together == 0) continue;
      const std::uint64_t rarer = std::min(vocabulary_.document_frequency(left.words.front().term),
                                           vocabulary_.document_frequency(right.words.front().term));
      if (together * kRareSpelling < rarer) continue;
      joined[i].push_back(form);
      joined[i + 1].push_back(form);
    }
    return joined;
  }

  // The word, or one more.
  static Node also(Node node, const std::string& form) {
    Node other;
    other.kind = Kind::term;
    other.field = node.field;
    other.text = form;
    other.words.push_back({text::stem_class(form), {}, 0});
    other.text_begin = node.text_begin;
    other.text_end = node.text_end;
    if (node.kind != Kind::union_of) node = union_over(std::move(node));
    node.children.push_back(std::move(other));
    return node;
  }

  // A union of one; the weight goes to the union.
  static Node union_over(Node child) {
    Node node;
    node.kind = Kind::union_of;
    node.field = child.field;
    node.boost = child.boost;
    node.said = child.said;
    node.text = child.text;
    node.text_begin = child.text_begin;
    node.text_end = child.text_end;
    child.boost = 1.0;
    child.said = 1;
    node.children.push_back(std::move(child));
    return node;
  }

  Node pattern(Node node) {
    const bool prefix = node.kind == Kind::prefix;
    Expansion found =
        prefix ? expand_prefix(node.text, vocabulary_) : expand_fuzzy(node.text, node.distance, vocabulary_);
    const std::string shown = node.text + (prefix ? "*" : "~");
    if (found.cut) {
      query_.notes.push_back(
          {"cut_expansion",
           "\"" + shown + "\" stands for more than 1,000 words; the 1,000 most frequent were searched for.",
           {node.text_begin, node.text_end}});
    }
    std::vector<Node> children = matching_nodes(node, std::move(found.words));
    node.text = shown;
    node.distance = 0;
    node.kind = children.empty() ? Kind::nothing : Kind::union_of;
    node.children = std::move(children);
    return node;
  }

  // Terms where all forms fit, else the forms that do.
  std::vector<Node> matching_nodes(const Node& node, std::vector<ExpandedWord> words) {
    if (node.kind == Kind::fuzzy) add_kin(node.text, words);
    std::sort(words.begin(), words.end(), [](const ExpandedWord& a, const ExpandedWord& b) {
      return a.term != b.term ? a.term < b.term : a.form < b.form;
    });
    words.erase(std::unique(words.begin(), words.end(),
                            [](const auto& a, const auto& b) { return a.form == b.form; }),
                words.end());
    std::vector<Node> nodes;
    for (std::size_t first = 0; first < words.size();) {
      std::size_t last = first;
      while (last < words.size() && words[last].term == words[first].term) ++last;
      const bool all = last - first == vocabulary_.forms(words[first].term).size();
      for (std::size_t i = first; i < (all ? first + 1 : last); ++i) {
        Node match;
        match.kind = all ? Kind::term : Kind::phrase;
        match.field = node.field;
        match.text = words[i].form;
        match.words.push_back({words[i].term, all ? std::string() : words[i].form, 0});
        match.text_begin = node.text_begin;
        match.text_end = node.text_end;
        nodes.push_back(std::move(match));
      }
      first = last;
    }
    return nodes;
  }

  // "grokking~1" must not find less than "grokking" does.
  void add_kin(const std::string& form, std::vector<ExpandedWord>& words) const {
    const std::string term = text::stem_class(form);
    for (std::string& kin : vocabulary_.forms(term)) words.push_back({std::move(kin), term, 0});
  }

  // Words that became one ("fine-tuning finetuning") count once.
  static Node merge(Node node) {
    const auto counted = [&] {
      std::uint32_t count = 0;
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        count += node.occurs[i] == Occur::should && !node.children[i].stop_word ? 1 : 0;
      }
      return count;
    };
    const std::uint32_t before = counted();
    merge_duplicates(node);
    const std::uint32_t after = counted();
    if (after < before) {
      node.min_should = node.relaxable ? natural_need(after) : std::min(node.min_should, after);
      node.relaxable = node.relaxable && node.min_should > 1;
    }
    if (node.children.size() > 1 || node.occurs.front() == Occur::must_not) return node;
    Node only = std::move(node.children.front());
    return only;
  }

  Query& query_;
  const Vocabulary& vocabulary_;
};

}  // namespace

Query rewrite(Query query, const Vocabulary& vocabulary) {
  Node root = std::move(query.root);
  query.root = Rewriter(query, vocabulary).rewrite(std::move(root));
  return query;
}

}  // namespace digest::query
