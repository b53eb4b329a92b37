// SPDX-License-Identifier: MIT
#include "ingest/readers/json_text.hpp"

#include <array>
#include <cstdint>

#include "ingest/readers/record_reader.hpp"

namespace digest::ingest {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

// Wrappers within wrappers: {"value": {"text": ...}} is the deepest seen.
constexpr int kMaxWrappers = 3;

std::string_view text_of(const element& value, int depth) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return trim(text);
  if (depth == kMaxWrappers) return {};
  array list;
  if (value.get(list) == simdjson::SUCCESS) {
    for (const element item : list) {
      if (const std::string_view found = text_of(item, depth + 1); !found.empty()) return found;
    }
  }
  object wrapped;
  if (value.get(wrapped) == simdjson::SUCCESS) {
    for (const std::string_view key :
         {"value", "text", "raw", "name", "display_name", "title", "description", "p", "$"}) {
      if (const std::string_view found = json_string_member(wrapped, key); !found.empty()) return found;
    }
  }
  return {};
}

// OpenAlex: {"word": [positions]} back into text. Positions beyond any abstract's length are not believed.
std::string text_of_inverted_index(const object& index) {
  constexpr std::uint64_t kMostWords = 20'000;
  std::vector<std::string_view> words;
  for (const auto field : index) {
    array positions;
    if (field.value.get(positions) != simdjson::SUCCESS) continue;
    for (const element item : positions) {
      std::uint64_t position = 0;
      if (item.get(position) != simdjson::SUCCESS || position >= kMostWords) continue;
      if (position >= words.size()) words.resize(position + 1);
      words[position] = field.key;
    }
  }
  std::string text;
  for (const std::string_view word : words) {
    if (word.empty()) continue;
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

}  // namespace

std::optional<element> json_member(const object& from, std::string_view key) {
  element found;
  if (from.at_key(key).get(found) != simdjson::SUCCESS) return std::nullopt;
  return found;
}

std::string_view json_string_member(const object& from, std::string_view key) {
  const auto found = json_member(from, key);
  std::string_view text;
  if (found && found->get(text) == simdjson::SUCCESS) return trim(text);
  return {};
}

std::string_view json_text(const element& value) {
  return text_of(value, 0);
}

std::string json_abstract(const element& value) {
  object index;
  if (value.get(index) == simdjson::SUCCESS && json_text(value).empty())
    return clean_abstract(text_of_inverted_index(index));
  array pieces;
  if (value.get(pieces) != simdjson::SUCCESS) return clean_abstract(json_text(value));
  constexpr std::size_t kLongestSentence = 400;  // what is longer on average is a paragraph
  std::size_t count = 0, bytes = 0;
  for (const element item : pieces) {
    const std::size_t size = json_text(item).size();
    count += size > 0 ? 1 : 0;
    bytes += size;
  }
  const std::string_view joint = bytes > count * kLongestSentence ? "\n\n" : " ";
  std::string joined;
  for (const element item : pieces) {
    const std::string_view text = json_text(item);
    if (text.empty()) continue;
    if (!joined.empty()) joined += joint;
    joined += text;
  }
  return clean_abstract(joined);
}

}  // namespace digest::ingest
