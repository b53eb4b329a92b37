// SPDX-License-Identifier: MIT
// The vocabulary of a few texts in memory, by the analyzer alone: what an index of them would answer.
#pragma once
#include <algorithm>
#include <initializer_list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "query/vocabulary.hpp"
#include "text/analyzer.hpp"

namespace digest::query::test {

class FakeVocabulary : public Vocabulary {
 public:
  FakeVocabulary() = default;
  FakeVocabulary(std::initializer_list<std::string_view> papers) {
    for (const std::string_view paper : papers) add(paper);
  }

  void add(std::string_view paper) {
    ++papers_;
    text::TokenStream stream;
    text::tokenize(paper, stream);
    for (std::size_t i = 0; i < stream.tokens.size(); ++i) {
      const text::Token& token = stream.tokens[i];
      const std::string form(stream.form(token));
      forms_.insert(form);
      const std::string term = text::stem_class(form);
      terms_[term].forms.insert(form);
      terms_[term].papers.insert(papers_);
      if (token.kind != text::TokenKind::joined) continue;
      std::vector<std::string>& parts = compounds_[form];
      parts.clear();
      for (std::size_t part = 1; part <= token.parts; ++part)
        parts.emplace_back(stream.form(stream.tokens[i + part]));
    }
  }

  [[nodiscard]] std::unique_ptr<WordCursor> words() const override { return std::make_unique<Cursor>(*this); }
  [[nodiscard]] std::uint64_t papers() const override { return papers_; }
  [[nodiscard]] std::uint64_t document_frequency(std::string_view term) const override {
    const auto found = terms_.find(term);
    return found == terms_.end() ? 0 : found->second.papers.size();
  }
  [[nodiscard]] std::vector<std::string> forms(std::string_view term) const override {
    const auto found = terms_.find(term);
    if (found == terms_.end()) return {};
    return {found->second.forms.begin(), found->second.forms.end()};
  }
  [[nodiscard]] std::vector<std::string> compound_parts(std::string_view form) const override {
    const auto found = compounds_.find(form);
    return found == compounds_.end() ? std::vector<std::string>() : found->second;
  }

  [[nodiscard]] const std::set<std::string, std::less<>>& all_forms() const { return forms_; }
  [[nodiscard]] std::uint64_t words_visited() const { return visited_; }

 private:
  class Cursor : public WordCursor {
   public:
    explicit Cursor(const FakeVocabulary& owner) : owner_(owner), at_(owner.forms_.begin()) {}
    void seek(std::string_view at_least) override {
      at_ = owner_.forms_.lower_bound(at_least);
      ++owner_.visited_;
    }
    void next() override {
      ++at_;
      ++owner_.visited_;
    }
    [[nodiscard]] bool at_end() const override { return at_ == owner_.forms_.end(); }
    [[nodiscard]] std::string_view word() const override { return *at_; }

   private:
    const FakeVocabulary& owner_;
    std::set<std::string, std::less<>>::const_iterator at_;
  };

  struct Term {
    std::set<std::string> forms;
    std::set<std::uint64_t> papers;
  };
  std::set<std::string, std::less<>> forms_;
  std::map<std::string, Term, std::less<>> terms_;
  std::map<std::string, std::vector<std::string>, std::less<>> compounds_;
  std::uint64_t papers_ = 0;
  mutable std::uint64_t visited_ = 0;
};

}  // namespace digest::query::test
