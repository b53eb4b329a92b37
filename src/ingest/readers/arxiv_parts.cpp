// SPDX-License-Identifier: MIT
#include "ingest/readers/arxiv_parts.hpp"

#include "ingest/readers/record_reader.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {

std::string_view without_arxiv_label(std::string_view text) {
  text = trim(text);
  for (const std::string_view label : {"Title:", "Authors:", "Author:", "Subjects:", "Comments:", "Abstract:", "Journal-ref:", "Journal ref:"}) {
    if (starts_ignoring_case(text, label)) return trim(text.substr(label.size()));
  }
  return text;
}

void add_arxiv_subjects(Paper& paper, std::string_view text) {
  for (std::size_t from = 0, close = text.find(')'); close != std::string_view::npos; from = close + 1, close = text.find(')', from)) {
    const std::string_view before = text.substr(from, close - from);
    const std::size_t open = before.rfind('(');
    if (open == std::string_view::npos) continue;
    const std::string_view subject = before.substr(open + 1);
    if (!subject.empty() && is_lower(subject.front()) && subject.find(' ') == std::string_view::npos) add_category(paper, subject);
  }
}

std::uint64_t shown_arxiv_entries(std::string_view heading) {
  std::size_t at = heading.find("howing ");
  if (at == std::string_view::npos || heading.find("entries") == std::string_view::npos) return 0;
  at = heading.find_first_of("0123456789", at);
  if (at == std::string_view::npos || digits_at(heading, at) > 6) return 0;
  std::uint64_t number = 0;
  for (; at < heading.size() && is_digit(heading[at]); ++at) number = number * 10 + static_cast<std::uint64_t>(heading[at] - '0');
  return number;
}

std::string_view day_of_arxiv_heading(std::string_view heading) {
  if (const std::size_t at = heading.find(" for "); at != std::string_view::npos) heading.remove_prefix(at + 5);
  return trim(heading.substr(0, heading.find('(')));
}

}  // namespace digest::ingest
