// SPDX-License-Identifier: MIT
// Clauses -> one node, in the simplest form that means the same: how many words must match is decided here,
// and only here. Pure functions; safe from any thread.
#pragma once
#include <cstdint>
#include <vector>

#include "query/query.hpp"

namespace digest::query {

struct Clause {
  enum class Role : std::uint8_t {
    plain,     // a word among words: the need of the sequence decides
    required,  // a phrase, a field, a group, +word
    excluded,  // -word
  };
  Node node;
  Role role = Role::plain;
};

// How many of the plain words must match.
enum class Need : std::uint8_t {
  natural,  // all of 1 or 2, all but one of 3 to 5, two thirds of more; relaxable
  all,
  any,
};

// What a sequence of clauses means. At the top of a query (`outermost`), words too common to be required stay
// as optional ones; in groups they are left out if anything else is there. No clauses: a node of kind
// nothing.
Node build_sequence(std::vector<Clause> clauses, Need need);
Node build_outermost(std::vector<Clause> clauses, Need need);

// The same clauses with no plain ones left, for groups and the operands of AND: all of the words, or one of
// them.
std::vector<Clause> as_required(std::vector<Clause> clauses, Need need);

// Any of the alternatives.
Node build_alternatives(std::vector<Node> alternatives);

// Multiplies the weight of everything scored in the tree.
void multiply_boost(Node& node, double factor);

// Same meaning, wherever they stand in the text and however they were written.
bool same_clause(const Node& a, const Node& b);

// Merges equal neighbours of one role: the weights of a word said twice add up, as BM25 adds up query words.
void merge_duplicates(Node& boolean);

// How many of so many informative words a plain query needs.
std::uint32_t natural_need(std::uint32_t words);

}  // namespace digest::query
