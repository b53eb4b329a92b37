// SPDX-License-Identifier: MIT
#include "ingest/readers/tab_title.hpp"

#include <algorithm>
#include <array>

#include "ingest/readers/record_reader.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

// Names of sites as they stand behind titles, in small letters.
constexpr auto kSites = std::to_array<std::string_view>({
    "acl anthology", "acm digital library", "arxiv", "arxiv.org", "biorxiv", "cell", "ieee journals & magazine", "ieee conference publication",
    "ieee xplore", "medrxiv", "mit press", "nature", "nature communications", "nature medicine", "nature methods", "openreview",
    "oxford academic", "papers with code", "plos one", "pmc", "pnas", "proceedings of the national academy of sciences", "pubmed",
    "science", "science advances", "scientific reports", "sciencedirect", "semantic scholar", "springerlink", "ssrn", "taylor & francis",
    "wiley online library",
});

std::string_view without_number(std::string_view title) {
  if (!title.starts_with('[')) return title;
  const std::size_t close = title.find(']');
  if (close == std::string_view::npos || close > 30 || arxiv_id_shape(title.substr(1, close - 1)).empty()) return title;
  return trim(title.substr(close + 1));
}

// Where " | Site" begins, or npos. "Sepsis - PubMed", "Beads | Nature Methods".
std::size_t site_begins(std::string_view title) {
  std::size_t best = std::string_view::npos;
  for (const std::string_view sign : {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xB7 "}) {
    const std::size_t at = title.rfind(sign);
    if (at == std::string_view::npos || at == 0) continue;
    const std::string site = lower_case(trim(title.substr(at + sign.size())));
    const bool may_be_title = sign != " | " && (site == "nature" || site == "science" || site == "cell");
    if (!may_be_title && std::find(kSites.begin(), kSites.end(), site) != kSites.end()) best = std::min(best, at);
  }
  return best;
}

}  // namespace

std::string_view without_site(std::string_view title) {
  constexpr int kMostSites = 4;
  title = trim(title);
  std::size_t at = site_begins(title);
  for (int sites = 0; at != std::string_view::npos && sites < kMostSites; ++sites, at = site_begins(title)) title = trim(title.substr(0, at));  // "... | Nature Methods | Nature"
  return without_number(title);
}

}  // namespace digest::ingest
