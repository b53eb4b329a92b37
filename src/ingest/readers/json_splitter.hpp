// SPDX-License-Identifier: MIT
// Where do the records of a JSON document begin and end? Finds the borders of the elements of the outer array, or of the
// array under "data", "results", "papers" ..., and hands them on one by one: the document itself is never held.
// A document without such an array is handed on whole, if it is not too long. Knows strings, escapes and brackets, nothing else.
// Threads: one.
#pragma once
#include <digest/limits.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace digest::ingest {

class JsonSplitter {
 public:
  static constexpr std::size_t kMaxElementBytes = kMaxRecordBytes;
  static constexpr std::size_t kMaxWholeBytes = std::size_t{16} << 20;

  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void element(std::string& json, std::uint64_t line) = 0;   // an object or array of the list; may be changed
    virtual void document(std::string& json, std::uint64_t line) = 0;  // a document in which no list was found
    virtual void too_long(std::uint64_t line) = 0;                     // an element beyond the limit
    virtual void broken(std::uint64_t line) = 0;                       // an element whose end is lost; the next one was found
    virtual void cut_short(std::uint64_t line, bool inside_record) = 0;
  };

  explicit JsonSplitter(Listener& listener) : listener_(listener) {}
  void feed(std::string_view text);
  void finish();

  // Lists found that held nothing at all: a digest that says it is empty.
  [[nodiscard]] std::uint64_t empty_lists() const { return empty_lists_; }

 private:
  enum class State : std::uint8_t { outside, in_list, in_object, in_key, after_key, in_skipped, in_element };

  void step(char c);
  void structure(char c);
  void inside_value(char c);
  void line_begins_with(char c);
  void begin_element(char c);
  void end_element();
  void end_container();
  void value_begins(char c);
  std::size_t run_of_string(std::string_view text);
  void keep(std::string_view text);

  Listener& listener_;
  State state_ = State::outside;
  std::string text_;    // of the element
  std::string whole_;   // of the document, while no list was found
  std::string key_;
  std::string path_;    // one letter a container around the list: '{' or '['
  std::uint64_t line_ = 1;
  std::uint64_t element_line_ = 1, document_line_ = 1;
  std::uint64_t depth_ = 0;          // brackets open inside the value
  std::int64_t column_ = 0;          // blanks since the line began, -1 once something else was seen
  std::int64_t element_column_ = -1;
  bool in_string_ = false, escaped_ = false, too_long_ = false;
  bool whole_wanted_ = false, one_paper_ = false, list_is_empty_ = false;
  std::uint64_t empty_lists_ = 0;
};

}  // namespace digest::ingest
