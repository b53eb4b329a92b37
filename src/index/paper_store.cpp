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

[[noreturn]] void damaged(std::string_view what) {
  throw Error(ErrorKind::corrupt, std::string("A block of stored papers is damaged: ") + std::string(what) + ". " + std::string(kHowToMend));
}

void check(std::size_t result, const char* what) {
  if (ZSTD_isError(result)) throw Error(ErrorKind::limit, std::string(what) + ": " + ZSTD_getErrorName(result) + ".");
}

}  // namespace

std::string train_dictionary(const std::string& samples, const std::vector<std::size_t>& sizes) {
  if (samples.size() < kLeastSamples || sizes.size() < 16) return {};
  std::string dictionary(std::min(kMostDictionary, samples.size() / 12), '\0');
  ZDICT_fastCover_params_t parameters{};
  parameters.k = 1024, parameters.d = 8, parameters.f = 18, parameters.accel = 10;
  parameters.zParams.compressionLevel = 3;
  const std::size_t size = ZDICT_trainFromBuffer_fastCover(dictionary.data(), dictionary.size(), samples.data(), sizes.data(),
                                                           static_cast<unsigned>(sizes.size()), parameters);
  if (ZDICT_isError(size)) return {};
  dictionary.resize(size);
  return dictionary;
}

CompressionDictionary::CompressionDictionary(std::string bytes, int level) : bytes_(std::move(bytes)), level_(level) {
  if (bytes_.empty()) return;
  prepared_ = ZSTD_createCDict(bytes_.data(), bytes_.size(), level);
  if (prepared_ == nullptr) throw std::bad_alloc();
}
CompressionDictionary::~CompressionDictionary() { ZSTD_freeCDict(static_cast<ZSTD_CDict*>(prepared_)); }

PaperCompressor::PaperCompressor() : context_(ZSTD_createCCtx()) {
  if (context_ == nullptr) throw std::bad_alloc();
}
PaperCompressor::~PaperCompressor() { ZSTD_freeCCtx(static_cast<ZSTD_CCtx*>(context_)); }

void PaperCompressor::append_block(std::string& out, const std::vector<std::string_view>& papers,
                                   const CompressionDictionary& dictionary) {
  plain_.clear();
  append_varint(plain_, papers.size());
  for (const std::string_view paper : papers) append_varint(plain_, paper.size());
  for (const std::string_view paper : papers) plain_.append(paper);
  auto* context = static_cast<ZSTD_CCtx*>(context_);
  ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters);
  check(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, dictionary.level()), "zstd");
  check(ZSTD_CCtx_setParameter(context, ZSTD_c_dictIDFlag, 0), "zstd");
  if (dictionary.prepared() != nullptr) {
    check(ZSTD_CCtx_refCDict(context, static_cast<const ZSTD_CDict*>(dictionary.prepared())), "zstd");
  }
  const std::size_t before = out.size();
  out.resize(before + ZSTD_compressBound(plain_.size()));
  const std::size_t size = ZSTD_compress2(context, out.data() + before, out.size() - before, plain_.data(), plain_.size());
  check(size, "A block of papers could not be compressed");
  out.resize(before + size);
}

PaperDecompressor::PaperDecompressor(std::string_view dictionary) : context_(ZSTD_createDCtx()) {
  if (context_ == nullptr) throw std::bad_alloc();
  if (dictionary.empty()) return;
  dictionary_ = ZSTD_createDDict_byReference(dictionary.data(), dictionary.size());
  if (dictionary_ == nullptr) damaged("its dictionary is");
}
PaperDecompressor::~PaperDecompressor() {
  ZSTD_freeDDict(static_cast<ZSTD_DDict*>(dictionary_));
  ZSTD_freeDCtx(static_cast<ZSTD_DCtx*>(context_));
}

const std::vector<std::string_view>& PaperDecompressor::decompress(std::string_view frame) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > kMaxBlockBytes) damaged("no frame");
  // A zstd frame expands at most some 30,000 times: more is a lie that would only cost memory.
  if (size / 65536 > frame.size()) damaged("it claims an impossible size");
  char* plain = plain_.room(static_cast<std::size_t>(size) + 1);
  auto* context = static_cast<ZSTD_DCtx*>(context_);
  const std::size_t got =
      dictionary_ != nullptr
          ? ZSTD_decompress_usingDDict(context, plain, size, frame.data(), frame.size(), static_cast<ZSTD_DDict*>(dictionary_))
          : ZSTD_decompressDCtx(context, plain, size, frame.data(), frame.size());
  if (ZSTD_isError(got) || got != size) damaged(ZSTD_isError(got) ? ZSTD_getErrorName(got) : "wrong size");
  ByteReader in({plain, got}, "A block of stored papers");
  std::vector<std::uint64_t> sizes(in.varint_up_to<std::size_t>(std::min<std::size_t>(got, 1024)));
  for (std::uint64_t& length : sizes) length = in.varint();
  papers_.clear();
  for (const std::uint64_t length : sizes) papers_.push_back(in.bytes(length));
  return papers_;
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
  if (block != block_ || papers_ == nullptr) {
    if (!decompressor_) decompressor_ = std::make_unique<PaperDecompressor>(dictionary());
    block_ = ~0U;
    papers_ = &decompressor_->decompress(frame(block));
    block_ = block;
  }
  const std::uint32_t index = paper % file_->counts().papers_per_block;
  if (index >= papers_->size()) file_->damaged(SectionId::papers, "a block with too few papers");
  return (*papers_)[index];
}

}  // namespace digest::index
