// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "search/snippets.hpp"

namespace digest::search {
namespace {

using query::Node;

struct Collector {
  const std::function<double(std::string_view)>& idf;
  std::vector<SnippetUnit> units;
  std::vector<SnippetUnit> common;  // stop words: only if there is nothing else
  std::uint32_t groups = 0;

  void add(const Node& node, std::uint32_t group) {
    SnippetUnit unit;
    unit.field = node.field;
    unit.slop = node.slop;
    unit.group = group;
    unit.weight = 0;
    for (const query::PhraseWord& word : node.words) {
      // A plain word is any of its forms, whatever form it was typed in.
      const bool exact = node.kind == Node::Kind::phrase && !word.form.empty();
      unit.words.push_back({exact ? SnippetWord::Kind::form : SnippetWord::Kind::term,
                            exact ? word.form : word.term, word.offset});
      unit.weight += idf(word.term);
    }
    (node.stop_word ? common : units).push_back(std::move(unit));
  }

  void add_prefix(const Node& node, std::uint32_t group) {
    SnippetUnit unit;
    unit.field = node.field;
    unit.group = group;
    unit.words.push_back({SnippetWord::Kind::prefix, node.text, 0});
    units.push_back(std::move(unit));
  }

  void visit(const Node& node, std::uint32_t group) {
    switch (node.kind) {
      case Node::Kind::term:
      case Node::Kind::phrase:
        add(node, group);
        break;
      case Node::Kind::prefix:
        add_prefix(node, group);
        break;
      case Node::Kind::union_of:
        for (const Node& child : node.children) visit(child, group);
        break;
      case Node::Kind::boolean:
        for (std::size_t i = 0; i < node.children.size(); ++i) {
          const bool excluded = i < node.occurs.size() && node.occurs[i] == Node::Occur::must_not;
          if (!excluded) visit(node.children[i], groups++);
        }
        break;
      default:
        break;  // filters are not words of a text
    }
  }
};

}  // namespace

std::vector<SnippetUnit> snippet_units(const Node& root, const std::function<double(std::string_view)>& idf) {
  Collector collector{idf, {}, {}, 1};
  collector.visit(root, 0);
  return collector.units.empty() ? std::move(collector.common) : std::move(collector.units);
}

}  // namespace digest::search
