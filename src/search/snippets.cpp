// SPDX-License-Identifier: MIT
#include "search/snippets.hpp"

#include <algorithm>
#include <utility>

namespace digest::search {
namespace {

constexpr std::size_t kMaxBits = 64;
// What a word gains that a passage has already: enough to choose between passages that cover the query alike.
constexpr double kRepeated = 0.02;

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

// The first byte and the second, all vowels alike: what a form shares with its term, whatever stemming does
// ("feet" and "foot"), British spelling of Greek words apart ("oestrogen", "estrogen").
std::size_t start_of(std::string_view word) {
  const auto first = static_cast<unsigned char>(word[0]);
  const auto second = static_cast<unsigned char>(word.size() > 1 ? word[1] : '\0');
  const bool vowel = std::string_view("aeiouy").find(static_cast<char>(second)) != std::string_view::npos;
  return std::size_t{first} << 8 | (vowel ? 'a' : second);
}

std::string_view without_outer_space(std::string_view text) {
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

SnippetMaker::SnippetMaker(std::vector<SnippetUnit> units, std::size_t words)
    : units_(std::move(units)), words_(words) {
  std::stable_sort(units_.begin(), units_.end(),
                   [](const SnippetUnit& a, const SnippetUnit& b) { return a.weight > b.weight; });
  std::size_t bit = 0;
  std::size_t kept = 0;
  for (const SnippetUnit& unit : units_) {
    if (unit.words.empty() || bit + unit.words.size() > kMaxBits) break;
    first_bits_.push_back(bit);
    bit += unit.words.size();
    ++kept;
    for (const SnippetWord& word : unit.words) {
      if (word.text.empty()) continue;
      starts_.set(start_of(word.text));
      if (word.text.size() > 1) continue;
      const std::size_t first = std::size_t{static_cast<unsigned char>(word.text[0])} << 8;
      for (std::size_t second = 0; second < 256; ++second) starts_.set(first | second);
    }
  }
  units_.resize(kept);
}

// Spares the stemmer most words of a text.
bool SnippetMaker::may_match(std::string_view form) const {
  if (starts_.test(start_of(form))) return true;
  const bool british = form.size() > 2 && form[1] == 'e' && (form[0] == 'o' || form[0] == 'a');
  return british && starts_.test(start_of(form.substr(1)));
}

std::uint64_t SnippetMaker::matches_of(std::string_view form) {
  if (form.empty() || !may_match(form)) return 0;
  if (const auto known = known_.find(form); known != known_.end()) return known->second;
  const std::string term = text::stem_class(form);
  std::uint64_t matches = 0;
  for (std::size_t u = 0; u < units_.size(); ++u) {
    for (std::size_t w = 0; w < units_[u].words.size(); ++w) {
      const SnippetWord& word = units_[u].words[w];
      const bool same = word.kind == SnippetWord::Kind::term ? word.text == term
                        : word.kind == SnippetWord::Kind::form
                            ? word.text == form
                            : form.substr(0, word.text.size()) == word.text;
      if (same) matches |= std::uint64_t{1} << (first_bits_[u] + w);
    }
  }
  known_.emplace(std::string(form), matches);
  return matches;
}

void SnippetMaker::read(std::string_view text) {
  spans_.clear();
  compounds_.clear();
  text::tokenize(text, tokens_);
  for (const text::Token& token : tokens_.tokens) {
    const std::uint64_t matches = matches_of(tokens_.form(token));
    if (token.kind == text::TokenKind::word) {
      spans_.push_back({token.begin, token.end, matches});
    } else if (matches != 0) {
      compounds_.push_back({token.position, token.position + token.parts - 1U, matches});
    }
  }
}

void SnippetMaker::mark_word(const SnippetUnit& unit, std::uint64_t bit) {
  for (std::uint32_t i = 0; i < spans_.size(); ++i) {
    if ((spans_[i].matches & bit) == 0) continue;
    marks_.push_back({spans_[i].begin, spans_[i].end, i, i, unit.group, unit.weight});
  }
  for (const Compound& compound : compounds_) {
    if ((compound.matches & bit) == 0 || compound.last >= spans_.size()) continue;
    marks_.push_back({spans_[compound.first].begin, spans_[compound.last].end, compound.first, compound.last,
                      unit.group, unit.weight});
  }
}

// A phrase is marked as one stretch; words that may stand apart are marked one by one.
void SnippetMaker::mark_sequence(const SnippetUnit& unit, std::size_t first_bit) {
  std::vector<std::uint32_t> found(unit.words.size());
  for (std::uint32_t i = 0; i < spans_.size(); ++i) {
    if ((spans_[i].matches >> first_bit & 1U) == 0) continue;
    found[0] = i;
    bool all = true;
    for (std::size_t w = 1; w < unit.words.size() && all; ++w) {
      const std::uint64_t bit = std::uint64_t{1} << (first_bit + w);
      const std::size_t expected = std::size_t{i} + unit.words[w].offset;
      const std::size_t end = std::min(expected + unit.slop + 1, spans_.size());
      std::size_t at = expected < unit.slop ? 0 : expected - unit.slop;
      while (at < end && (spans_[at].matches & bit) == 0) ++at;
      all = at < end;
      if (all) found[w] = static_cast<std::uint32_t>(at);
    }
    if (!all) continue;
    if (unit.slop == 0) {
      marks_.push_back({spans_[i].begin, spans_[found.back()].end, i, found.back(), unit.group, unit.weight});
      continue;
    }
    for (const std::uint32_t at : found) {
      marks_.push_back({spans_[at].begin, spans_[at].end, at, at, unit.group, unit.weight});
    }
  }
}

void SnippetMaker::find_marks(query::Field field) {
  marks_.clear();
  for (std::size_t u = 0; u < units_.size(); ++u) {
    const SnippetUnit& unit = units_[u];
    if (unit.field != query::Field::any && unit.field != field) continue;
    if (unit.words.size() == 1) {
      mark_word(unit, std::uint64_t{1} << first_bits_[u]);
    } else {
      mark_sequence(unit, first_bits_[u]);
    }
  }
  std::sort(marks_.begin(), marks_.end(), [](const Mark& a, const Mark& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
}

// The marks of the passage that covers most of the query, from its first word to its last.
SnippetMaker::Window SnippetMaker::best_window() const {
  Window best;
  double best_score = -1;
  std::vector<std::uint32_t> groups;
  for (std::size_t left = 0; left < marks_.size(); ++left) {
    groups.clear();
    double score = 0;
    Window window{marks_[left].first, marks_[left].last};
    for (std::size_t i = left; i < marks_.size() && marks_[i].first < window.first + words_; ++i) {
      if (marks_[i].last >= window.first + words_) continue;
      const bool is_new = std::find(groups.begin(), groups.end(), marks_[i].group) == groups.end();
      score += is_new ? marks_[i].weight : kRepeated * marks_[i].weight;
      if (is_new) groups.push_back(marks_[i].group);
      window.last = std::max(window.last, std::size_t{marks_[i].last});
    }
    if (score > best_score) {
      best_score = score;
      best = window;
    }
  }
  best.last = std::min(best.last, best.first + words_ - 1);
  return best;
}

bool SnippetMaker::starts_sentence(std::string_view text, std::size_t word) const {
  if (word == 0) return true;
  const std::size_t from = spans_[word - 1].end;
  const std::size_t to = spans_[word].begin;
  if (to <= from || to >= text.size()) return false;
  const std::string_view gap = text.substr(from, to - from);
  if (gap.find("\n\n") != std::string_view::npos) return true;
  const std::size_t stop = gap.find_first_of(".!?");
  if (stop == std::string_view::npos || gap.find_first_of(" \n", stop) == std::string_view::npos)
    return false;
  // "et al. who" goes on; "layer . the" is the style of texts without capitals.
  return !is_lower(text[to]) || is_space(gap.front());
}

// The best window with what fits around it: from the start of its sentence if that is near, to the end of
// one.
SnippetMaker::Window SnippetMaker::passage(std::string_view text) const {
  if (spans_.size() <= words_) return {0, spans_.empty() ? 0 : spans_.size() - 1};
  Window window = marks_.empty() ? Window{} : best_window();
  const std::size_t slack = words_ - (window.last - window.first + 1);
  std::size_t first = window.first;
  while (first > 0 && window.first - first < slack && !starts_sentence(text, first)) --first;
  if (!starts_sentence(text, first)) first = window.first - std::min(window.first, slack / 3);
  first = std::min(first, spans_.size() - words_);
  std::size_t last = first + words_ - 1;
  for (std::size_t end = last; end > window.last && end + 1 > first + words_ * 2 / 3; --end) {
    if (end + 1 < spans_.size() && starts_sentence(text, end + 1)) {
      last = end;
      break;
    }
  }
  return {first, last};
}

std::vector<SnippetPart> SnippetMaker::parts_of(std::string_view text, const Window& window) const {
  text = without_outer_space(text);
  std::vector<SnippetPart> parts;
  const auto add = [&](std::string_view piece, bool match) {
    if (piece.empty()) return;
    if (parts.empty() || parts.back().match != match) parts.push_back({"", match});
    parts.back().text += piece;
  };
  std::size_t begin = 0;
  std::size_t end = text.size();
  if (window.first > 0) {  // with the bracket or quote that opens before the first word
    begin = spans_[window.first].begin;
    const std::size_t gap = spans_[window.first - 1].end;
    while (begin > gap && !is_space(text[begin - 1])) --begin;
    if (begin == gap) begin = spans_[window.first].begin;
    add("... ", false);
  }
  if (window.last + 1 < spans_.size()) {  // with the full stop behind the last
    end = spans_[window.last].end;
    const std::size_t gap = std::min<std::size_t>(spans_[window.last + 1].begin, text.size());
    while (end < gap && !is_space(text[end])) ++end;
    if (end == gap) end = spans_[window.last].end;
  }
  std::size_t done = begin;
  for (const Mark& mark : marks_) {
    const std::size_t from = std::max<std::size_t>(mark.begin, done);
    const std::size_t to = std::min<std::size_t>(mark.end, end);
    if (from >= to) continue;
    add(text.substr(done, from - done), false);
    add(text.substr(from, to - from), true);
    done = to;
  }
  add(text.substr(done, end - done), false);
  if (window.last + 1 < spans_.size()) add(" ...", false);
  return parts;
}

std::vector<Snippet> SnippetMaker::make(std::string_view title, std::string_view abstract) {
  std::vector<Snippet> out;
  if (words_ == 0) return out;
  read(title);
  find_marks(query::Field::title);
  if (!marks_.empty()) out.push_back({"title", parts_of(title, {0, spans_.size() - 1})});
  if (without_outer_space(abstract).empty()) return out;
  read(abstract);
  find_marks(query::Field::abstract);
  out.push_back({"abstract", parts_of(abstract, passage(abstract))});
  return out;
}

}  // namespace digest::search
