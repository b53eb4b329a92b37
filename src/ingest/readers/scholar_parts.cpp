// SPDX-License-Identifier: MIT
#include "ingest/readers/scholar_parts.hpp"

#include "ingest/cleaning.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

int hex(char c) { return is_digit(c) ? c - '0' : to_lower(c) >= 'a' && to_lower(c) <= 'f' ? to_lower(c) - 'a' + 10 : -1; }

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex(text[i + 1]) : -1;
    const int low = high >= 0 ? hex(text[i + 2]) : -1;
    if (low < 0) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

}  // namespace

std::string scholar_target(std::string_view link) {
  if (link.find("scholar_url?") == std::string_view::npos) return std::string(link);
  std::string_view rest;
  for (const std::string_view parameter : {"?url=", "&url=", "?q=", "&q="}) {  // "q" before 2017
    const std::size_t begin = link.find(parameter);
    if (begin == std::string_view::npos) continue;
    rest = link.substr(begin + parameter.size());
    break;
  }
  if (rest.empty()) return std::string(link);
  const std::size_t own = rest.find("&hl=");
  return percent_decoded(rest.substr(0, own == std::string_view::npos ? rest.find('&') : own));
}

void read_scholar_byline(std::string_view line, Paper& paper) {
  const std::size_t dash = line.find(" - ");
  std::string names(trim(line.substr(0, dash)));
  for (const std::string_view cut : {"\xE2\x80\xA6", "..."}) {
    if (names.size() >= cut.size() && names.compare(names.size() - cut.size(), cut.size(), cut) == 0) names.resize(names.size() - cut.size());
  }
  paper.authors = split_authors(trim(names));
  if (dash == std::string_view::npos) return;
  std::string_view venue = trim(line.substr(dash + 3));
  // Result pages name the site or the publisher as well: "Venue, 2019 - arxiv.org".
  const std::size_t site = venue.rfind(" - ");
  if (site != std::string_view::npos && site >= 4 && digits_at(venue, site - 4) == 4) venue = trim(venue.substr(0, site));
  const std::size_t comma = venue.rfind(", ");
  const std::string_view last = comma == std::string_view::npos ? venue : trim(venue.substr(comma + 2));
  if (last.size() == 4 && digits_at(last, 0) == 4) {
    paper.date = last;
    venue = comma == std::string_view::npos ? std::string_view() : venue.substr(0, comma);
  }
  paper.venue = venue;
}

}  // namespace digest::ingest
