// SPDX-License-Identifier: MIT
#include "ingest/addresses.hpp"

#include <algorithm>
#include <array>

#include "ingest/identifiers.hpp"
#include "ingest/identity.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

// Pages whose address is made of an identifier (identifiers.cpp reads it).
bool holds_identifier(std::string_view url) {
  constexpr auto kHosts = std::to_array<std::string_view>({"arxiv.org/", "doi.org/10.", "aclanthology.org/", "pubmed.ncbi.nlm.nih.gov/", "openreview.net/"});
  return std::any_of(kHosts.begin(), kHosts.end(), [url](std::string_view host) { return url.find(host) != std::string_view::npos; });
}

// A publisher's path goes on behind the DOI: "/10.1000/x/abstract", "/10.1000/x.pdf". The longest first.
void add_dois(std::string_view url, std::vector<std::string>& keys) {
  constexpr int kMost = 4;
  std::string found = doi(url.substr(0, url.find_first_of("?#")));
  for (int i = 0; i < kMost && !found.empty(); ++i) {
    keys.push_back("doi:" + found);
    if (found.ends_with(".pdf")) {
      found.resize(found.size() - 4);
      continue;
    }
    const std::size_t slash = found.rfind('/');
    found.resize(slash == found.find('/') ? 0 : slash);
  }
}

void add_arxiv(std::string_view url, std::vector<std::string>& keys) {
  const std::size_t at = find_ignoring_case(url, "arxiv");
  if (at == std::string_view::npos) return;
  for (std::size_t next = url.find_first_of("/:=.", at); next != std::string_view::npos; next = url.find_first_of("/:=.", next + 1)) {
    std::string_view rest = url.substr(next + 1);
    rest = rest.substr(0, rest.find_first_of("&?#"));
    if (std::string found = arxiv_id(rest); !found.empty()) return keys.push_back("arxiv:" + found);
  }
}

}  // namespace

std::string address_key(std::string_view url) {
  url = trim(url);
  if (!starts_ignoring_case(url, "https://") && !starts_ignoring_case(url, "http://")) return {};
  url.remove_prefix(url.find("://") + 3);
  if (starts_ignoring_case(url, "www.")) url.remove_prefix(4);
  url = url.substr(0, url.find('#'));
  while (url.ends_with('/')) url.remove_suffix(1);
  const std::size_t host = std::min(url.find('/'), url.size());
  return url.empty() ? std::string() : "url:" + lower_case(url.substr(0, host)) + std::string(url.substr(host));
}

std::vector<std::string> address_keys(const Paper& paper) {
  constexpr std::size_t kLooked = 4;
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < std::min(paper.urls.size(), kLooked); ++i) {
    if (holds_identifier(paper.urls[i])) continue;
    if (std::string key = address_key(paper.urls[i]); !key.empty()) keys.push_back(std::move(key));
  }
  return keys;
}

std::vector<std::string> keys_of_address(std::string_view url) {
  Paper asked;
  asked.urls.emplace_back(url);
  find_identifiers(asked);
  std::vector<std::string> keys = lookup_keys(asked);
  std::string own = address_key(url);
  if (own.empty()) return keys;
  keys.push_back(std::move(own));
  add_dois(url, keys);
  add_arxiv(url, keys);
  return keys;
}

}  // namespace digest::ingest
