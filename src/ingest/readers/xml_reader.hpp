// SPDX-License-Identifier: MIT
// Records in an XML document: a format says which elements are records and at which paths their fields lie, and gets
// each field's text (inline tags removed without a space). A damaged record is reported and the next one is found.
// Invariant: one record is held, its fields bounded. Threads: as Reader.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/readers/record_reader.hpp"
#include "ingest/readers/xml_stream.hpp"

namespace digest::ingest {

class XmlAttributes {
 public:
  void assign(const char** attributes);
  [[nodiscard]] std::string_view operator[](std::string_view name) const;  // empty if absent

 private:
  std::vector<std::pair<std::string, std::string>> values_;
};

// Paths are names joined by '/', without namespace prefixes but for "media:", "content:" and "itunes:".
struct XmlField {
  std::string_view path;
  int field;  // the format's own number
};

// Elements that are no part of a record, with all they hold: those of this name that have this attribute of this value.
struct XmlSkipped {
  std::string_view name;
  std::string_view attribute;  // empty: all of the name
  std::string_view value;
};

struct XmlGrammar {
  std::vector<std::string_view> records;      // elements that are a record each
  std::vector<XmlField> fields;               // paths inside the record
  std::vector<XmlField> outside = {};         // paths below the root, outside of records
  std::vector<std::string_view> left_out = {};  // elements that do not count in paths
  std::vector<XmlSkipped> skipped = {};
  std::vector<std::string_view> no_root = {};  // of the records: those that are none where they are the root
};

class XmlReader : public RecordReader, private XmlStream::Handler {
 public:
  void feed(std::string_view text) final;
  void finish() final;

 protected:
  XmlReader(ReaderContext context, PaperSink& sink, const XmlGrammar& grammar);

  virtual void record_begins(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void field(int field, const XmlAttributes& attributes, std::string_view text) = 0;
  virtual void record_ends() = 0;
  virtual void outside(int, const XmlAttributes&, std::string_view) {}
  virtual void skips(std::string_view) {}  // an element of grammar.skipped, inside a record
  virtual void document_ends() {}

  [[nodiscard]] std::uint64_t record_line() const { return record_line_; }

 private:
  void open(std::string_view name, const char** attributes) final;
  void close() final;
  void text(std::string_view piece) final;

  [[nodiscard]] const XmlField* matching_field() const;
  [[nodiscard]] bool is_skipped(std::string_view name, const char** attributes) const;
  void field_ends();
  void damaged();
  void recover();
  [[nodiscard]] std::size_t find_record(std::string_view text) const;

  const XmlGrammar& grammar_;
  XmlStream stream_;
  XmlAttributes attributes_;
  std::string path_;
  std::vector<std::size_t> lengths_;       // of path_, before each open element
  std::vector<std::string> names_;         // of the open elements, as written
  std::vector<std::string> ancestors_;     // of the last record
  std::string record_name_;                // as written
  const XmlField* capturing_ = nullptr;
  std::size_t capture_depth_ = 0;          // open elements when the field began
  std::string captured_;
  std::size_t record_depth_ = 0;           // open elements when the record began; 0: outside
  std::size_t skipped_depth_ = 0;          // open elements when a skipped one began; 0: not inside one
  std::size_t record_base_ = 0;            // length of path_ there
  std::size_t record_bytes_ = 0;
  std::uint64_t record_line_ = 0;
  std::uint64_t records_ = 0, damages_ = 0;
  bool lost_ = false;                      // looking for the next record
  std::string lost_tail_;
  std::uint64_t lost_line_ = 0;
};

// The root element's tag as written, up to '>', in the head of a document; empty if it is not XML.
std::string_view xml_root_tag(std::string_view head);
// The name of that tag without prefix.
std::string_view xml_root_name(std::string_view head);

}  // namespace digest::ingest
