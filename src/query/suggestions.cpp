// SPDX-License-Identifier: MIT
#include "query/suggestions.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "base/utf8.hpp"
#include "query/characters.hpp"
#include "query/edit_distance.hpp"
#include "query/expansion.hpp"
#include "query/fields.hpp"
#include "query/identifiers.hpp"
#include "query/parser.hpp"
#include "text/analyzer.hpp"

namespace digest::query {

namespace {

using Kind = Node::Kind;
using Occur = Node::Occur;
using text::TokenKind;

constexpr std::size_t kMaxUnknown = 4;  // words looked up; a query with more of them is in another language
constexpr std::size_t kMaxSuggestions = 3;

struct Unknown {
  std::size_t begin = 0;  // bytes of the query
  std::size_t end = 0;
  std::vector<std::string> better;
  bool is_said = false;  // another note has told it
};

class Suggester {
 public:
  Suggester(std::string_view text, const Vocabulary& vocabulary)
      : text_(text), vocabulary_(vocabulary), positions_(text) {}

  Suggestions suggest(const Query& query) {
    for (const Note& note : query.notes) misspelt_field(note);
    visit(query.root);
    std::sort(unknown_.begin(), unknown_.end(),
              [](const Unknown& a, const Unknown& b) { return a.begin < b.begin; });
    const auto overlaps = [](const Unknown& a, const Unknown& b) { return b.begin < a.end; };
    unknown_.erase(std::unique(unknown_.begin(), unknown_.end(), overlaps), unknown_.end());
    Suggestions out;
    for (const Unknown& unknown : unknown_) {
      if (!unknown.is_said) out.notes.push_back(note(unknown));
    }
    out.queries = queries();
    return out;
  }

 private:
  // "autor:smith": the field is what is to be better, not the words that it was read as.
  void misspelt_field(const Note& note) {
    if (note.code != "unknown_field" || unknown_.size() >= kMaxUnknown) return;
    const std::size_t begin = byte_at(note.at.first), end = byte_at(note.at.second);
    if (begin >= end) return;
    const std::string_view near = nearest_field(text_.substr(begin, end - begin - 1));
    if (near.empty()) return;
    std::size_t value_end = end;
    while (value_end < text_.size() && !is_space(character(text_, value_end).code_point)) ++value_end;
    unknown_.push_back({begin, end, {std::string(near) + ":"}, true});
    misread_.emplace_back(begin, value_end);
  }

  [[nodiscard]] bool is_misread(std::size_t at) const {
    return std::any_of(misread_.begin(), misread_.end(),
                       [at](const auto& range) { return at >= range.first && at < range.second; });
  }

  void visit(const Node& node) {
    if (unknown_.size() >= kMaxUnknown || node.filter) return;
    if (node.kind == Kind::boolean) {
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        if (node.occurs[i] != Occur::must_not) visit(node.children[i]);
      }
    } else if (node.kind == Kind::nothing && !node.text.empty()) {
      unknown_.push_back({byte_at(node.text_begin), byte_at(node.text_end), {}, false});
    } else if (node.kind == Kind::term || node.kind == Kind::phrase || node.kind == Kind::union_of) {
      words(node);
    }
  }

  // The place of a node in the text is read once more, word by word: a compound knows only where it is as a
  // whole.
  void words(const Node& node) {
    if (is_known(node)) return;
    const std::size_t begin = byte_at(node.text_begin), end = byte_at(node.text_end);
    if (begin >= end || is_misread(begin) || find_identifier(text_.substr(begin, end - begin)).found) return;
    text::TokenStream stream;
    text::tokenize(text_.substr(begin, end - begin), stream);
    for (const text::Token& token : stream.tokens) {
      if (token.kind != TokenKind::word || unknown_.size() >= kMaxUnknown) continue;
      const std::string_view form = stream.form(token);
      if (papers(text::stem_class(form)) == 0)
        unknown_.push_back({begin + token.begin, begin + token.end, better_than(form), false});
    }
  }

  // Some spelling of it is in some paper, as far as single words can tell.
  [[nodiscard]] bool is_known(const Node& node) const {
    if (node.kind == Kind::union_of) {
      return std::any_of(node.children.begin(), node.children.end(),
                         [this](const Node& child) { return is_known(child); });
    }
    return std::all_of(node.words.begin(), node.words.end(),
                       [this](const PhraseWord& word) { return papers(word.term) > 0; });
  }

  std::vector<std::string> better_than(std::string_view form) const {
    const std::u32string letters = code_points(form);
    const bool named =
        std::any_of(letters.begin(), letters.end(), [](char32_t c) { return !is_digit(c) && c != '.'; });
    if (letters.size() < 3 || !named) return {};
    std::vector<std::string> better = nearest(form, letters, 1);
    if (better.empty() && letters.size() >= 5) better = nearest(form, letters, 2);
    if (better.empty()) better = split(form);
    return better;
  }

  struct Candidate {
    std::string form;
    bool same_start = false;
    std::uint64_t papers = 0;
  };

  [[nodiscard]] std::vector<std::string> nearest(std::string_view form, const std::u32string& letters,
                                                 std::uint32_t edits) const {
    std::vector<Candidate> candidates;
    for (const ExpandedWord& word : expand_fuzzy(form, edits, vocabulary_, kMaxExpansion, edits - 1).words) {
      const std::uint64_t count = papers(word.term);
      if (count > 0 && word.form != form)
        candidates.push_back({word.form, code_points(word.form).front() == letters.front(), count});
    }
    // The first letter of a word is seldom the one that is mistyped.
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
      if (a.same_start != b.same_start) return a.same_start;
      return a.papers != b.papers ? a.papers > b.papers : a.form < b.form;
    });
    if (candidates.size() > kMaxSuggestions) candidates.resize(kMaxSuggestions);
    std::vector<std::string> forms;
    for (Candidate& candidate : candidates) forms.push_back(std::move(candidate.form));
    return forms;
  }

  // "machinelearning": two words whose rarer one is the most frequent.
  [[nodiscard]] std::vector<std::string> split(std::string_view form) const {
    std::uint64_t best = 0;
    std::string found;
    if (form.size() > 64) return {};
    for (std::size_t at = character(form, 0).length; at < form.size(); at += character(form, at).length) {
      const std::string_view left = form.substr(0, at), right = form.substr(at);
      if (left.size() < 2 || right.size() < 2) continue;
      const std::uint64_t count = std::min(papers(text::stem_class(left)), papers(text::stem_class(right)));
      if (count > best) {
        best = count;
        found = std::string(left) + " " + std::string(right);
      }
    }
    if (found.empty()) return {};
    return {found};
  }

  [[nodiscard]] Note note(const Unknown& unknown) const {
    std::string sentence =
        "No paper has \"" + std::string(text_.substr(unknown.begin, unknown.end - unknown.begin)) + "\".";
    if (!unknown.better.empty()) sentence += " Did you mean \"" + unknown.better.front() + "\"?";
    return {"unknown_term", std::move(sentence), {positions_.at(unknown.begin), positions_.at(unknown.end)}};
  }

  // All words made better at once; where only one is to be, its other choices too.
  [[nodiscard]] std::vector<std::string> queries() const {
    std::vector<std::string> out;
    const auto improvable =
        std::count_if(unknown_.begin(), unknown_.end(), [](const Unknown& u) { return !u.better.empty(); });
    for (std::size_t choice = 0; choice < (improvable == 1  ? kMaxSuggestions
                                           : improvable > 0 ? 1U
                                                            : 0U);
         ++choice) {
      std::string query;
      std::size_t at = 0;
      bool changed = false;
      for (const Unknown& unknown : unknown_) {
        if (choice >= unknown.better.size()) continue;
        query += text_.substr(at, unknown.begin - at);
        query += unknown.better[choice];
        at = unknown.end;
        changed = true;
      }
      query += text_.substr(at);
      if (changed) out.push_back(std::move(query));
    }
    return out;
  }

  [[nodiscard]] std::uint64_t papers(std::string_view term) const {
    return vocabulary_.document_frequency(term);
  }

  [[nodiscard]] std::size_t byte_at(std::uint32_t code_point) const {
    std::size_t low = 0, high = text_.size();
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      if (positions_.at(middle) < code_point)
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  }

  std::string_view text_;
  const Vocabulary& vocabulary_;
  CodePoints positions_;
  std::vector<Unknown> unknown_;
  std::vector<std::pair<std::size_t, std::size_t>> misread_;  // bytes: a misspelt field and what stands in it
};

}  // namespace

Suggestions suggest(const Query& query, std::string_view text, const Vocabulary& vocabulary) {
  return Suggester(text.substr(0, std::min(text.size(), kMaxQueryBytes)), vocabulary).suggest(query);
}

}  // namespace digest::query
