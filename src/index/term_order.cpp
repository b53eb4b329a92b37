// SPDX-License-Identifier: MIT
#include "index/term_order.hpp"

#include <digest/error.hpp>

#include <algorithm>

#include "base/parallel.hpp"
#include "index/analysis.hpp"
#include "index/inversion.hpp"

namespace digest::index {

TermOrder::TermOrder(const FormTable& forms, std::vector<std::uint32_t> counts, unsigned threads)
    : table_(forms), counts_(std::move(counts)) {
  name_forms(threads);
  std::vector<OrderedText> order;
  order.reserve(table_.size());
  for (std::uint32_t form = 0; form < table_.size(); ++form) {
    if (counts_[form] > 0) order.push_back(ordered_text(stem_of(form), form));
  }
  sort_texts(order, [this](std::uint32_t form) { return stem_of(form); });
  group(order);
}

void TermOrder::name_forms(unsigned threads) {
  const std::uint32_t parts = (table_.size() + kPart - 1) / kPart;
  stem_texts_.resize(parts);
  stems_.resize(table_.size());
  parallel_for(threads, parts, [this](std::size_t part) { name_part(static_cast<std::uint32_t>(part)); });
}

void TermOrder::name_part(std::uint32_t part) {
  std::string& text = stem_texts_[part];
  const std::uint32_t end = std::min(table_.size(), (part + 1) * kPart);
  for (std::uint32_t form = part * kPart; form < end; ++form) {
    if (counts_[form] == 0) continue;
    const std::string term = term_of(table_.form(form));
    stems_[form] = {static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(term.size())};
    text.append(term);
  }
}

// Forms with the same stem are neighbours now.
void TermOrder::group(const std::vector<OrderedText>& order) {
  const auto stem = [this](std::uint32_t form) { return stem_of(form); };
  forms_in_order_.reserve(order.size());
  for (const OrderedText& form : order) forms_in_order_.push_back(form.number);
  places_.resize(table_.size());
  terms_.reserve(order.size());
  for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
    Term term;
    term.number = order[from].number;
    term.first_form = static_cast<std::uint32_t>(from);
    for (; to < order.size() && (to == from || same_text(order[to - 1], order[to], stem)); ++to) term.count += counts_[order[to].number];
    list_forms(term, std::span(forms_in_order_).subspan(from, to - from));
    terms_.push_back(term);
  }
}

// The commonest first.
void TermOrder::list_forms(Term& term, std::span<std::uint32_t> forms) {
  constexpr std::size_t kMostTerms = 1U << 24;
  if (terms_.size() == kMostTerms) throw Error(ErrorKind::limit, "These papers have more different words than one file of the index can hold.");
  const std::size_t listed = order_forms(
      forms, [this](std::uint32_t form) { return counts_[form]; }, [this](std::uint32_t form) { return table_.form(form); },
      [this](std::uint32_t form) { return table_.part_ends(form).size(); });
  term.listed = static_cast<std::uint32_t>(listed);
  const auto number = static_cast<std::uint32_t>(terms_.size());
  for (std::size_t i = 0; i < forms.size(); ++i) {
    places_[forms[i]] = {number << 8 | static_cast<std::uint32_t>(i < listed ? i : kMaxForms)};
  }
}

std::vector<OrderedText> TermOrder::words() const {
  std::vector<OrderedText> words;
  words.reserve(forms_in_order_.size());
  for (std::uint32_t form = 0; form < table_.size(); ++form) {
    if (counts_[form] > 0 && is_word(table_.form(form))) words.push_back(ordered_text(table_.form(form), form));
  }
  sort_texts(words, [this](std::uint32_t form) { return table_.form(form); });
  return words;
}

}  // namespace digest::index
