// SPDX-License-Identifier: MIT
// One record of a format made of tagged lines (RIS, MEDLINE, EndNote, Web of Science): its fields as written.
// Bounded: a field or a record that grows past its limit keeps what it has. Threads: belongs to one reader.
#pragma once
#include <digest/limits.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/cleaning.hpp"
#include "ingest/reader.hpp"
#include "ingest/readers/record_reader.hpp"

namespace digest::ingest {

// What a line of such a format says; the tag is empty where it carries none.
struct TagLine {
  std::string_view tag;
  std::string_view value;
};

class TaggedRecord {
 public:
  struct Field {
    std::string tag;
    std::string value;
  };

  void begin(std::uint64_t line);
  void clear();
  void add(std::string_view tag, std::string_view value);
  // More of the last field, after `joint`; nothing if there is no field yet.
  void append(std::string_view joint, std::string_view text);

  [[nodiscard]] bool open() const { return open_; }
  [[nodiscard]] bool cut() const { return cut_; }
  [[nodiscard]] std::uint64_t line() const { return line_; }
  [[nodiscard]] std::size_t size() const { return fields_.size(); }
  [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }
  [[nodiscard]] std::string_view last_tag() const { return fields_.empty() ? std::string_view{} : fields_.back().tag; }
  // The first value of the first tag that says something.
  [[nodiscard]] std::string_view first(std::initializer_list<std::string_view> tags) const;
  // All values of a tag that say something.
  [[nodiscard]] std::vector<std::string_view> all(std::string_view tag) const;
  // Those values joined.
  [[nodiscard]] std::string joined(std::string_view tag, std::string_view joint) const;

 private:
  std::vector<Field> fields_;
  std::uint64_t line_ = 0;
  std::size_t bytes_ = 0;
  bool open_ = false;
  bool cut_ = false;
};

// A line reader whose records end in one place: a record with neither title nor abstract is skipped and said.
class LineRecordReader : public LineReader {
 protected:
  using LineReader::LineReader;
  void deliver(Paper&& paper);
  void report_cut(const TaggedRecord& record);
};

template <class ReaderType>
std::unique_ptr<Reader> make_reader(ReaderContext context, PaperSink& sink) {
  return std::make_unique<ReaderType>(std::move(context), sink);
}

// Text of a field as a paper carries it; empty where the field says that there is nothing.
std::string field_text(std::string_view raw, Markup markup = Markup::html, Paragraphs paragraphs = Paragraphs::join);
// Names of repeated author fields, each cleaned; a field with semicolons holds several. A name that comes twice stays:
// two people may share it.
std::vector<std::string> author_names(const std::vector<std::string_view>& fields);

}  // namespace digest::ingest
