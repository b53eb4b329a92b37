// SPDX-License-Identifier: MIT
// Numbers in the order of the texts they stand for. Sorted by the first sixteen bytes as two numbers, which nearly always
// decides; many of them are first dealt out by their first two bytes. Pure functions.
#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.hpp"

namespace digest::index {

struct OrderedText {
  std::uint64_t high = 0, low = 0;  // the first sixteen bytes, big-endian, zeros behind them
  std::uint32_t size = 0;
  std::uint32_t number = 0;
};

inline OrderedText ordered_text(std::string_view text, std::uint32_t number) {
  char bytes[16] = {};
  std::memcpy(bytes, text.data(), std::min(text.size(), sizeof bytes));
  return {__builtin_bswap64(load<std::uint64_t>(bytes)), __builtin_bswap64(load<std::uint64_t>(bytes + 8)),
          static_cast<std::uint32_t>(text.size()), number};
}

// Sorts `texts`; `text_of(number)` is asked only where sixteen bytes do not decide. Equal texts go by number.
template <typename TextOf>
void sort_texts(std::vector<OrderedText>& texts, TextOf text_of) {
  const auto less = [&](const OrderedText& a, const OrderedText& b) {
    if (a.high != b.high) return a.high < b.high;
    if (a.low != b.low) return a.low < b.low;
    if (a.size > 16 && b.size > 16) {
      if (const int order = text_of(a.number).compare(text_of(b.number)); order != 0) return order < 0;
    } else if (a.size != b.size) {
      return a.size < b.size;
    }
    return a.number < b.number;
  };
  constexpr std::size_t kFew = 4096;
  if (texts.size() < kFew) return std::sort(texts.begin(), texts.end(), less);
  std::vector<std::uint32_t> begins((1U << 16) + 1);
  for (const OrderedText& text : texts) ++begins[(text.high >> 48) + 1];
  for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
  std::vector<OrderedText> dealt(texts.size());
  std::vector<std::uint32_t> next(begins.begin(), begins.end() - 1);
  for (const OrderedText& text : texts) dealt[next[text.high >> 48]++] = text;
  for (std::size_t i = 0; i + 1 < begins.size(); ++i) {
    if (begins[i + 1] - begins[i] > 1) std::sort(dealt.begin() + begins[i], dealt.begin() + begins[i + 1], less);
  }
  texts = std::move(dealt);
}

// Of two that are neighbours in that order.
template <typename TextOf>
bool same_text(const OrderedText& a, const OrderedText& b, TextOf text_of) {
  return a.high == b.high && a.low == b.low && a.size == b.size && (a.size <= 16 || text_of(a.number) == text_of(b.number));
}

}  // namespace digest::index
