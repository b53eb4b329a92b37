// SPDX-License-Identifier: MIT
// Another program: writes an index with the installed library and searches it. consumer FOLDER
#include <digest/search.hpp>

#include <iostream>

#include "index/index_writer.hpp"
#include "index/snapshot.hpp"
#include "search/searcher.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto directory = digest::storage::open_fs_directory(argv[1], digest::storage::Create::yes);
  digest::index::IndexWriter writer(*directory, {});
  digest::Paper paper;
  paper.title = "Grokking in Small Networks";
  paper.abstract = "Networks that were fitted long ago begin to generalise.";
  paper.sources.push_back({"memory", 1, "none"});
  writer.add(std::move(paper));
  writer.commit();

  const auto snapshot = digest::index::Snapshot::open(*directory, digest::storage::Access::mapped);
  digest::SearchRequest request;
  request.query = "grok";
  const digest::SearchResult result = digest::search::Searcher(*snapshot).search(request, 0);
  for (const digest::Hit& hit : result.hits) std::cout << hit.paper.title << '\n';
  return result.hits.size() == 1 ? 0 : 1;
}
