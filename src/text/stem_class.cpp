// SPDX-License-Identifier: MIT
#include <libstemmer.h>

#include <algorithm>
#include <memory>
#include <new>

#include "text/analyzer.hpp"
#include "text/ascii.hpp"

namespace digest::text {
namespace {

struct CloseStemmer {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

// Snowball's English stemmer, which keeps state between calls: one a thread.
std::string snowball(std::string_view form) {
  thread_local const std::unique_ptr<sb_stemmer, CloseStemmer> stemmer(sb_stemmer_new("english", "UTF_8"));
  if (stemmer == nullptr) throw std::bad_alloc();
  const auto* bytes = reinterpret_cast<const sb_symbol*>(form.data());
  const sb_symbol* stem = sb_stemmer_stem(stemmer.get(), bytes, static_cast<int>(form.size()));
  if (stem == nullptr) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(stemmer.get()))};
}

bool is_plain_word(std::string_view form) {
  return std::all_of(form.begin(), form.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

std::string stem_class(std::string_view form) {
  if (!is_plain_word(form)) return std::string(form.substr(0, kMaxFormBytes));
  std::string stem = snowball(form);
  if (stem.size() > 3 && stem.compare(stem.size() - 2, 2, "kk") == 0) stem.pop_back();
  return stem.empty() ? std::string(form) : stem;
}

}  // namespace digest::text
