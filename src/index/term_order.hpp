// SPDX-License-Identifier: MIT
// Which terms the forms of a batch belong to, in the order of the terms, and in which order each term lists its forms.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/form_table.hpp"
#include "index/text_order.hpp"

namespace digest::index {

class TermOrder {
 public:
  // Where a form belongs. In 32 bits, as every token of a batch is looked up: 24 for the term, 8 for its ordinal there.
  struct Place {
    std::uint32_t bits = 0;
    [[nodiscard]] std::uint32_t term() const { return bits >> 8; }
    [[nodiscard]] std::uint32_t ordinal() const { return bits & 0xFF; }
  };

  // `forms` must outlive this. Forms that do not occur (a count of 0: their papers died) have no place. Error(limit) if
  // there are more terms than have room.
  TermOrder(const FormTable& forms, std::vector<std::uint32_t> counts, unsigned threads);

  [[nodiscard]] std::size_t size() const { return terms_.size(); }
  [[nodiscard]] std::string_view text(std::size_t term) const { return stem_of(terms_[term].number); }
  // How often the term occurs.
  [[nodiscard]] std::uint64_t count(std::size_t term) const { return terms_[term].count; }
  // The numbers of its forms, by ordinal; those beyond have the ordinal kMaxForms.
  [[nodiscard]] std::span<const std::uint32_t> forms(std::size_t term) const {
    return std::span(forms_in_order_).subspan(terms_[term].first_form, terms_[term].listed);
  }
  [[nodiscard]] Place place(std::uint32_t form) const { return places_[form]; }
  // All words that occur, ascending.
  [[nodiscard]] std::vector<OrderedText> words() const;

 private:
  struct Term {
    std::uint64_t count = 0;
    std::uint32_t number = 0;      // of a form of it
    std::uint32_t first_form = 0;  // into forms_in_order_
    std::uint32_t listed = 0;
  };
  struct Stem {
    std::uint32_t begin = 0, size = 0;  // in the text of its part
  };
  static constexpr std::uint32_t kPart = 1024;  // forms named in one go

  [[nodiscard]] std::string_view stem_of(std::uint32_t form) const {
    return std::string_view(stem_texts_[form / kPart]).substr(stems_[form].begin, stems_[form].size);
  }
  void name_forms(unsigned threads);
  void name_part(std::uint32_t part);
  void group(const std::vector<OrderedText>& order);
  void list_forms(Term& term, std::span<std::uint32_t> forms);

  const FormTable& table_;
  std::vector<std::uint32_t> counts_;    // by form
  std::vector<std::string> stem_texts_;  // of kPart forms each
  std::vector<Stem> stems_;              // by form
  std::vector<Term> terms_;
  std::vector<std::uint32_t> forms_in_order_;
  std::vector<Place> places_;            // by form
};

}  // namespace digest::index
