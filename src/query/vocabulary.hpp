// SPDX-License-Identifier: MIT
// What the query room may know of an index: its words in order, and how many papers have them. Never a posting.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace digest::query {

// Walks the distinct forms (not terms) of an index in byte order.
class WordCursor {
 public:
  virtual ~WordCursor() = default;
  virtual void seek(std::string_view at_least) = 0;  // the first word >= at_least
  virtual void next() = 0;
  [[nodiscard]] virtual bool at_end() const = 0;
  [[nodiscard]] virtual std::string_view word() const = 0;  // valid until the next move
};

class Vocabulary {
 public:
  virtual ~Vocabulary() = default;
  [[nodiscard]] virtual std::unique_ptr<WordCursor> words() const = 0;
  [[nodiscard]] virtual std::uint64_t papers() const = 0;
  // Living papers that have the term (of all its forms). 0 where there is none.
  [[nodiscard]] virtual std::uint64_t document_frequency(std::string_view term) const = 0;
  // The term's forms, as in the index; empty where there is none.
  [[nodiscard]] virtual std::vector<std::string> forms(std::string_view term) const = 0;
  // "finetuning" -> {"fine", "tuning"} if some paper wrote it as a compound; else empty.
  [[nodiscard]] virtual std::vector<std::string> compound_parts(std::string_view form) const = 0;
};

}  // namespace digest::query
