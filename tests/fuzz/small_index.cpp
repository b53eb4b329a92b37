// SPDX-License-Identifier: MIT
#include "fuzz/small_index.hpp"

#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "base/hash.hpp"
#include "index/commit.hpp"
#include "index/index_writer.hpp"
#include "index/snapshot.hpp"
#include "search/searcher.hpp"

namespace digest::test {
namespace {

index::WriterOptions one_thread() {
  index::WriterOptions options;
  options.threads = 1;
  return options;
}

Paper paper_of(std::size_t number, std::string title, std::string abstract) {
  Paper paper;
  paper.title = std::move(title);
  paper.abstract = std::move(abstract);
  paper.authors = {"Ada Lovelace", "Li Wei"};
  paper.date = "2024-03-05";
  paper.ids["doi"] = "10.1000/" + std::to_string(number);
  paper.sources.push_back({"digest.txt", number, "page"});
  return paper;
}

Files two_segments() {
  FaultyDirectory directory;
  {
    index::IndexWriter writer(directory, one_thread());
    writer.add(paper_of(1, "Grokking beyond overfitting", "Networks that were fine-tuned grok late, and grokked networks stay so."));
    writer.add(paper_of(2, "Lottery tickets found early", "A lottery ticket wins at GPT-4V scale: tickets, ticket by ticket."));
    writer.add(paper_of(3, "Attention and its heads", ""));
    writer.commit();
  }
  index::IndexWriter writer(directory, one_thread());
  writer.add(paper_of(4, "Superposition in small models", "Small models hold more features than they have neurons."));
  writer.remove("doi:10.1000/2");
  writer.commit();
  return directory.files();
}

Files several_blocks() {
  FaultyDirectory directory;
  index::IndexWriter writer(directory, one_thread());
  for (std::size_t i = 0; i < 300; ++i) {
    const std::string own = "w" + std::to_string(i);
    writer.add(paper_of(i, own + " common", std::string(i % 7 == 0 ? "common rare common" : "rare") + " grok" + (i % 2 == 0 ? "ked" : "king")));
  }
  writer.commit();
  return directory.files();
}

// The table of sections in the last page of a segment (FORMAT.md).
constexpr std::size_t kCountAt = 16 + 8 * 4 + 4 * 8;

std::uint64_t repair_segment(std::string& bytes) {
  if (bytes.size() < index::kHeadBytes + index::kFooterBytes) return 0;
  char* page = bytes.data() + bytes.size() - index::kFooterBytes;
  const std::uint64_t sections = std::min<std::uint64_t>(load<std::uint64_t>(page + kCountAt), index::kSectionCount);
  for (std::uint64_t i = 0; i < sections; ++i) {
    char* entry = page + kCountAt + 8 + i * 32;
    const auto offset = load<std::uint64_t>(entry + 8), length = load<std::uint64_t>(entry + 16);
    if (offset > bytes.size() || length > bytes.size() - offset) continue;
    store(entry + 24, hash64(std::string_view(bytes).substr(offset, length)));
  }
  const std::uint64_t checksum = hash64({page, index::kFooterBytes - 8});
  store(page + index::kFooterBytes - 8, checksum);
  return checksum;
}

std::uint64_t repair_whole(std::string& bytes) {
  if (bytes.size() < 8) return 0;
  const std::uint64_t checksum = hash64(std::string_view(bytes).substr(0, bytes.size() - 8));
  store(bytes.data() + bytes.size() - 8, checksum);
  return checksum;
}

void search(const index::Snapshot& snapshot) {
  const search::Searcher searcher(snapshot);
  constexpr std::array<const char*, 10> kQueries = {
      "", "grokking", "lottery ticket", "\"lottery ticket\"~2", "common rare -w7", "gro*", "grokkin~1",
      "title:common date:2020..", "doi:10.1000/2", "10.1000/3"};
  for (const char* query : kQueries) {
    only_errors([&] {
      SearchRequest request;
      request.query = query;
      request.explain = true;
      request.facets = {"year", "source"};
      (void)searcher.search(request, 20000);
    });
  }
  SearchRequest request;
  request.query = "common grok";
  request.ranker = Ranker::bm25;
  only_errors([&] { (void)searcher.search(request, 20000); });
  only_errors([&] { (void)searcher.similar({"doi:10.1000/1"}, "", request); });
}

}  // namespace

const Files& small_index(unsigned which) {
  static const Files kTwo = two_segments(), kBlocks = several_blocks();
  return which == 0 ? kTwo : kBlocks;
}

void repair_checksums(Files& files) {
  std::map<std::uint64_t, std::uint64_t> segments, tombstones;  // number -> checksum
  for (auto& [name, bytes] : files) {
    if (name.rfind("segment-", 0) == 0) segments[std::stoull(name.substr(8))] = repair_segment(bytes);
    if (name.rfind("tombstones-", 0) == 0) tombstones[std::stoull(name.substr(11))] = repair_whole(bytes);
  }
  for (auto& [name, bytes] : files) {
    if (name.rfind("commit-", 0) != 0) continue;
    for (std::size_t at = 40; at + 56 + 8 <= bytes.size(); at += 56) {
      char* entry = bytes.data() + at;
      const auto segment = segments.find(load<std::uint64_t>(entry));
      if (segment != segments.end()) {
        store(entry + 8, std::uint64_t{files[index::segment_file_name(segment->first)].size()});
        store(entry + 16, segment->second);
      }
      const auto grave = tombstones.find(load<std::uint64_t>(entry + 24));
      if (grave != tombstones.end()) {
        store(entry + 32, std::uint64_t{files[index::tombstone_file_name(grave->first)].size()});
        store(entry + 40, grave->second);
      }
    }
    repair_whole(bytes);
  }
}

void ask_everything(const Files& files, Asked how) {
  const FaultyDirectory directory(files);
  const auto access = how == Asked::mapped ? storage::Access::mapped : storage::Access::small_reads;
  only_errors([&] {
    const auto snapshot = index::Snapshot::open(directory, access);
    (void)snapshot->statistics();
    only_errors([&] { snapshot->for_each([](const index::Snapshot::StoredPaper&) { return true; }); });
    only_errors([&] {
      for (const auto words = snapshot->vocabulary().words(); !words->at_end(); words->next()) (void)words->word();
    });
    for (const char* id : {"doi:10.1000/1", "10.1000/2", "doi:10.1000/250"}) only_errors([&] { (void)snapshot->find(id); });
    search(*snapshot);
  });
}

void write_on(const Files& files) {
  FaultyDirectory directory(files);
  only_errors([&] {
    index::IndexWriter writer(directory, one_thread());
    writer.add(paper_of(1, "Grokking beyond overfitting", "Known, with another abstract that says a good deal more than the one before."));
    writer.add(paper_of(9, "Written later", "Later than the others."));
    writer.remove("doi:10.1000/3");
    writer.optimize();
    writer.commit();
  });
}

}  // namespace digest::test
