// SPDX-License-Identifier: MIT
// The words of all segments as one sorted list, for the query room.
#pragma once
#include <memory>
#include <vector>

#include "index/segment.hpp"
#include "query/vocabulary.hpp"

namespace digest::index {

class SegmentVocabulary : public query::Vocabulary {
 public:
  explicit SegmentVocabulary(const std::vector<std::unique_ptr<Segment>>& segments) : segments_(segments) {}
  [[nodiscard]] std::unique_ptr<query::WordCursor> words() const override;
  [[nodiscard]] std::uint64_t papers() const override;
  [[nodiscard]] std::uint64_t document_frequency(std::string_view term) const override;
  [[nodiscard]] std::vector<std::string> forms(std::string_view term) const override;
  [[nodiscard]] std::vector<std::string> compound_parts(std::string_view form) const override;

 private:
  const std::vector<std::unique_ptr<Segment>>& segments_;
};

}  // namespace digest::index
