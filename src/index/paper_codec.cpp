// SPDX-License-Identifier: MIT
#include "index/paper_codec.hpp"

#include <charconv>
#include <cstring>
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

// A field ends with a zero, which costs next to nothing once it is compressed; its length would cost two bytes. Where it
// ends like the paper's id, as addresses and identifiers do, a mark says so. Zero, mark and the escape itself are escaped:
// C0 is no byte of UTF-8, only names of files may have it.
constexpr char kFieldEnd = '\0', kLikeId = '\1', kEscape = '\xC0', kEscapedBit = '\x80';
constexpr std::size_t kLeastLikeId = 4, kMostLikeId = 64;  // bytes; a long one repeated by every mark would be a bomb

// What other fields repeat of an id: "2405.15071" of "arxiv:2405.15071". The ends of a record's fields are compared to it.
std::string_view repeated_part(std::string_view id) {
  const std::string_view part = id.substr(id.find(':') + 1);  // all of it where there is no colon
  return part.size() < kLeastLikeId || part.size() > kMostLikeId ? std::string_view() : part;
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == kFieldEnd || c == kLikeId || c == kEscape) out.push_back(kEscape);
    out.push_back(c == kFieldEnd || c == kLikeId ? static_cast<char>(c | kEscapedBit) : c);
  }
}

void append_field(std::string& out, std::string_view text, std::string_view repeated = {}) {
  const bool like_id = !repeated.empty() && text.size() >= repeated.size() && text.substr(text.size() - repeated.size()) == repeated;
  if (like_id) text.remove_suffix(repeated.size());
  const auto has = [text](char c) { return std::memchr(text.data(), c, text.size()) != nullptr; };
  if (text.empty() || (!has(kFieldEnd) && !has(kLikeId) && !has(kEscape))) {
    out.append(text);
  } else {
    append_escaped(out, text);
  }
  if (like_id) out.push_back(kLikeId);
  out.push_back(kFieldEnd);
}

std::string unescaped(ByteReader& in, std::string_view field) {
  if (field.find(kEscape) == std::string_view::npos) return std::string(field);
  std::string text;
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i] != kEscape) {
      text.push_back(field[i]);
      continue;
    }
    if (++i == field.size()) in.fail();
    const char c = field[i] == kEscape ? kEscape : static_cast<char>(field[i] ^ kEscapedBit);
    if (c != kEscape && c != kFieldEnd && c != kLikeId) in.fail();
    text.push_back(c);
  }
  return text;
}

std::string read_bytes(ByteReader& in, std::string_view repeated = {}) {
  std::string_view field = in.until(kFieldEnd);
  const bool like_id = !field.empty() && field.back() == kLikeId;
  if (like_id) field.remove_suffix(1);
  std::string text = unescaped(in, field);
  if (like_id) text.append(repeated);
  return text;
}

// What leaves here is UTF-8, whoever wrote the file: all output relies on it.
std::string read_text(ByteReader& in, std::string_view repeated = {}) {
  std::string text = read_bytes(in, repeated);
  if (!is_valid_utf8(text)) in.fail();
  return text;
}

void append_list(std::string& out, const std::vector<std::string>& list, std::string_view repeated = {}) {
  append_varint(out, list.size());
  for (const std::string& text : list) append_field(out, text, repeated);
}

std::vector<std::string> read_list(ByteReader& in, std::string_view repeated = {}) {
  std::vector<std::string> list;
  for (auto count = in.varint_up_to<std::size_t>(in.remaining()); count > 0; --count) list.push_back(read_text(in, repeated));
  return list;
}

// A number in digits: as few bytes as a varint once compressed, and they are known ones.
std::uint64_t read_number(ByteReader& in) {
  const std::string_view digits = in.until('\0');
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) in.fail();
  return value;
}

}  // namespace

void append_paper(std::string& out, std::string_view id, const Paper& paper) {
  const std::uint32_t flags = (paper.abstract_is_partial ? kPartial : 0U) | (paper.authors.empty() ? 0U : kAuthors) |
                              (paper.date.empty() ? 0U : kDate) | (paper.urls.empty() ? 0U : kUrls) |
                              (paper.ids.empty() ? 0U : kIds) | (paper.categories.empty() ? 0U : kCategories) |
                              (paper.venue.empty() ? 0U : kVenue) | (paper.sources.size() > 1 ? kSeveralSources : 0U);
  const std::string_view repeated = repeated_part(id);
  append_varint(out, flags);
  append_field(out, id);
  append_field(out, paper.title);
  append_field(out, paper.abstract);
  if (flags & kAuthors) append_list(out, paper.authors);
  if (flags & kDate) append_field(out, paper.date);
  if (flags & kUrls) append_list(out, paper.urls, repeated);
  if (flags & kIds) {
    append_varint(out, paper.ids.size());
    for (const auto& [kind, value] : paper.ids) append_field(out, kind), append_field(out, value, repeated);
  }
  if (flags & kCategories) append_list(out, paper.categories);
  if (flags & kVenue) append_field(out, paper.venue);
  if (flags & kSeveralSources) append_varint(out, paper.sources.size());
  const auto append_source = [&](const Source& source) {
    append_field(out, source.format), append_field(out, source.file), append_field(out, std::to_string(source.line));
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
  const std::string_view repeated = repeated_part(record.id);
  paper.title = read_text(in);
  paper.abstract = read_text(in);
  if (flags & kAuthors) paper.authors = read_list(in);
  if (flags & kDate) paper.date = read_text(in);
  if (flags & kUrls) paper.urls = read_list(in, repeated);
  if (flags & kIds) {
    for (auto count = in.varint_up_to<std::size_t>(in.remaining()); count > 0; --count) {
      std::string kind = read_text(in), value = read_text(in, repeated);
      paper.ids.emplace(std::move(kind), std::move(value));
    }
  }
  if (flags & kCategories) paper.categories = read_list(in);
  if (flags & kVenue) paper.venue = read_text(in);
  auto sources = (flags & kSeveralSources) != 0 ? in.varint_up_to<std::size_t>(in.remaining()) : 1;
  if (sources == 0) in.fail();  // every paper was read somewhere
  for (; sources > 0; --sources) {
    Source source;
    source.format = repair_utf8(read_bytes(in)).text, source.file = repair_utf8(read_bytes(in)).text;  // names of files are any bytes
    source.line = read_number(in);
    paper.sources.push_back(std::move(source));
  }
  return record;
}

}  // namespace digest::index
