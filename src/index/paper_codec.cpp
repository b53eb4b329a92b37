// SPDX-License-Identifier: MIT
#include "index/paper_codec.hpp"

#include <vector>

#include "base/bytes.hpp"
#include "base/utf8.hpp"

namespace digest::index {
namespace {

// On disk, never renumber: which of the optional fields follow.
enum Flag : std::uint32_t {
  kPartial = 1,
  kAuthors = 2,
  kDate = 4,
  kUrls = 8,
  kIds = 16,
  kCategories = 32,
  kVenue = 64,
  kSeveralSources = 128,
};

void append_list(std::string& out, const std::vector<std::string>& list) {
  append_varint(out, list.size());
  for (const std::string& text : list) append_text(out, text);
}

// What leaves here is UTF-8, whoever wrote the file: all output relies on it.
std::string_view read_text(ByteReader& in) {
  const std::string_view text = in.text();
  if (!is_valid_utf8(text)) in.fail();
  return text;
}

std::vector<std::string> read_list(ByteReader& in) {
  std::vector<std::string> list;
  for (auto count = in.varint_up_to<std::size_t>(in.remaining()); count > 0; --count) list.emplace_back(read_text(in));
  return list;
}

}  // namespace

void append_paper(std::string& out, std::string_view id, const Paper& paper) {
  const std::uint32_t flags = (paper.abstract_is_partial ? kPartial : 0U) | (paper.authors.empty() ? 0U : kAuthors) |
                              (paper.date.empty() ? 0U : kDate) | (paper.urls.empty() ? 0U : kUrls) |
                              (paper.ids.empty() ? 0U : kIds) | (paper.categories.empty() ? 0U : kCategories) |
                              (paper.venue.empty() ? 0U : kVenue) | (paper.sources.size() > 1 ? kSeveralSources : 0U);
  append_varint(out, flags);
  append_text(out, id);
  append_text(out, paper.title);
  append_text(out, paper.abstract);
  if (flags & kAuthors) append_list(out, paper.authors);
  if (flags & kDate) append_text(out, paper.date);
  if (flags & kUrls) append_list(out, paper.urls);
  if (flags & kIds) {
    append_varint(out, paper.ids.size());
    for (const auto& [kind, value] : paper.ids) append_text(out, kind), append_text(out, value == id ? "" : value);
  }
  if (flags & kCategories) append_list(out, paper.categories);
  if (flags & kVenue) append_text(out, paper.venue);
  if (flags & kSeveralSources) append_varint(out, paper.sources.size());
  const auto append_source = [&](const Source& source) {
    append_text(out, source.format), append_text(out, source.file), append_varint(out, source.line);
  };
  if (paper.sources.empty()) append_source({});
  for (const Source& source : paper.sources) append_source(source);
}

StoredRecord parse_paper(std::string_view bytes) {
  ByteReader in(bytes, "A stored paper");
  StoredRecord record;
  Paper& paper = record.paper;
  const std::uint64_t flags = in.varint();
  paper.abstract_is_partial = (flags & kPartial) != 0;
  record.id = read_text(in);
  paper.title = read_text(in);
  paper.abstract = read_text(in);
  if (flags & kAuthors) paper.authors = read_list(in);
  if (flags & kDate) paper.date = read_text(in);
  if (flags & kUrls) paper.urls = read_list(in);
  if (flags & kIds) {
    for (auto count = in.varint_up_to<std::size_t>(in.remaining()); count > 0; --count) {
      std::string kind(read_text(in)), value(read_text(in));
      if (value.empty()) value = record.id;
      paper.ids.emplace(std::move(kind), std::move(value));
    }
  }
  if (flags & kCategories) paper.categories = read_list(in);
  if (flags & kVenue) paper.venue = read_text(in);
  auto sources = (flags & kSeveralSources) != 0 ? in.varint_up_to<std::size_t>(in.remaining()) : 1;
  if (sources == 0) in.fail();  // every paper was read somewhere
  for (; sources > 0; --sources) {
    Source source;
    source.format = repair_utf8(in.text()).text, source.file = repair_utf8(in.text()).text;  // names of files are any bytes
    source.line = in.varint();
    paper.sources.push_back(std::move(source));
  }
  return record;
}

}  // namespace digest::index
