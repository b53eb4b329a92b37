// SPDX-License-Identifier: MIT
#include "index/postings.hpp"

#include <digest/error.hpp>

#include <map>
#include <random>

#include "support/catch.hpp"

using namespace digest;
using namespace digest::index;

namespace {

struct Stored {
  std::unique_ptr<storage::Directory> directory = storage::make_memory_directory();
  std::unique_ptr<SegmentFile> file;
};

Stored store(const std::string& postings, const std::string& positions, const std::vector<std::uint16_t>& lengths) {
  Stored out;
  SegmentFileWriter writer(*out.directory, "segment-1");
  const auto section = [&](SectionId id, std::string_view bytes) {
    writer.begin(id), writer.append(bytes), writer.end();
  };
  section(SectionId::postings, postings);
  section(SectionId::positions, positions);
  section(SectionId::lengths, {reinterpret_cast<const char*>(lengths.data()), lengths.size() * 2});
  section(SectionId::title_lengths, {reinterpret_cast<const char*>(lengths.data()), lengths.size() * 2});
  for (const SectionId id : {SectionId::dates, SectionId::first_indexed}) section(id, std::string(lengths.size() * 4, '\0'));
  section(SectionId::id_hashes, std::string(lengths.size() * 8, '\0'));
  SegmentCounts counts;
  counts.papers = static_cast<std::uint32_t>(lengths.size());
  counts.papers_per_block = 4;
  const auto finished = writer.finish(counts);
  out.file = SegmentFile::open(*out.directory, "segment-1", storage::Access::small_reads, finished.size, finished.checksum);
  return out;
}

}  // namespace

TEST_CASE("a posting list gives back papers, frequencies, positions and forms, at every length") {
  std::mt19937 engine(4);
  const auto random = [&] { return static_cast<std::uint32_t>(engine()); };
  for (const std::size_t wanted : {1U, 4U, 5U, 127U, 128U, 129U, 256U, 5000U, 20000U}) {
    const std::uint32_t papers = static_cast<std::uint32_t>(wanted) * 3 + 10;
    std::vector<std::uint16_t> lengths(papers);
    std::vector<std::uint64_t> hashes(papers);
    for (auto& length : lengths) length = static_cast<std::uint16_t>(10 + random() % 400);
    for (auto& hash : hashes) hash = random();
    std::map<std::uint32_t, std::vector<std::pair<std::uint32_t, std::uint32_t>>> oracle;
    while (oracle.size() < wanted) {
      auto& list = oracle[random() % papers];
      if (!list.empty()) continue;
      std::uint32_t position = 0;
      for (std::uint32_t n = 1 + (random() % 4 == 0 ? random() % 9 : 0); n > 0; --n) list.emplace_back(position += random() % 60, random() % 3);
    }
    std::string postings = "before", positions = "before";
    PostingEncoder encoder(postings, positions, {lengths, hashes});
    encoder.begin(true, wanted);
    for (const auto& [paper, list] : oracle) {
      std::vector<std::uint32_t> at, forms;
      for (const auto& [position, form] : list) at.push_back(position), forms.push_back(form);
      encoder.add(paper, at, forms);
    }
    TermInfo info = encoder.end();
    info.forms = {{"a", {}}, {"b", {}}, {"ab", {1}}};
    info = decode_term_info(encode_term_info(info, "a"), "a", Forms::read);
    REQUIRE(info.papers == wanted);
    REQUIRE(info.forms[2].form == "ab");
    REQUIRE(info.forms[2].part_ends == std::vector<std::uint8_t>{1});
    const Stored stored = store(postings, positions, lengths);
    const PostingList list(*stored.file, info);
    PostingBlock block;
    PostingList::Occurrences found;
    auto expected = oracle.begin();
    for (std::uint32_t b = 0; b < list.blocks(); ++b) {
      list.decode(b, block);
      for (std::uint32_t i = 0; i < block.count; ++i, ++expected) {
        REQUIRE(block.papers[i] == expected->first);
        REQUIRE(block.frequencies[i] == expected->second.size());
        list.occurrences(b, block, i, Forms::read, found);
        for (std::size_t k = 0; k < found.positions.size(); ++k) {
          REQUIRE(found.positions[k] == expected->second[k].first);
          REQUIRE(found.forms[k] == expected->second[k].second);
        }
        const std::uint32_t border = random() % 200;
        const auto before = std::count_if(found.positions.begin(), found.positions.end(), [border](std::uint32_t p) { return p < border; });
        REQUIRE(list.occurrences_before(border, b, block, i) == static_cast<std::uint32_t>(before));
      }
    }
    REQUIRE(expected == oracle.end());
    for (int i = 0; i < 500 && list.blocks() > 1; ++i) {
      const std::uint32_t paper = random() % papers, from = random() % list.blocks();
      std::uint32_t naive = from;
      while (naive < list.blocks() && list.last_paper(naive) < paper) ++naive;
      REQUIRE(list.find_block(paper, from) == naive);
    }
    if (wanted < kBestListFrom) continue;
    // Whatever k1, b and average length: the best papers by score are in the list of the best.
    for (const auto& [k1, b, average] : {std::tuple{0.9, 0.4, 200.0}, {2.0, 1.0, 50.0}, {1.2, 0.01, 100.0}, {0.1, 0.75, 300.0}}) {
      std::vector<std::tuple<double, std::uint64_t, std::uint32_t>> ranked;
      for (const auto& [paper, at] : oracle) {
        const double tf = static_cast<double>(at.size());
        ranked.emplace_back(-tf / (tf + k1 * (1 - b + b * lengths[paper] / average)), hashes[paper], paper);
      }
      std::sort(ranked.begin(), ranked.end());
      const auto best = list.best();
      REQUIRE(best.size() < wanted / 4);
      for (std::size_t i = 0; i < kBestListDepth; ++i) {
        const auto paper = std::get<2>(ranked[i]);
        INFO("rank " << i << " b " << b);
        REQUIRE(std::any_of(best.begin(), best.end(), [&](const BestPosting& p) { return p.paper == paper; }));
      }
    }
  }
}

TEST_CASE("a block whose sums run past the end of numbers is damaged, not a list of papers in disorder") {
  const std::vector<std::uint16_t> lengths(100);
  const std::uint32_t once[5] = {};
  const auto decode = [&](const std::vector<std::uint32_t>& gaps) {
    std::string postings;
    append_packed(postings, gaps.data(), gaps.size());
    append_packed(postings, once, gaps.size());
    const Stored stored = store(postings, "", lengths);
    TermInfo info;
    info.papers = static_cast<std::uint32_t>(gaps.size());
    info.occurrences = gaps.size();
    info.postings_length = postings.size();
    PostingBlock block;
    PostingList(*stored.file, info).decode(0, block);
  };
  decode({50, 0, 0, 0, 0});
  REQUIRE_THROWS_AS(decode({50, 0xFFFFFFFF, 0, 0, 0}), Error);       // the same paper twice
  REQUIRE_THROWS_AS(decode({50, 0xFFFFFFF0, 0, 0, 40}), Error);      // back, and forward again
}
