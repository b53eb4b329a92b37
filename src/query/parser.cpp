// SPDX-License-Identifier: MIT
#include "query/parser.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "query/clauses.hpp"
#include "query/dates.hpp"
#include "query/identifiers.hpp"
#include "query/lexer.hpp"
#include "query/words.hpp"
#include "text/ascii.hpp"

namespace digest::query {

namespace {

using LexemeKind = Lexeme::Kind;
using Role = Clause::Role;
using Clauses = std::vector<Clause>;

Need need_of(MatchMode mode) {
  switch (mode) {
    case MatchMode::natural:
      return Need::natural;
    case MatchMode::all_words:
      return Need::all;
    case MatchMode::any_word:
      return Need::any;
  }
  return Need::natural;
}

std::string_view cut_text(std::string_view text) {
  if (text.size() <= kMaxQueryBytes) return text;
  std::size_t end = kMaxQueryBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  const std::size_t space = text.substr(0, end).find_last_of(" \t\n");
  return text.substr(0, space != std::string_view::npos && space > 0 ? space : end);
}

// A quotation mark left in a value is no part of a name, a file or a tag; nor is a backslash at its end, which would keep
// the quotation open that it is printed in.
std::string without_quotes(std::string_view value) {
  std::string out;
  for (std::size_t at = 0; at < value.size();) {
    const Decoded next = character(value, at);
    if (next.valid && !is_quote(next.code_point)) out += value.substr(at, next.length);
    at += next.length;
  }
  while (!out.empty() && out.back() == '\\') out.pop_back();
  return out;
}

bool is_number(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_digit(static_cast<unsigned char>(c)); });
}

// The word before a number, as PubMed writes it: "PMID: 12345678".
bool is_pmid(std::string_view text) {
  constexpr std::string_view kName = "pmid";
  return std::equal(text.begin(), text.end(), kName.begin(), kName.end(), [](char a, char b) { return text::to_ascii_lower(a) == b; });
}

class Parser {
 public:
  Parser(std::string_view text, const ParseOptions& options)
      : text_(cut_text(text)),
        options_(options),
        positions_(text_),
        words_(text_, positions_, options.fuzzy) {
    if (text_.size() < text.size()) {
      note("too_long", "The query is longer than 8 KiB; what lies beyond was ignored.", 0, text_.size());
    }
  }

  Query parse() {
    Clauses clauses;
    if (options_.literal) {
      append_words(clauses, 0, text_.size(), Field::any);
    } else {
      Lexed lexed = lex(text_, positions_);
      lexemes_ = std::move(lexed.lexemes);
      std::move(lexed.notes.begin(), lexed.notes.end(), std::back_inserter(query_.notes));
      clauses = group(FieldName::none);
    }
    query_.root = build_outermost(std::move(clauses), need_of(options_.mode));
    if (query_.root.kind == Node::Kind::nothing) settle_empty();
    limit_notes();
    return std::move(query_);
  }

 private:
  [[nodiscard]] Need inner_need() const {
    return options_.mode == MatchMode::any_word ? Need::any : Need::all;
  }

  // Everything up to the end or the closing bracket of this group. The depth of groups is bounded by the
  // lexer.
  Clauses group(FieldName field) {
    std::vector<std::vector<Clauses>> alternatives(1, std::vector<Clauses>(1));
    while (next_ < lexemes_.size() && lexemes_[next_].kind != LexemeKind::close) {
      const Lexeme& lexeme = lexemes_[next_];
      if (lexeme.kind == LexemeKind::disjunction) {
        alternatives.emplace_back(1);
        ++next_;
      } else if (lexeme.kind == LexemeKind::conjunction) {
        alternatives.back().emplace_back();
        ++next_;
      } else {
        clause(alternatives.back().back(), field);
      }
    }
    if (alternatives.size() == 1 && alternatives[0].size() == 1) return std::move(alternatives[0][0]);
    return combine(std::move(alternatives));
  }

  // AND binds tighter than OR, and words side by side tighter than both.
  Clauses combine(std::vector<std::vector<Clauses>> alternatives) {
    std::vector<Clauses> choices;
    for (std::vector<Clauses>& operands : alternatives) {
      Clauses together;
      for (Clauses& operand : operands) {
        Clauses required = as_required(std::move(operand), inner_need());
        std::move(required.begin(), required.end(), std::back_inserter(together));
      }
      choices.push_back(std::move(together));
    }
    if (choices.size() == 1) return std::move(choices[0]);
    std::vector<Node> nodes;
    for (Clauses& choice : choices) nodes.push_back(build_sequence(std::move(choice), inner_need()));
    Clauses out;
    out.push_back({build_alternatives(std::move(nodes)), Role::required});
    return out;
  }

  void clause(Clauses& out, FieldName inherited) {
    const bool negated = lexemes_[next_].kind == LexemeKind::negation;
    while (next_ < lexemes_.size() && lexemes_[next_].kind == LexemeKind::negation) ++next_;
    if (next_ == lexemes_.size()) return;
    const Lexeme& lexeme = lexemes_[next_];
    const FieldName field = lexeme.field == FieldName::none ? inherited : lexeme.field;
    const bool excluded = negated || lexeme.sign == Sign::must_not;
    const bool outside = std::exchange(excluding_, excluding_ || excluded);
    if (lexeme.kind == LexemeKind::open) {
      bracket(out, lexeme, field, excluded);
      excluding_ = outside;
      return;
    }
    Clauses found;
    if (lexeme.is_plain() && !negated && is_text_field(field)) {
      plain_run(found, field);
    } else {
      ++next_;
      single(found, lexeme, field);
    }
    for (Clause& clause : found) {
      if (excluded)
        clause.role = Role::excluded;
      else if (lexeme.sign == Sign::must)
        clause.role = Role::required;
      out.push_back(std::move(clause));
    }
    excluding_ = outside;
  }

  void bracket(Clauses& out, const Lexeme& opening, FieldName field, bool excluded) {
    ++next_;
    Clauses inside = group(field);
    if (next_ < lexemes_.size()) {
      const double boost = lexemes_[next_++].boost;
      if (boost != 1.0) {
        for (Clause& clause : inside) multiply_boost(clause.node, boost);
      }
    }
    const bool one_unit = excluded || opening.sign == Sign::must || opening.field != FieldName::none;
    if (one_unit) {
      out.push_back(
          {build_sequence(std::move(inside), inner_need()), excluded ? Role::excluded : Role::required});
    } else {
      std::move(inside.begin(), inside.end(), std::back_inserter(out));
    }
  }

  // Plain words side by side are analysed as one text: LaTeX and compounds may span several of them.
  void plain_run(Clauses& out, FieldName field) {
    const std::size_t begin = lexemes_[next_].begin;
    std::size_t end = begin;
    for (; next_ < lexemes_.size() && lexemes_[next_].is_plain(); ++next_) end = lexemes_[next_].end;
    append_words(out, begin, end, text_field(field));
  }

  void append_words(Clauses& out, std::size_t begin, std::size_t end, Field field) {
    bool after_pmid = false;
    for (Node& node : words_.read(begin, end, field)) {
      // An arXiv id is one whatever stands around it: "(2405.15071)", "[2405.15071];".
      if (!options_.literal && node.kind == Node::Kind::term &&
          is_digit(static_cast<unsigned char>(node.text[0]))) {
        if (const Identifier found = find_identifier(node.text); found.found) {
          if (excluding_) node = paper_itself(found.key, node.text_begin, node.text_end);
          pin(found.key);
          node.stop_word = true;
        } else if (after_pmid && is_number(node.text)) {
          pin("pmid:" + node.text);
          node.stop_word = true;
        }
      }
      after_pmid = is_pmid(node.text);
      append(out, {std::move(node), Role::plain});
    }
  }

  void pin(const std::string& key) {
    if (excluding_) return;
    const bool known = std::find(query_.pinned.begin(), query_.pinned.end(), key) != query_.pinned.end();
    if (!key.empty() && !known) query_.pinned.push_back(key);
  }

  void append(Clauses& out, Clause clause) {
    if (++clauses_ > kMaxClauses) {
      if (clauses_ == kMaxClauses + 1) {
        note("too_many_words", "The query has more than 256 words; those beyond were ignored.", 0,
             text_.size());
      }
      return;
    }
    out.push_back(std::move(clause));
  }

  // A word with a sign, a field or a suffix, a phrase, an identifier.
  void single(Clauses& out, const Lexeme& lexeme, FieldName field) {
    if (!is_text_field(field)) return filter(out, lexeme, field);
    const Field where = text_field(field);
    const Role role = lexeme.field == FieldName::none ? Role::plain : Role::required;
    if (lexeme.kind == LexemeKind::phrase) {
      append(out, {words_.phrase(lexeme, where), Role::required});
    } else if (lexeme.identifier) {
      identifier(out, lexeme, where);
    } else if (!lexeme.prefix && lexeme.edits == 0) {
      ordinary(out, lexeme, where, role);
    } else if (!pattern(out, lexeme, where, role)) {
      Lexeme text = lexeme;  // "2~3": what cannot be an operator is text
      text.end = lexeme.whole_end;
      text.boost = 1.0;
      ordinary(out, text, where, role);
    }
  }

  // Several words are several, but one thing where a sign or a field speaks of them.
  void ordinary(Clauses& out, const Lexeme& lexeme, Field field, Role role) {
    if (lexeme.sign == Sign::none && lexeme.field == FieldName::none) {
      Clauses words;
      append_words(words, lexeme.begin, lexeme.end, field);
      for (Clause& clause : words) {
        multiply_boost(clause.node, lexeme.boost);
        out.push_back(std::move(clause));
      }
      return;
    }
    Node unit = words_.unit(lexeme.begin, lexeme.end, field);
    multiply_boost(unit, lexeme.boost);
    unit.stop_word = false;
    append(out, {std::move(unit), role});
  }

  // "A*", "L*a*b*": the star belongs to the name, and nobody asked for a prefix.
  static bool is_starred_name(std::string_view word) {
    return !word.empty() && word[0] >= 'A' && word[0] <= 'Z' && (word.size() == 1 || word[1] == '*');
  }

  bool pattern(Clauses& out, const Lexeme& lexeme, Field field, Role role) {
    Node node = words_.pattern(lexeme, field);
    if (node.kind != Node::Kind::nothing) {
      append(out, {std::move(node), role});
      return true;
    }
    if (lexeme.prefix && is_starred_name(text_.substr(lexeme.begin, lexeme.end - lexeme.begin))) return false;
    note("ignored_operator",
         lexeme.prefix ? "A star needs one word of two letters or more before it, so it was ignored."
                       : "A tilde needs one word with more letters than edits before it, so it was ignored.",
         lexeme.whole_begin, lexeme.whole_end);
    return false;
  }

  // The paper itself comes first; beside it, the identifier as a text, which is welcome but never needed. Behind a minus:
  // all but that paper.
  void identifier(Clauses& out, const Lexeme& lexeme, Field field) {
    const std::string_view written = text_.substr(lexeme.begin, lexeme.end - lexeme.begin);
    const Identifier found = find_identifier(written);
    if (excluding_) return append(out, {paper_itself(found.key, positions_.at(lexeme.whole_begin), positions_.at(lexeme.whole_end)), Role::required});
    pin(found.key);
    const std::size_t scheme = written.find("://");
    const std::size_t begin = scheme == std::string_view::npos ? lexeme.begin : lexeme.begin + scheme + 3;
    Node unit = words_.exact_unit(begin, lexeme.end, field);
    if (unit.kind == Node::Kind::phrase) unit.text = std::string(written);
    const bool is_identifier = find_identifier(unit.text).found;
    // What is left of "https://name" is a word like others.
    if (!is_identifier && unit.kind == Node::Kind::term) unit = words_.unit(begin, lexeme.end, field);
    unit.text_begin = positions_.at(lexeme.begin);
    unit.stop_word = unit.stop_word || is_identifier;
    append(out, {std::move(unit), Role::plain});
  }

  static Node paper_itself(const std::string& key, std::uint32_t begin, std::uint32_t end) {
    Node paper;
    paper.kind = Node::Kind::id;
    paper.filter = true;
    paper.text = without_quotes(key);
    paper.text_begin = begin, paper.text_end = end;
    return paper;
  }

  void filter(Clauses& out, const Lexeme& lexeme, FieldName field) {
    Node node;
    node.filter = true;
    node.text = without_quotes(text_.substr(lexeme.begin, lexeme.end - lexeme.begin));
    node.text_begin = positions_.at(lexeme.whole_begin);
    node.text_end = positions_.at(lexeme.whole_end);
    switch (field) {
      case FieldName::author:
        node.kind = Node::Kind::author;
        break;
      case FieldName::id:
        node.kind = Node::Kind::id;
        break;
      case FieldName::category:
        node.kind = Node::Kind::category;
        break;
      case FieldName::source:
        node.kind = Node::Kind::source;
        break;
      case FieldName::tag:
        node.kind = Node::Kind::tag;
        break;
      case FieldName::date:
        return dates(out, lexeme, std::move(node));
      case FieldName::none:
      case FieldName::title:
      case FieldName::abstract:
        return;
    }
    if (node.text.empty()) return;
    append(out, {std::move(node), Role::required});
  }

  void dates(Clauses& out, const Lexeme& lexeme, Node node) {
    if (const auto days = parse_day_range(node.text, options_.today)) {
      node.kind = Node::Kind::dates;
      node.first_day = days->first;
      node.last_day = days->last;
      node.text = print_day_range(*days);
      append(out, {std::move(node), Role::required});
      return;
    }
    note("bad_date",
         "\"" + node.text + "\" is no date (2024, 2024-03, 2023..2025, >=2024, 7d), so it was read as text.",
         lexeme.whole_begin, lexeme.whole_end);
    append_words(out, lexeme.begin, lexeme.end, Field::any);
  }

  // Nothing asked is everything wanted; something asked that holds no word is not.
  void settle_empty() {
    const bool blank =
        std::all_of(text_.begin(), text_.end(), [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
    const std::size_t first = text_.find_first_not_of(" \t\r\n");
    if (blank || (!options_.literal && text_.substr(first) == "*")) {
      query_.root.kind = Node::Kind::everything;
    } else {
      note("no_words", "There is no word in the query to search for.", 0, text_.size());
    }
  }

  // Of one kind the first four: a text full of colons is not worth a hundred sentences.
  void limit_notes() {
    std::vector<Note>& notes = query_.notes;
    std::vector<Note> kept;
    for (Note& candidate : notes) {
      const auto same = [&](const Note& known) { return known.code == candidate.code; };
      if (std::count_if(kept.begin(), kept.end(), same) < 4) kept.push_back(std::move(candidate));
    }
    notes = std::move(kept);
  }

  static Field text_field(FieldName field) {
    if (field == FieldName::title) return Field::title;
    return field == FieldName::abstract ? Field::abstract : Field::any;
  }

  void note(const char* code, std::string sentence, std::size_t begin, std::size_t end) {
    query_.notes.push_back({code, std::move(sentence), {positions_.at(begin), positions_.at(end)}});
  }

  std::string_view text_;
  const ParseOptions& options_;
  CodePoints positions_;
  WordReader words_;
  std::vector<Lexeme> lexemes_;
  std::size_t next_ = 0;
  std::uint32_t clauses_ = 0;
  bool excluding_ = false;  // behind a minus or NOT
  Query query_;
};

}  // namespace

Query parse(std::string_view text, const ParseOptions& options) {
  return Parser(text, options).parse();
}

}  // namespace digest::query
