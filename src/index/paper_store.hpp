// SPDX-License-Identifier: MIT
// The papers themselves: words as codes, and these as zstd frames of a few papers each, against a list of words and a
// dictionary learnt from the first papers, so that one paper costs one small read (FORMAT.md, "Papers"). A compressor or
// a store belongs to one thread.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "index/paper_codec.hpp"
#include "index/segment_file.hpp"
#include "index/word_code.hpp"

namespace digest::index {

inline constexpr std::uint32_t kPapersPerBlock = 4;           // on disk in each segment
inline constexpr std::uint64_t kMaxBlockBytes = 256ULL << 20; // decoded

// A dictionary for papers like these samples (serialised): its words and zstd's dictionary, both empty if there is too
// little to learn from. As it lies in the file.
std::string train_dictionary(const std::string& samples, const std::vector<std::size_t>& sizes);

// The same dictionary, prepared for compression; shared between threads.
class CompressionDictionary {
 public:
  CompressionDictionary(std::string bytes, int level);
  ~CompressionDictionary();
  CompressionDictionary(const CompressionDictionary&) = delete;
  CompressionDictionary& operator=(const CompressionDictionary&) = delete;
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] const WordEncoder& words() const { return words_; }
  [[nodiscard]] const void* prepared() const { return prepared_; }
  [[nodiscard]] int level() const { return level_; }

 private:
  std::string bytes_;
  WordEncoder words_;
  void* prepared_ = nullptr;
  int level_;
};

class PaperCompressor {
 public:
  PaperCompressor();
  ~PaperCompressor();
  PaperCompressor(const PaperCompressor&) = delete;
  PaperCompressor& operator=(const PaperCompressor&) = delete;
  // Appends one frame of `papers` (each serialised).
  void append_block(std::string& out, const std::vector<std::string_view>& papers, const CompressionDictionary& dictionary);

 private:
  void* context_;
  std::string codes_;
};

// Reads frames back.
class PaperDecompressor {
 public:
  explicit PaperDecompressor(std::string_view dictionary);  // which outlives it; Error(corrupt)
  ~PaperDecompressor();
  PaperDecompressor(const PaperDecompressor&) = delete;
  PaperDecompressor& operator=(const PaperDecompressor&) = delete;
  // Makes a frame the current one. Error(corrupt).
  void open(std::string_view frame);
  // Whether the current frame has so many papers and one more. Error(corrupt).
  bool has(std::size_t index);
  // One that it has; the view lives until the next call. Error(corrupt).
  std::string_view paper(std::size_t index);

 private:
  void* context_;
  void* dictionary_ = nullptr;
  WordDecoder words_;
  Scratch memory_;
  std::string_view codes_;          // of the current frame
  std::vector<std::size_t> ends_;   // of its papers, as far as they were asked for
  std::string paper_;
};

// The papers of a segment file.
class PaperStore {
 public:
  explicit PaperStore(const SegmentFile& file) : file_(&file) {}
  // The serialised paper; the view lives until the next call.
  std::string_view bytes(std::uint32_t paper);
  StoredRecord read(std::uint32_t paper) { return parse_paper(bytes(paper)); }
  // The frame of a block as it lies in the file.
  std::string_view frame(std::uint32_t block);
  [[nodiscard]] std::string_view dictionary();

 private:
  const SegmentFile* file_;
  Scratch offsets_, frame_, dictionary_;
  std::unique_ptr<PaperDecompressor> decompressor_;
  std::uint32_t block_ = ~0U;  // the decompressor's current one
};

}  // namespace digest::index
