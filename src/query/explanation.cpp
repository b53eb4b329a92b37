// SPDX-License-Identifier: MIT
#include "query/explanation.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <limits>
#include <string_view>

#include "base/date.hpp"
#include "query/printer.hpp"

namespace digest::query {

namespace {

using Kind = Node::Kind;
using Occur = Node::Occur;

std::string quoted(std::string_view text) {
  return fmt::format("\"{}\"", text);
}

std::string in_words(const Node& phrase) {
  std::string out;
  for (const PhraseWord& word : phrase.words) {
    if (!out.empty()) out += ' ';
    out += word.form.empty() ? word.term : word.form;
  }
  return out;
}

std::string describe_phrase(const Node& node) {
  const bool exact = !node.words.empty() && !node.words.front().form.empty();
  if (!exact) return fmt::format("the words of {} side by side, in any form", quoted(node.text));
  if (node.words.size() == 1) return fmt::format("the word {} exactly as written", quoted(in_words(node)));
  const std::string within =
      node.slop > 0 ? fmt::format(", each word within {} positions of its place", node.slop) : "";
  return fmt::format("the phrase {} exactly as written{}", quoted(in_words(node)), within);
}

std::string describe_dates(const Node& node) {
  const bool first = node.first_day != std::numeric_limits<std::int32_t>::min();
  const bool last = node.last_day != std::numeric_limits<std::int32_t>::max();
  if (first && last)
    return fmt::format("papers from {} to {}", civil_from_days(node.first_day),
                       civil_from_days(node.last_day));
  if (first) return fmt::format("papers since {}", civil_from_days(node.first_day));
  return last ? fmt::format("papers until {}", civil_from_days(node.last_day)) : "papers of any date";
}

std::string describe_subject(const Node& node) {
  switch (node.kind) {
    case Kind::everything:
      return "all papers";
    case Kind::nothing:
      return "nothing";
    case Kind::term:
      return fmt::format("{} in any form", quoted(node.text));
    case Kind::phrase:
      return describe_phrase(node);
    case Kind::union_of:
      return fmt::format("{} however it is spelled", quoted(node.text));
    case Kind::prefix:
      return fmt::format("words that start with {}", quoted(node.text));
    case Kind::fuzzy:
      return fmt::format("{} or a word {} from it", quoted(node.text),
                         node.distance == 1 ? "one letter" : "up to two letters");
    case Kind::author:
      return fmt::format("papers by an author called {}", quoted(node.text));
    case Kind::category:
      return fmt::format("papers of the category {}", quoted(node.text));
    case Kind::source:
      return fmt::format("papers read from {}", quoted(node.text));
    case Kind::id:
      return fmt::format("the paper {}", quoted(node.text));
    case Kind::tag:
      return fmt::format("papers you tagged {}", quoted(node.text));
    case Kind::dates:
      return describe_dates(node);
    case Kind::boolean:
      break;
  }
  return {};
}

std::string describe(const Node& node) {
  std::string out = describe_subject(node);
  if (node.field == Field::title) out += ", in the title";
  if (node.field == Field::abstract) out += ", in the abstract";
  if (node.boost != 1.0) out += fmt::format(", weight {}", node.boost);
  return out;
}

class Explainer {
 public:
  void add(const Node& node, std::size_t level) {
    if (node.kind != Kind::boolean) return line(level, describe(node));
    section(node, level, "must match:", [&](std::size_t i) { return node.occurs[i] == Occur::must; });
    section(node, level, share(node),
            [&](std::size_t i) { return node.occurs[i] == Occur::should && !node.children[i].stop_word; });
    section(node, level, "welcome, but too common or too special to be needed:", [&](std::size_t i) {
      return node.occurs[i] == Occur::should && node.children[i].stop_word;
    });
    section(node, level, "must not match:", [&](std::size_t i) { return node.occurs[i] == Occur::must_not; });
  }

  void line(std::size_t level, std::string_view text) {
    lines.push_back(std::string(2 * level, ' ') + std::string(text));
  }

  std::vector<std::string> lines;

 private:
  template <class Predicate>
  void section(const Node& node, std::size_t level, std::string_view title, Predicate belongs) {
    bool first = true;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      if (!belongs(i)) continue;
      if (first) line(level, title);
      first = false;
      add(node.children[i], level + 1);
    }
  }

  static std::string share(const Node& node) {
    std::size_t counted = 0;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      counted += node.occurs[i] == Occur::should && !node.children[i].stop_word ? 1 : 0;
    }
    if (node.min_should == 0) return "may match:";
    const std::string relaxed = node.relaxable ? " (any one of them, if no paper has so many)" : "";
    if (node.min_should == counted)
      return (counted == 1 ? "must match:" : "all of these must match") + (counted == 1 ? "" : relaxed + ":");
    return fmt::format("at least {} of these {} must match{}:", node.min_should, counted, relaxed);
  }
};

}  // namespace

std::vector<std::string> explain_query(const Query& query) {
  Explainer explainer;
  explainer.line(0, "read as: " + to_string(query.root));
  for (const std::string& key : query.pinned) explainer.line(0, "first of all, the paper " + key);
  explainer.add(query.root, 0);
  for (const Note& note : query.notes) explainer.line(0, "note: " + note.text);
  return explainer.lines;
}

}  // namespace digest::query
