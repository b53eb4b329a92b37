// SPDX-License-Identifier: MIT
#include "ingest/readers/tagged.hpp"

#include <algorithm>
#include <utility>

#include "ingest/readers/scan.hpp"

namespace digest::ingest {

void TaggedRecord::begin(std::uint64_t line) {
  clear();
  open_ = true;
  line_ = line;
}

void TaggedRecord::clear() {
  fields_.clear();
  bytes_ = 0;
  open_ = cut_ = false;
}

void TaggedRecord::add(std::string_view tag, std::string_view value) {
  if (bytes_ + tag.size() + value.size() > kMaxRecordBytes) {
    cut_ = true;
    return;
  }
  fields_.push_back({std::string(tag), {}});
  bytes_ += tag.size() + sizeof(Field);
  append({}, value);
}

void TaggedRecord::append(std::string_view joint, std::string_view text) {
  if (fields_.empty()) return;
  std::string& value = fields_.back().value;
  const std::size_t more = joint.size() + text.size();
  if (value.size() + more > kMaxFieldBytes || bytes_ + more > kMaxRecordBytes) {
    cut_ = true;
    return;
  }
  if (!value.empty()) value += joint;
  value += text;
  bytes_ += more;
}

std::string_view TaggedRecord::first(std::initializer_list<std::string_view> tags) const {
  for (const std::string_view tag : tags) {
    for (const Field& field : fields_) {
      if (field.tag == tag && !scan::says_nothing(field.value)) return trim(field.value);
    }
  }
  return {};
}

std::vector<std::string_view> TaggedRecord::all(std::string_view tag) const {
  std::vector<std::string_view> out;
  for (const Field& field : fields_) {
    if (field.tag == tag && !scan::says_nothing(field.value)) out.push_back(trim(field.value));
  }
  return out;
}

std::string TaggedRecord::joined(std::string_view tag, std::string_view joint) const {
  std::string out;
  for (const std::string_view value : all(tag)) {
    if (!out.empty()) out += joint;
    out += value;
  }
  return out;
}

void LineRecordReader::deliver(Paper&& paper) {
  if (paper.title.empty() && paper.abstract.empty()) {
    const std::uint64_t line = paper.sources.empty() ? 0 : paper.sources.front().line;
    skip(line, "no-title", "This record has neither a title nor an abstract; it was skipped.");
    return;
  }
  sink_.paper(std::move(paper));
}

void LineRecordReader::report_cut(const TaggedRecord& record) {
  if (!record.cut()) return;
  report(record.line(), Severity::warning, "too-long", "This record is longer than a record may be; the rest of it was left out.");
}

std::string field_text(std::string_view raw, Markup markup, Paragraphs paragraphs) {
  if (scan::says_nothing(raw)) return {};
  return clean(raw, markup, paragraphs);
}

std::vector<std::string> author_names(const std::vector<std::string_view>& fields) {
  std::vector<std::string> out;
  for (const std::string_view field : fields) {
    for (std::size_t at = 0; at <= field.size();) {
      const std::size_t end = std::min(field.find(';', at), field.size());
      std::string name = clean(field.substr(at, end - at), Markup::html);
      while (!name.empty() && (name.back() == ',' || name.back() == ' ')) name.pop_back();
      if (!name.empty()) out.push_back(std::move(name));
      at = end + 1;
    }
  }
  return out;
}

}  // namespace digest::ingest
