// SPDX-License-Identifier: MIT
// Any bytes as a stored paper, and as a compressed block of them: a paper or an Error, and what is read is written and
// read as the same paper.
#include <cstdlib>

#include "base/utf8.hpp"
#include "fuzz/small_index.hpp"
#include "index/paper_codec.hpp"
#include "index/paper_store.hpp"

namespace {

using namespace digest;
using namespace digest::test;

void parse(std::string_view bytes) {
  only_errors([&] {
    const index::StoredRecord record = index::parse_paper(bytes);
    if (!is_valid_utf8(record.id + record.paper.title + record.paper.abstract + record.paper.venue)) std::abort();
    std::string again;
    index::append_paper(again, record.id, record.paper);
    const index::StoredRecord same = index::parse_paper(again);
    if (same.id != record.id || same.paper != record.paper) std::abort();
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  parse(bytes);
  for (const std::string_view dictionary : {std::string_view(), std::string_view("a dictionary that fits nothing")}) {
    index::PaperDecompressor decompressor(dictionary);
    only_errors([&] {
      for (const std::string_view paper : decompressor.decompress(bytes)) parse(paper);
    });
  }
  // As a writer would have stored it.
  std::string block;
  index::PaperCompressor compressor;
  compressor.append_block(block, {bytes, bytes.substr(0, size / 2)}, index::CompressionDictionary({}, 1));
  index::PaperDecompressor decompressor({});
  const auto& papers = decompressor.decompress(block);
  if (papers.size() != 2 || papers[0] != bytes || papers[1] != bytes.substr(0, size / 2)) std::abort();
  return 0;
}
