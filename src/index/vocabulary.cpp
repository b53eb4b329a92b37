// SPDX-License-Identifier: MIT
#include "index/vocabulary.hpp"

#include <algorithm>

#include "index/analysis.hpp"
#include "index/form_table.hpp"

namespace digest::index {
namespace {

// The least word of any segment's list, each once.
class MergedWords : public query::WordCursor {
 public:
  explicit MergedWords(const std::vector<std::unique_ptr<Segment>>& segments) {
    for (const auto& segment : segments) {
      trees_.push_back(segment->words());
    }
    for (const StringTree& tree : trees_) cursors_.emplace_back(tree, "");
    choose();
  }
  void seek(std::string_view at_least) override {
    for (StringTree::Cursor& cursor : cursors_) cursor.seek(at_least);
    choose();
  }
  void next() override {
    for (StringTree::Cursor& cursor : cursors_) {
      if (!cursor.at_end() && cursor.key() == word_) cursor.next();
    }
    choose();
  }
  [[nodiscard]] bool at_end() const override { return at_end_; }
  [[nodiscard]] std::string_view word() const override { return word_; }

 private:
  void choose() {
    at_end_ = true;
    for (const StringTree::Cursor& cursor : cursors_) {
      if (cursor.at_end() || (!at_end_ && cursor.key() >= std::string_view(word_))) continue;
      word_.assign(cursor.key());
      at_end_ = false;
    }
  }
  std::vector<StringTree> trees_;
  std::vector<StringTree::Cursor> cursors_;
  std::string word_;
  bool at_end_ = true;
};

}  // namespace

std::unique_ptr<query::WordCursor> SegmentVocabulary::words() const { return std::make_unique<MergedWords>(segments_); }

std::uint64_t SegmentVocabulary::papers() const {
  std::uint64_t sum = 0;
  for (const auto& segment : segments_) sum += segment->living();
  return sum;
}

std::uint64_t SegmentVocabulary::document_frequency(std::string_view term) const {
  std::uint64_t sum = 0;
  for (const auto& segment : segments_) {
    if (const auto info = segment->find_term(term, Forms::skip)) sum += segment->living_with(*info, term);
  }
  return sum;
}

std::vector<std::string> SegmentVocabulary::forms(std::string_view term) const {
  std::vector<std::string> out;
  for (const auto& segment : segments_) {
    const auto info = segment->find_term(term, Forms::read);
    if (!info) continue;
    for (const FormEntry& entry : info->forms) {
      if (std::find(out.begin(), out.end(), entry.form) == out.end()) out.push_back(entry.form);
    }
  }
  return out;
}

std::vector<std::string> SegmentVocabulary::compound_parts(std::string_view form) const {
  const std::string term = term_of(form);
  std::vector<std::uint8_t> ends;
  for (const auto& segment : segments_) {
    const auto info = segment->find_term(term, Forms::read);
    if (!info) continue;
    for (const FormEntry& entry : info->forms) {
      if (entry.form == form && is_preferred_parting(entry.part_ends, ends)) ends = entry.part_ends;
    }
  }
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (const std::uint8_t end : ends) {
    if (end <= from || end >= form.size()) return {};  // of a damaged entry
    parts.emplace_back(form.substr(from, end - from));
    from = end;
  }
  if (!parts.empty()) parts.emplace_back(form.substr(from));
  return parts;
}

}  // namespace digest::index
