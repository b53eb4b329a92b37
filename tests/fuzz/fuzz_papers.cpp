// SPDX-License-Identifier: MIT
// Any bytes as a stored paper, and as a compressed block of them: a paper or an Error, and what is read is written and
// read as the same paper.
#include <cstdlib>

#include "base/bytes.hpp"
#include "base/utf8.hpp"
#include "fuzz/small_index.hpp"
#include "index/paper_codec.hpp"
#include "index/paper_store.hpp"
#include "index/word_code.hpp"

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
  const std::string words = index::choose_coded_words(bytes);
  std::string dictionary;
  append(dictionary, static_cast<std::uint32_t>(words.size()));
  dictionary += words + "more that fits nothing";
  for (const std::string_view with : {std::string_view(), std::string_view(dictionary), bytes}) {
    only_errors([&] {
      index::PaperDecompressor decompressor(with);
      decompressor.open(bytes);
      for (std::size_t i = 0; decompressor.has(i); ++i) parse(decompressor.paper(i));
    });
    only_errors([&] {
      const index::WordDecoder decoder{index::CodedWords(with)};
      std::string out;
      decoder.decode(out, bytes.substr(0, decoder.find_end(bytes, 0)), 1U << 20);
    });
  }
  // As a writer would have stored it.
  for (const std::string& with : {std::string(), dictionary}) {
    std::string block;
    index::PaperCompressor compressor;
    compressor.append_block(block, {bytes, bytes.substr(0, size / 2)}, index::CompressionDictionary(with, 1));
    index::PaperDecompressor decompressor(with);
    decompressor.open(block);
    if (!decompressor.has(1) || decompressor.has(2) || decompressor.paper(0) != bytes || decompressor.paper(1) != bytes.substr(0, size / 2)) std::abort();
  }
  return 0;
}
