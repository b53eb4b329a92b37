// SPDX-License-Identifier: MIT
#include "index/paper_store.hpp"

#define ZDICT_STATIC_LINKING_ONLY  // fastCover with given parameters, dictionaries by reference
#define ZSTD_STATIC_LINKING_ONLY
#include <zdict.h>
#include <zstd.h>

#include <algorithm>
#include <new>

#include "base/bytes.hpp"

namespace digest::index {
namespace {

constexpr std::size_t kMostDictionary = 256U << 10;
constexpr std::size_t kLeastSamples = 64U << 10;
constexpr std::size_t kMostWordSamples = 2U << 20;  // text to count words in
constexpr std::size_t kMostSamples = 4U << 20;      // and to train zstd's dictionary with
constexpr unsigned kShortestMatch = 4;  // bytes; of coded text these are two or three words

[[noreturn]] void damaged(std::string_view what) {
  throw Error(ErrorKind::corrupt, std::string("A block of stored papers is damaged: ") + std::string(what) + ". " + std::string(kHowToMend));
}

void check(std::size_t result, const char* what) {
  if (ZSTD_isError(result)) throw Error(ErrorKind::limit, std::string(what) + ": " + ZSTD_getErrorName(result) + ".");
}

// The two halves of a dictionary: u32 bytes of the words, the words, zstd's.
struct Halves {
  CodedWords words;
  std::string_view zstd;
};
Halves split(std::string_view dictionary) {
  if (dictionary.empty()) return {};
  ByteReader in(dictionary, "The dictionary of stored papers");
  const std::string_view words = in.bytes(in.fixed<std::uint32_t>());
  return {CodedWords(words), in.bytes(in.remaining())};
}

}  // namespace

std::string train_dictionary(const std::string& samples, const std::vector<std::size_t>& sizes) {
  std::string out;
  if (samples.size() < kLeastSamples || sizes.size() < 16) return out;
  const std::string words = choose_coded_words(std::string_view(samples).substr(0, kMostWordSamples));
  append(out, static_cast<std::uint32_t>(words.size()));
  out.append(words);

  const WordEncoder encoder{CodedWords(words)};
  std::string coded;
  std::vector<std::size_t> coded_sizes;
  std::size_t at = 0;
  for (const std::size_t size : sizes) {
    if (at > kMostSamples) break;
    const std::size_t before = coded.size();
    encoder.append(coded, std::string_view(samples).substr(at, size));
    coded_sizes.push_back(coded.size() - before);
    at += size;
  }
  std::string dictionary(std::min(kMostDictionary, coded.size() / 12), '\0');
  ZDICT_fastCover_params_t parameters{};
  parameters.k = 1024, parameters.d = 8, parameters.f = 18, parameters.accel = 10;
  parameters.zParams.compressionLevel = 3;
  const std::size_t size = ZDICT_trainFromBuffer_fastCover(dictionary.data(), dictionary.size(), coded.data(), coded_sizes.data(),
                                                           static_cast<unsigned>(coded_sizes.size()), parameters);
  if (!ZDICT_isError(size)) out.append(dictionary, 0, size);
  return out;
}

CompressionDictionary::CompressionDictionary(std::string bytes, int level)
    : bytes_(std::move(bytes)), words_(split(bytes_).words), level_(level) {
  const std::string_view dictionary = split(bytes_).zstd;
  if (dictionary.empty()) return;
  ZSTD_compressionParameters parameters = ZSTD_getCParams(level, 0, dictionary.size());
  parameters.minMatch = std::min(parameters.minMatch, kShortestMatch);
  prepared_ = ZSTD_createCDict_advanced(dictionary.data(), dictionary.size(), ZSTD_dlm_byRef, ZSTD_dct_auto, parameters, ZSTD_defaultCMem);
  if (prepared_ == nullptr) throw std::bad_alloc();
}
CompressionDictionary::~CompressionDictionary() { ZSTD_freeCDict(static_cast<ZSTD_CDict*>(prepared_)); }

PaperCompressor::PaperCompressor() : context_(ZSTD_createCCtx()) {
  if (context_ == nullptr) throw std::bad_alloc();
}
PaperCompressor::~PaperCompressor() { ZSTD_freeCCtx(static_cast<ZSTD_CCtx*>(context_)); }

void PaperCompressor::append_block(std::string& out, const std::vector<std::string_view>& papers,
                                   const CompressionDictionary& dictionary) {
  codes_.clear();
  for (const std::string_view paper : papers) dictionary.words().append(codes_, paper);
  auto* context = static_cast<ZSTD_CCtx*>(context_);
  ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters);
  check(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, dictionary.level()), "zstd");
  check(ZSTD_CCtx_setParameter(context, ZSTD_c_dictIDFlag, 0), "zstd");
  if (dictionary.prepared() != nullptr) {
    check(ZSTD_CCtx_refCDict(context, static_cast<const ZSTD_CDict*>(dictionary.prepared())), "zstd");
  }
  const std::size_t before = out.size();
  out.resize(before + ZSTD_compressBound(codes_.size()));
  const std::size_t size = ZSTD_compress2(context, out.data() + before, out.size() - before, codes_.data(), codes_.size());
  check(size, "A block of papers could not be compressed");
  out.resize(before + size);
}

PaperDecompressor::PaperDecompressor(std::string_view dictionary) : context_(nullptr), words_(split(dictionary).words) {
  const std::string_view zstd = split(dictionary).zstd;
  if (!zstd.empty()) {
    dictionary_ = ZSTD_createDDict_byReference(zstd.data(), zstd.size());
    if (dictionary_ == nullptr) damaged("its dictionary is");
  }
  context_ = ZSTD_createDCtx();
  if (context_ == nullptr) {
    ZSTD_freeDDict(static_cast<ZSTD_DDict*>(dictionary_));
    throw std::bad_alloc();
  }
}
PaperDecompressor::~PaperDecompressor() {
  ZSTD_freeDDict(static_cast<ZSTD_DDict*>(dictionary_));
  ZSTD_freeDCtx(static_cast<ZSTD_DCtx*>(context_));
}

void PaperDecompressor::open(std::string_view frame) {
  ends_.clear();
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > kMaxBlockBytes) damaged("no frame");
  // A zstd frame expands at most some 30,000 times: more is a lie that would only cost memory.
  if (size / 65536 > frame.size()) damaged("it claims an impossible size");
  char* codes = memory_.room(static_cast<std::size_t>(size) + 1);
  auto* context = static_cast<ZSTD_DCtx*>(context_);
  const std::size_t got =
      dictionary_ != nullptr
          ? ZSTD_decompress_usingDDict(context, codes, size, frame.data(), frame.size(), static_cast<ZSTD_DDict*>(dictionary_))
          : ZSTD_decompressDCtx(context, codes, size, frame.data(), frame.size());
  if (ZSTD_isError(got) || got != size) damaged(ZSTD_isError(got) ? ZSTD_getErrorName(got) : "wrong size");
  codes_ = {codes, got};
}

bool PaperDecompressor::has(std::size_t index) {
  while (ends_.size() <= index) {
    const std::size_t from = ends_.empty() ? 0 : ends_.back() + 1;
    if (from >= codes_.size()) return false;
    ends_.push_back(words_.find_end(codes_, from));
  }
  return true;
}

std::string_view PaperDecompressor::paper(std::size_t index) {
  if (!has(index)) damaged("too few papers");
  const std::size_t begin = index == 0 ? 0 : ends_[index - 1] + 1;
  paper_.clear();
  words_.decode(paper_, codes_.substr(begin, ends_[index] - begin), kMaxBlockBytes);
  return paper_;
}

std::string_view PaperStore::dictionary() {
  return file_->read(SectionId::paper_dictionary, 0, file_->section_size(SectionId::paper_dictionary), dictionary_);
}

std::string_view PaperStore::frame(std::uint32_t block) {
  const std::string_view offsets = file_->read(SectionId::paper_offsets, std::uint64_t{block} * 8, 16, offsets_);
  const auto from = load<std::uint64_t>(offsets.data()), to = load<std::uint64_t>(offsets.data() + 8);
  if (to < from) file_->damaged(SectionId::paper_offsets, "offsets out of order");
  return file_->read(SectionId::papers, from, to - from, frame_);
}

std::string_view PaperStore::bytes(std::uint32_t paper) {
  const std::uint32_t block = paper / file_->counts().papers_per_block;
  if (block != block_) {
    if (!decompressor_) decompressor_ = std::make_unique<PaperDecompressor>(dictionary());
    block_ = ~0U;
    decompressor_->open(frame(block));
    block_ = block;
  }
  const std::uint32_t index = paper % file_->counts().papers_per_block;
  if (!decompressor_->has(index)) file_->damaged(SectionId::papers, "a block with too few papers");
  return decompressor_->paper(index);
}

}  // namespace digest::index
