// SPDX-License-Identifier: MIT
#include "index/locator.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "index/key_table.hpp"
#include "index/paper_store.hpp"
#include "ingest/addresses.hpp"
#include "ingest/identity.hpp"

namespace digest::index {
namespace {

std::vector<std::string> possible_keys(std::string_view id) {
  std::vector<std::string> keys{std::string(id)};
  Paper asked;
  asked.ids["source"] = id;  // "arXiv:2505.00931v2", "DOI:10.1000/X"
  ingest::find_identifiers(asked);
  for (std::string& key : ingest::lookup_keys(asked)) keys.push_back(std::move(key));
  for (std::string& key : ingest::keys_of_address(id)) keys.push_back(std::move(key));
  for (const std::string_view kind : {"arxiv:", "doi:", "pmid:", "acl:", "openreview:"}) {
    keys.push_back(std::string(kind) + std::string(id));
  }
  return keys;
}

bool has(const std::vector<std::string>& keys, const std::string& key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); }

}  // namespace

std::optional<Location> locate(const std::vector<const Segment*>& segments, std::string_view id) {
  Scratch scratch;
  for (const std::string& key : possible_keys(id)) {
    for (std::size_t s = 0; s < segments.size(); ++s) {
      for (const std::uint32_t paper : find_key(segments[s]->file(), hash64(key), scratch)) {
        if (segments[s]->is_dead(paper)) continue;
        PaperStore store(segments[s]->file());
        const StoredRecord record = store.read(paper);
        if (record.id == key || has(ingest::lookup_keys(record.paper), key) || has(ingest::address_keys(record.paper), key)) return Location{s, paper};
      }
    }
  }
  return std::nullopt;
}

std::vector<Location> locate_title(const std::vector<const Segment*>& segments, std::string_view title, std::size_t most) {
  const std::string key = ingest::title_key(title);
  std::vector<Location> found;
  if (key.empty()) return found;
  Scratch scratch;
  for (std::size_t s = 0; s < segments.size(); ++s) {
    for (const std::uint32_t paper : find_key(segments[s]->file(), hash64("title:" + key), scratch)) {
      if (segments[s]->is_dead(paper)) continue;
      if (ingest::title_key(PaperStore(segments[s]->file()).read(paper).paper.title) != key) continue;
      if (found.size() == most) return {};
      found.push_back({s, paper});
    }
  }
  return found;
}

}  // namespace digest::index
