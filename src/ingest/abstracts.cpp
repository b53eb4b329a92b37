// SPDX-License-Identifier: MIT
#include "ingest/abstracts.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

// How abstracts begin. "Abstract" is a heading before these, and a word before others ("Abstract interpretation is ...").
constexpr auto kBeginnings = std::to_array<std::string_view>({
    "A", "Aim", "Aims", "Although", "An", "As", "Background", "Context", "Despite", "For", "Here", "Importance", "In", "Introduction",
    "It", "Motivation", "Objective", "Objectives", "On", "Our", "Purpose", "Recent", "Recently", "Significance", "Since", "The",
    "There", "These", "This", "To", "We", "When", "While", "With"});

std::size_t length_of_word(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_letter) - text.begin());
}

// What separates a heading from its text, and how much of it there is; 0: nothing does.
std::size_t length_of_separator(std::string_view text) {
  for (const std::string_view mark : {"\n\n", ":", ". ", ".\n", "—", "–", "--", " —", " –", " - ", " --", " :"}) {
    if (!text.starts_with(mark)) continue;
    const std::size_t end = std::min(text.size(), text.find_first_not_of(" \n-:", mark.size()));
    return mark.front() == ' ' && end < text.size() && is_lower(text[end]) ? 0 : end;  // "Abstract - and concrete - models"
  }
  return 0;
}

std::size_t length_of_heading(std::string_view text) {
  constexpr std::string_view kHeading = "abstract";
  if (!starts_ignoring_case(text, kHeading)) return 0;
  const bool capitals = is_upper(text[1]);
  const std::string_view rest = text.substr(kHeading.size());
  if (const std::size_t separator = length_of_separator(rest); separator > 0) return kHeading.size() + separator;
  if (rest.size() > 1 && is_upper(rest[0]) && is_upper(text[0]) && !capitals) return kHeading.size();  // "AbstractBackground"
  if (rest.size() < 2 || rest[0] != ' ') return 0;
  const std::string_view word = rest.substr(1, length_of_word(rest.substr(1)));
  const bool begins = std::find(kBeginnings.begin(), kBeginnings.end(), word) != kBeginnings.end();
  const bool in_capitals = capitals && word.size() > 1 && is_upper(word[0]) && !is_upper(word[1]);
  const bool is_label = !word.empty() && is_upper(word[0]) && rest.substr(1 + word.size()).starts_with(":");
  return begins || in_capitals || is_label ? kHeading.size() + 1 : 0;
}

// "[ABSTRACT FROM AUTHOR]" and the terms of use behind it are EBSCO's.
std::size_t length_without_terms(std::string_view text) {
  if (text.ends_with("(Copyright applies to all Abstracts.)")) {
    const std::size_t terms = text.rfind("Copyright of ");
    if (terms != std::string_view::npos && text.find("is the property of", terms) != std::string_view::npos) text = trim(text.substr(0, terms));
  }
  for (const std::string_view mark : {"[ABSTRACT FROM AUTHOR]", "ABSTRACT FROM AUTHOR", "[ABSTRACT FROM PUBLISHER]"}) {
    if (text.ends_with(mark)) return trim(text.substr(0, text.size() - mark.size())).size();
  }
  return text.size();
}

}  // namespace

void drop_surroundings(std::string& abstract) {
  if (const std::size_t length = length_without_terms(abstract); length > 0) abstract.resize(length);
  if (const std::size_t heading = length_of_heading(abstract); heading < abstract.size()) abstract.erase(0, heading);
}

}  // namespace digest::ingest
