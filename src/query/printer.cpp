// SPDX-License-Identifier: MIT
#include "query/printer.hpp"

#include <fmt/format.h>

#include <cstddef>

#include "base/utf8.hpp"
#include "query/characters.hpp"
#include "query/dates.hpp"
#include "query/identifiers.hpp"

namespace digest::query {

namespace {

using Kind = Node::Kind;
using Occur = Node::Occur;

std::string_view field_prefix(Field field) {
  if (field == Field::title) return "title:";
  return field == Field::abstract ? "abstract:" : "";
}

bool is_one_character(const std::string& text) {
  return !text.empty() && character(text, 0).length == text.size();
}

void append_boost(std::string& out, const Node& node) {
  if (node.boost != 1.0) out += fmt::format("^{}", node.boost);
}

bool is_exact(const Node& phrase) {
  return !phrase.words.empty() && !phrase.words.front().form.empty();
}

// What the user wrote as one word; in brackets where an operator beside it would be part of it ("R^3",
// ".net").
void append_word(std::string& out, const Node& node, std::string_view suffix) {
  const bool weighed = node.boost != 1.0;
  const bool bracket = (weighed && (is_one_character(node.text) || find_identifier(node.text).found)) ||
                       !is_word_character(character_at(node.text, 0));
  if (bracket) out += '(';
  out += field_prefix(node.field);
  out += node.text;
  out += suffix;
  if (bracket) out += ')';
  append_boost(out, node);
}

void append_phrase(std::string& out, const Node& node) {
  if (!is_exact(node)) {
    // Words glued together are one thing only where something is said about them.
    const bool said = node.field != Field::any || (!out.empty() && (out.back() == '+' || out.back() == '-'));
    if (!said && !find_identifier(node.text).found) out += '+';
    return append_word(out, node, "");
  }
  out += field_prefix(node.field);
  out += '"';
  for (std::size_t i = 0; i < node.words.size(); ++i) {
    if (i > 0) out += ' ';
    out += node.words[i].form;
  }
  out += '"';
  if (node.slop > 0) out += fmt::format("~{}", node.slop);
  append_boost(out, node);
}

bool is_one_word(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = character(text, at);
    if (is_space(next.code_point) || next.code_point == '(' || next.code_point == ')') return false;
    at += next.length;
  }
  return true;
}

void append_filter(std::string& out, std::string_view name, const std::string& text) {
  out += name;
  const bool quoted = !is_one_word(text) || text.front() == ':';  // "tag::" is no field
  if (quoted) out += '"';
  out += text;
  if (quoted) out += '"';
}

void append_node(std::string& out, const Node& node);

void append_group(std::string& out, const Node& node) {
  const bool bracket = node.kind == Kind::boolean;
  if (bracket) out += '(';
  append_node(out, node);
  if (bracket) out += ')';
}

bool is_alternatives(const Node& node) {
  if (node.kind != Kind::boolean || node.min_should != 1 || node.relaxable) return false;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (node.occurs[i] != Occur::should || node.children[i].stop_word) return false;
  }
  return true;
}

// The words that a plain word beside a required one is required as well, or one that stands for itself.
bool needs_plus(const Node& node) {
  return node.kind == Kind::term || node.kind == Kind::union_of || node.kind == Kind::prefix ||
         node.kind == Kind::fuzzy || (node.kind == Kind::phrase && !is_exact(node));
}

void append_child(std::string& out, const Node& child, Occur occur) {
  if (child.kind == Kind::everything) return;
  if (!out.empty() && out.back() != '(') out += ' ';
  if (occur == Occur::must_not) out += '-';
  const bool mixed = child.kind == Kind::boolean && !is_alternatives(child);
  if (occur == Occur::must && ((needs_plus(child) && child.field == Field::any) || mixed)) out += '+';
  append_group(out, child);
}

void append_alternatives(std::string& out, const Node& node) {
  bool first = true;
  for (const Node& child : node.children) {
    if (child.stop_word) continue;
    if (!first) out += " OR ";
    first = false;
    append_group(out, child);
  }
}

// One of several words, beside words too common to count.
bool is_one_of(const Node& node) {
  std::uint32_t counted = 0;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (node.occurs[i] != Occur::should) return false;
    counted += node.children[i].stop_word ? 0 : 1;
  }
  return node.min_should == 1 && counted > 1;
}

void append_boolean(std::string& out, const Node& node) {
  if (is_alternatives(node)) return append_alternatives(out, node);
  const bool one_of = is_one_of(node);
  if (one_of) {
    out += '(';
    append_alternatives(out, node);
    out += ')';
  }
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (!one_of || node.children[i].stop_word) append_child(out, node.children[i], node.occurs[i]);
  }
}

void append_node(std::string& out, const Node& node) {
  switch (node.kind) {
    case Kind::everything:
      out += '*';
      break;
    case Kind::nothing:
      out += "\"\"";
      break;
    case Kind::term:
    case Kind::union_of:
      append_word(out, node, "");
      break;
    case Kind::phrase:
      append_phrase(out, node);
      break;
    case Kind::prefix:
      append_word(out, node, "*");
      break;
    case Kind::fuzzy:
      append_word(out, node, node.distance == 2 ? "~2" : "~1");
      break;
    case Kind::boolean:
      append_boolean(out, node);
      break;
    case Kind::author:
      append_filter(out, "author:", node.text);
      break;
    case Kind::category:
      append_filter(out, "category:", node.text);
      break;
    case Kind::source:
      append_filter(out, "source:", node.text);
      break;
    case Kind::id:
      append_filter(out, "id:", node.text);
      break;
    case Kind::tag:
      append_filter(out, "tag:", node.text);
      break;
    case Kind::dates:
      out += "date:" + print_day_range({node.first_day, node.last_day});
      break;
  }
}

}  // namespace

std::string to_string(const Node& root) {
  std::string out;
  append_node(out, root);
  return out;
}

}  // namespace digest::query
