// SPDX-License-Identifier: MIT
// A sound segment file around sections that anybody may have written.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "index/segment_file.hpp"

namespace digest::test {

struct SectionFile {
  std::unique_ptr<storage::Directory> directory = storage::make_memory_directory();
  std::unique_ptr<index::SegmentFile> file;

  SectionFile(const std::map<index::SectionId, std::string>& sections, std::uint32_t papers, storage::Access access) {
    using index::SectionId;
    index::SegmentFileWriter writer(*directory, "segment-1");
    std::map<SectionId, std::string> all = sections;
    for (const SectionId id : {SectionId::lengths, SectionId::title_lengths}) all.emplace(id, std::string(papers * 2, '\1'));
    for (const SectionId id : {SectionId::dates, SectionId::first_indexed}) all.emplace(id, std::string(papers * 4, '\1'));
    all.emplace(SectionId::id_hashes, std::string(papers * 8, '\1'));
    for (const auto& [id, bytes] : all) writer.begin(id), writer.append(bytes), writer.end();
    index::SegmentCounts counts;
    counts.papers = counts.living = papers;
    counts.papers_per_block = 4;
    const auto finished = writer.finish(counts);
    file = index::SegmentFile::open(*directory, "segment-1", access, finished.size, finished.checksum);
  }
};

}  // namespace digest::test
