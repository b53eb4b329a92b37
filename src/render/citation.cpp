// SPDX-License-Identifier: MIT
#include "render/citation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ingest/identity.hpp"

namespace digest::render {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Of ASCII, accents folded ("muller" of "Müller"): what every BibTeX takes for a key.
std::string letters_and_digits(std::string_view text) {
  std::string out = ingest::title_key(text);
  std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return out;
}

// The first word of a title that says something.
std::string title_word(std::string_view title) {
  constexpr std::size_t kShort = 4;
  std::string first;
  for (std::size_t at = 0; at < title.size();) {
    const std::size_t end = std::min(title.find(' ', at), title.size());
    const std::string word = letters_and_digits(title.substr(at, end - at));
    if (word.size() >= kShort) return word;
    if (first.empty()) first = word;
    at = end + 1;
  }
  return first;
}

// "", "a" ... "z", "aa", ...
std::string suffix(unsigned number) {
  std::string out;
  for (; number > 0; number = (number - 1) / 26) out.insert(out.begin(), static_cast<char>('a' + (number - 1) % 26));
  return out;
}

}  // namespace

Name split_name(std::string_view name) {
  name = trimmed(name);
  if (const std::size_t comma = name.find(','); comma != std::string_view::npos) {
    return {std::string(trimmed(name.substr(0, comma))), std::string(trimmed(name.substr(comma + 1)))};
  }
  const std::size_t space = name.rfind(' ');
  if (space == std::string_view::npos) return {std::string(name), {}};
  return {std::string(name.substr(space + 1)), std::string(trimmed(name.substr(0, space)))};
}

std::vector<std::string_view> date_parts(std::string_view date) {
  std::vector<std::string_view> parts;
  while (!date.empty()) {
    const std::size_t end = std::min(date.find('-'), date.size());
    parts.push_back(date.substr(0, end));
    date.remove_prefix(std::min(end + 1, date.size()));
  }
  return parts;
}

std::string identifier(const Paper& paper, const std::string& kind) {
  const auto found = paper.ids.find(kind);
  return found == paper.ids.end() ? std::string() : found->second;
}

std::vector<std::string> addresses(const Paper& paper) {
  std::vector<std::string> list = paper.urls;
  const auto add_unless_known = [&list](const std::string& id, const std::string& address) {
    const auto names_it = [&id](const std::string& url) { return url.find(id) != std::string::npos; };
    if (!id.empty() && std::none_of(list.begin(), list.end(), names_it)) list.push_back(address + id);
  };
  add_unless_known(identifier(paper, "arxiv"), "https://arxiv.org/abs/");
  add_unless_known(identifier(paper, "acl"), "https://aclanthology.org/");
  add_unless_known(identifier(paper, "openreview"), "https://openreview.net/forum?id=");
  add_unless_known(identifier(paper, "pmid"), "https://pubmed.ncbi.nlm.nih.gov/");
  return list;
}

std::string KeyMaker::key_of(const Paper& paper) {
  const std::string name = paper.authors.empty() ? "" : letters_and_digits(split_name(paper.authors.front()).family);
  const auto parts = date_parts(paper.date);
  const std::string word = title_word(paper.title);
  const std::string key = (name.empty() && word.empty() ? "paper" : name) + (parts.empty() ? "" : std::string(parts.front())) + word;
  const unsigned before = used_[key]++;
  if (before == 0) return key;
  // A suffixed key may be some other paper's plain one.
  std::string other = key + suffix(before);
  while (used_.find(other) != used_.end()) other = key + suffix(used_[key]++);
  used_[other] = 1;
  return other;
}

}  // namespace digest::render
