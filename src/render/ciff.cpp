// SPDX-License-Identifier: MIT
#include "render/ciff.hpp"

#include <cstring>

namespace digest::render {
namespace {

// Wire types of Protocol Buffers.
constexpr std::uint32_t kVarint = 0, kDouble = 1, kBytes = 2;

void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>((value & 0x7f) | 0x80);
  out += static_cast<char>(value);
}

void append_number(std::string& out, std::uint32_t field, std::int64_t value) {
  if (value == 0) return;  // a default is left out
  append_varint(out, (field << 3) | kVarint);
  append_varint(out, static_cast<std::uint64_t>(value));
}

void append_bytes(std::string& out, std::uint32_t field, std::string_view bytes) {
  append_varint(out, (field << 3) | kBytes);
  append_varint(out, bytes.size());
  out += bytes;
}

void append_double(std::string& out, std::uint32_t field, double value) {
  append_varint(out, (field << 3) | kDouble);
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>((bits >> shift) & 0xff);
}

std::string delimited(const std::string& message) {
  std::string out;
  append_varint(out, message.size());
  return out + message;
}

}  // namespace

std::string ciff_header(std::uint64_t lists, std::uint64_t documents, std::int64_t total_words, std::string_view description) {
  std::string message;
  append_number(message, 1, 1);                                      // version
  append_number(message, 2, static_cast<std::int64_t>(lists));       // num_postings_lists
  append_number(message, 3, static_cast<std::int64_t>(documents));   // num_docs
  append_number(message, 4, static_cast<std::int64_t>(lists));       // total_postings_lists
  append_number(message, 5, static_cast<std::int64_t>(documents));   // total_docs
  append_number(message, 6, total_words);                            // total_terms_in_collection
  append_double(message, 7, documents == 0 ? 0.0 : static_cast<double>(total_words) / static_cast<double>(documents));  // average_doclength
  append_bytes(message, 8, description);
  return delimited(message);
}

std::string ciff_postings(std::string_view term, const std::vector<CiffPosting>& postings) {
  std::int64_t occurrences = 0;
  for (const CiffPosting& posting : postings) occurrences += posting.count;
  std::string message;
  append_bytes(message, 1, term);
  append_number(message, 2, static_cast<std::int64_t>(postings.size()));  // df
  append_number(message, 3, occurrences);                                 // cf
  std::int32_t before = 0;
  for (const CiffPosting& posting : postings) {
    std::string one;
    append_number(one, 1, posting.document - before);  // the gap; the first stands for itself
    append_number(one, 2, posting.count);
    append_bytes(message, 4, one);
    before = posting.document;
  }
  return delimited(message);
}

std::string ciff_document(std::uint64_t number, std::string_view name, std::int32_t length) {
  std::string message;
  append_number(message, 1, static_cast<std::int64_t>(number));
  append_bytes(message, 2, name);
  append_number(message, 3, length);
  return delimited(message);
}

}  // namespace digest::render
