// SPDX-License-Identifier: MIT
#include "query/clauses.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "query/lexer.hpp"

namespace digest::query {

namespace {

using Kind = Node::Kind;
using Occur = Node::Occur;
using Role = Clause::Role;

// Says what a paper is about, and not only which papers come in.
bool is_scored(const Node& node) {
  if (node.kind != Kind::boolean) return !node.filter && node.kind != Kind::everything;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (node.occurs[i] != Occur::must_not && is_scored(node.children[i])) return true;
  }
  return false;
}

bool is_empty(const Node& node) {
  return node.kind == Kind::nothing;
}

bool is_alternatives(const Node& node) {
  return node.kind == Kind::boolean && node.min_should == 1 && !node.relaxable &&
         std::all_of(node.occurs.begin(), node.occurs.end(), [](Occur o) { return o == Occur::should; });
}

bool only_requires(const Node& node) {
  return node.kind == Kind::boolean &&
         std::all_of(node.occurs.begin(), node.occurs.end(), [](Occur o) { return o != Occur::should; });
}

void add(Node& boolean, Node child, Occur occur) {
  boolean.children.push_back(std::move(child));
  boolean.occurs.push_back(occur);
}

Node new_boolean() {
  Node node;
  node.kind = Kind::boolean;
  return node;
}

// A must that only requires and excludes says nothing that its parent could not say.
void add_flat(Node& boolean, Node child, Occur occur) {
  if (occur == Occur::must && only_requires(child)) {
    for (std::size_t i = 0; i < child.children.size(); ++i) {
      if (child.children[i].kind != Kind::everything)
        add(boolean, std::move(child.children[i]), child.occurs[i]);
    }
    return;
  }
  add(boolean, std::move(child), occur);
}

void forget_score(Node& node) {
  node.boost = 1.0;
  for (Node& child : node.children) forget_score(child);
}

bool is_common(const Clause& clause) {
  return clause.role == Role::plain && clause.node.stop_word;
}

// Drops what says nothing; decides whether common words are only company here or all there is.
void settle_common_words(std::vector<Clause>& clauses) {
  std::erase_if(clauses, [](const Clause& clause) { return is_empty(clause.node); });
  const bool informative = std::any_of(clauses.begin(), clauses.end(), [](const Clause& clause) {
    return clause.role != Role::excluded && !is_common(clause) && is_scored(clause.node);
  });
  for (Clause& clause : clauses) {
    if (!informative || clause.role != Role::plain) clause.node.stop_word = false;
  }
}

std::uint32_t count_needed(const Node& boolean) {
  std::uint32_t counted = 0;
  for (std::size_t i = 0; i < boolean.children.size(); ++i) {
    counted += boolean.occurs[i] == Occur::should && !boolean.children[i].stop_word ? 1 : 0;
  }
  return counted;
}

Occur occur_of(const Clause& clause, Need need) {
  if (clause.role == Role::excluded) return Occur::must_not;
  if (clause.role == Role::required) return Occur::must;
  return need == Need::all && !clause.node.stop_word ? Occur::must : Occur::should;
}

// (a OR b) beside common words only is the same as a, b and the common words side by side.
void absorb_alternatives(Node& boolean) {
  std::size_t found = boolean.children.size();
  for (std::size_t i = 0; i < boolean.children.size(); ++i) {
    const bool common = boolean.occurs[i] == Occur::should && boolean.children[i].stop_word;
    if (common) continue;
    if (found != boolean.children.size() || boolean.occurs[i] != Occur::must ||
        !is_alternatives(boolean.children[i]))
      return;
    found = i;
  }
  if (found == boolean.children.size()) return;
  Node alternatives = std::move(boolean.children[found]);
  const auto at = static_cast<std::ptrdiff_t>(found);
  boolean.children.erase(boolean.children.begin() + at);
  boolean.occurs.erase(boolean.occurs.begin() + at);
  boolean.occurs.insert(boolean.occurs.begin() + at, alternatives.children.size(), Occur::should);
  boolean.children.insert(boolean.children.begin() + at,
                          std::make_move_iterator(alternatives.children.begin()),
                          std::make_move_iterator(alternatives.children.end()));
  boolean.min_should = 1;
}

bool has(const Node& boolean, Occur occur) {
  return std::find(boolean.occurs.begin(), boolean.occurs.end(), occur) != boolean.occurs.end();
}

bool has_scored_must(const Node& boolean) {
  for (std::size_t i = 0; i < boolean.children.size(); ++i) {
    if (boolean.occurs[i] == Occur::must && is_scored(boolean.children[i])) return true;
  }
  return false;
}

// One of several words: they first, then the common ones, so that what is read alike prints alike.
void put_company_last(Node& boolean) {
  const bool one_of = boolean.min_should == 1 && !boolean.relaxable && !has(boolean, Occur::must) &&
                      !has(boolean, Occur::must_not) && count_needed(boolean) > 1;
  if (!one_of) return;
  std::stable_partition(boolean.children.begin(), boolean.children.end(),
                        [](const Node& child) { return !child.stop_word; });
}

Node finish(Node boolean, Need need) {
  merge_duplicates(boolean);
  const std::uint32_t counted = count_needed(boolean);
  if (need == Need::natural) {
    boolean.min_should = natural_need(counted);
    boolean.relaxable = boolean.min_should > 1;
  } else if (need == Need::any) {
    // What is required is among "any": the others are then welcome, not needed.
    boolean.min_should = counted > 0 && !has_scored_must(boolean) ? 1 : 0;
  }
  absorb_alternatives(boolean);
  put_company_last(boolean);
  if (boolean.children.empty()) return {};
  if (!has(boolean, Occur::must) && !has(boolean, Occur::should)) {
    Node all;
    all.kind = Kind::everything;
    boolean.children.insert(boolean.children.begin(), std::move(all));
    boolean.occurs.insert(boolean.occurs.begin(), Occur::must);
  }
  if (boolean.children.size() == 1) {
    Node only = std::move(boolean.children.front());
    return only;
  }
  boolean.text_begin = boolean.children.front().text_begin;
  for (const Node& child : boolean.children) {
    boolean.text_begin = std::min(boolean.text_begin, child.text_begin);
    boolean.text_end = std::max(boolean.text_end, child.text_end);
  }
  return boolean;
}

Node build(std::vector<Clause> clauses, Need need) {
  Node boolean = new_boolean();
  for (Clause& clause : clauses) {
    const Occur occur = occur_of(clause, need);
    if (occur == Occur::must_not) forget_score(clause.node);
    add_flat(boolean, std::move(clause.node), occur);
  }
  return finish(std::move(boolean), need);
}

void drop_common_words(std::vector<Clause>& clauses) {
  settle_common_words(clauses);
  std::erase_if(clauses, is_common);
}

}  // namespace

std::uint32_t natural_need(std::uint32_t words) {
  if (words <= 2) return words;
  return words <= 5 ? words - 1 : (2 * words + 2) / 3;
}

Node build_outermost(std::vector<Clause> clauses, Need need) {
  settle_common_words(clauses);
  return build(std::move(clauses), need);
}

Node build_sequence(std::vector<Clause> clauses, Need need) {
  return build(as_required(std::move(clauses), need), need);
}

std::vector<Clause> as_required(std::vector<Clause> clauses, Need need) {
  drop_common_words(clauses);
  std::vector<Clause> out;
  std::vector<Node> plain;
  for (Clause& clause : clauses) {
    if (clause.role == Role::plain && need == Need::any) {
      plain.push_back(std::move(clause.node));
    } else {
      if (clause.role == Role::plain) clause.role = Role::required;
      out.push_back(std::move(clause));
    }
  }
  if (!plain.empty()) out.push_back({build_alternatives(std::move(plain)), Role::required});
  return out;
}

Node build_alternatives(std::vector<Node> alternatives) {
  Node boolean = new_boolean();
  for (Node& node : alternatives) {
    if (is_empty(node)) continue;
    if (is_alternatives(node)) {
      for (Node& child : node.children) add(boolean, std::move(child), Occur::should);
    } else {
      add(boolean, std::move(node), Occur::should);
    }
  }
  for (Node& child : boolean.children) child.stop_word = false;
  boolean = finish(std::move(boolean), Need::any);
  return boolean;
}

void multiply_boost(Node& node, double factor) {
  if (node.kind == Kind::boolean) {
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      if (node.occurs[i] != Occur::must_not) multiply_boost(node.children[i], factor);
    }
  } else if (is_scored(node) && node.kind != Kind::everything) {
    node.boost = round_boost(node.boost * factor);
  }
}

bool same_clause(const Node& a, const Node& b) {
  const auto same_word = [](const PhraseWord& x, const PhraseWord& y) {
    return x.term == y.term && x.form == y.form && x.offset == y.offset;
  };
  if (a.kind != b.kind || a.field != b.field || a.slop != b.slop || a.distance != b.distance ||
      a.first_day != b.first_day || a.last_day != b.last_day || a.min_should != b.min_should ||
      a.occurs != b.occurs || a.words.size() != b.words.size() || a.children.size() != b.children.size()) {
    return false;
  }
  const bool said_by_words = a.kind == Kind::term || a.kind == Kind::phrase || a.kind == Kind::union_of;
  if (!said_by_words && a.text != b.text) return false;
  for (std::size_t i = 0; i < a.children.size(); ++i) {
    const bool scored = a.kind == Kind::boolean;
    if (!same_clause(a.children[i], b.children[i]) || (scored && a.children[i].boost != b.children[i].boost))
      return false;
  }
  return std::equal(a.words.begin(), a.words.end(), b.words.begin(), same_word);
}

void merge_duplicates(Node& boolean) {
  std::vector<Node> children;
  std::vector<Occur> occurs;
  for (std::size_t i = 0; i < boolean.children.size(); ++i) {
    Node& child = boolean.children[i];
    const Occur occur = boolean.occurs[i];
    const auto mergeable = [&](std::size_t j) {
      return (occurs[j] == Occur::must_not) == (occur == Occur::must_not) && same_clause(children[j], child);
    };
    std::size_t known = 0;
    while (known < children.size() && !mergeable(known)) ++known;
    if (known == children.size()) {
      children.push_back(std::move(child));
      occurs.push_back(occur);
      continue;
    }
    // "an ans" is about "ans": what counts is what the reader is shown.
    if (children[known].stop_word && !child.stop_word) std::swap(children[known], child);
    if (occur != Occur::must_not && child.kind != Kind::boolean && is_scored(child)) {
      children[known].boost = round_boost(children[known].boost + child.boost);
      children[known].said += child.said;
    }
    if (occur == Occur::must) {
      occurs[known] = Occur::must;
      children[known].stop_word = false;
    }
  }
  boolean.children = std::move(children);
  boolean.occurs = std::move(occurs);
}

}  // namespace digest::query
