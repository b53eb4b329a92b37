// SPDX-License-Identifier: MIT
#include "index/batch.hpp"

#include <digest/limits.hpp>

#include <algorithm>
#include <utility>

#include "base/date.hpp"
#include "base/hash.hpp"
#include "base/memory.hpp"
#include "index/inversion.hpp"
#include "index/segment_sections.hpp"

namespace digest::index {
namespace {

constexpr std::size_t kChunkPapers = 512;          // a multiple of kPapersPerBlock
constexpr std::size_t kChunkBytes = 1U << 20;
constexpr std::size_t kFixedMemory = 24U << 20;    // chunks under way, the dictionary, buffers
constexpr std::uint32_t kTrainingPapers = 4096;
static_assert(kChunkPapers % kPapersPerBlock == 0);

std::size_t text_size(const Paper& paper) {
  std::size_t size = paper.title.size() + paper.abstract.size() + 256;
  for (const std::string& author : paper.authors) size += author.size();
  for (const std::string& url : paper.urls) size += url.size();
  return size;
}

}  // namespace

Batch::Batch(WorkQueue& queue, std::shared_ptr<const CompressionDictionary> dictionary)
    : queue_(queue), dictionary_(std::move(dictionary)) {
  for (unsigned i = 0; i < queue.workers(); ++i) {
    analysers_.push_back(std::make_unique<PaperAnalyser>());
    compressors_.push_back(std::make_unique<PaperCompressor>());
  }
}

std::uint32_t Batch::add(Paper&& paper, std::string id, const std::vector<std::uint64_t>& keys, const std::vector<std::uint64_t>& addresses,
                         std::int32_t first_indexed) {
  const std::uint32_t slot = papers();
  if (chunks_.empty() || chunks_.back()->done || chunks_.back()->papers.size() >= kChunkPapers ||
      (chunks_.back()->text_bytes >= kChunkBytes && chunks_.back()->papers.size() % kPapersPerBlock == 0)) {
    submit_open_chunk();
    chunks_.push_back(std::make_unique<Chunk>());
    chunks_.back()->first_slot = slot;
  }
  const auto day = parse_date(paper.date);
  rows_.push_back({hash64(id), day ? day->first : kNoDate, first_indexed, !paper.abstract.empty(), false});
  for (const std::uint64_t key : keys) {
    keys_.push_back({key, slot});
    by_key_.emplace(key, slot);
  }
  for (const std::uint64_t address : addresses) keys_.push_back({address, slot});
  Chunk& chunk = *chunks_.back();
  chunk.text_bytes += text_size(paper);
  text_bytes_ += text_size(paper);
  chunk.papers.push_back(std::move(paper));
  chunk.ids.push_back(std::move(id));
  return slot;
}

void Batch::free_spent() {
  std::vector<Spent> spent;
  const std::lock_guard<std::mutex> guard(spent_mutex_);
  spent.swap(spent_);
}

void Batch::submit_open_chunk() {
  free_spent();
  if (chunks_.empty() || chunks_.back()->papers.empty() || chunks_.back()->done) return;
  if (!dictionary_ && papers() >= kTrainingPapers) train();
  Chunk* chunk = chunks_.back().get();
  chunk->done = true;  // handed over
  const CompressionDictionary* dictionary = dictionary_.get();
  queue_.submit([this, chunk, dictionary](unsigned worker) { process(*chunk, worker, dictionary); });
}

void Batch::process(Chunk& chunk, unsigned worker, const CompressionDictionary* dictionary) {
  chunk.worker = worker;
  const std::size_t forms_before = analysers_[worker]->forms().size();
  chunk.tokens.reserve(chunk.text_bytes / 6);
  chunk.serialised.reserve(chunk.text_bytes + chunk.text_bytes / 8);
  for (std::size_t i = 0; i < chunk.papers.size(); ++i) {
    chunk.analysed.push_back(analysers_[worker]->analyse(chunk.papers[i], chunk.tokens));
    const std::size_t before = chunk.serialised.size();
    append_paper(chunk.serialised, chunk.ids[i], chunk.papers[i]);
    chunk.sizes.push_back(chunk.serialised.size() - before);
  }
  forms_.fetch_add(analysers_[worker]->forms().size() - forms_before, std::memory_order_relaxed);
  tokens_.fetch_add(chunk.tokens.size(), std::memory_order_relaxed);
  chunk.tokens.shrink_to_fit();
  {
    const std::lock_guard<std::mutex> guard(spent_mutex_);
    spent_.push_back({std::move(chunk.papers), std::move(chunk.ids)});
  }
  if (dictionary != nullptr) compress(chunk, *compressors_[worker], *dictionary);
}

void Batch::compress(Chunk& chunk, PaperCompressor& compressor, const CompressionDictionary& dictionary) {
  std::size_t at = 0;
  std::vector<std::string_view> papers;
  for (std::size_t i = 0; i < chunk.sizes.size();) {
    papers.clear();
    for (; papers.size() < kPapersPerBlock && i < chunk.sizes.size(); at += chunk.sizes[i++]) {
      papers.push_back(std::string_view(chunk.serialised).substr(at, chunk.sizes[i]));
    }
    const std::size_t before = chunk.frames.size();
    compressor.append_block(chunk.frames, papers, dictionary);
    chunk.frame_sizes.push_back(chunk.frames.size() - before);
  }
  chunk.frames.shrink_to_fit();
  release(chunk.serialised);
  release(chunk.sizes);
}

void Batch::train() {
  queue_.wait_all();
  std::string samples;
  std::vector<std::size_t> sizes;
  for (const auto& chunk : chunks_) {
    samples.append(chunk->serialised);
    sizes.insert(sizes.end(), chunk->sizes.begin(), chunk->sizes.end());
  }
  dictionary_ = std::make_shared<const CompressionDictionary>(train_dictionary(samples, sizes), kAddLevel);
}

void Batch::compress_rest() {
  submit_open_chunk();
  queue_.wait_all();
  if (!dictionary_) train();
  for (const auto& owned : chunks_) {
    Chunk* chunk = owned.get();
    if (chunk->serialised.empty()) continue;
    queue_.submit([this, chunk](unsigned worker) { compress(*chunk, *compressors_[worker], *dictionary_); });
  }
  queue_.wait_all();
}

void Batch::kill(std::uint32_t slot) {
  rows_[slot].dead = true;
}

std::vector<std::uint32_t> Batch::find(std::uint64_t key) const {
  std::vector<std::uint32_t> slots;
  constexpr std::size_t kMost = 2 * kMaxNamesakes;  // what is beyond is not looked at
  for (auto at = by_key_.find(key); at != by_key_.end() && at->first == key && slots.size() < kMost; ++at) {
    if (!rows_[at->second].dead) slots.push_back(at->second);
  }
  std::sort(slots.begin(), slots.end());
  return slots;
}

StoredRecord Batch::read(std::uint32_t slot) {
  const auto after = std::upper_bound(chunks_.begin(), chunks_.end(), slot,
                                      [](std::uint32_t s, const auto& chunk) { return s < chunk->first_slot; });
  Chunk& chunk = **(after - 1);
  const std::size_t index = slot - chunk.first_slot;
  if (!chunk.done) return {chunk.ids[index], chunk.papers[index]};
  queue_.wait_all();
  if (!chunk.serialised.empty()) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < index; ++i) at += chunk.sizes[i];
    return parse_paper(std::string_view(chunk.serialised).substr(at, chunk.sizes[index]));
  }
  std::size_t at = 0;
  for (std::size_t i = 0; i < index / kPapersPerBlock; ++i) at += chunk.frame_sizes[i];
  PaperDecompressor decompressor(dictionary_->bytes());
  const std::string_view frame = std::string_view(chunk.frames).substr(at, chunk.frame_sizes[index / kPapersPerBlock]);
  decompressor.open(frame);
  return parse_paper(decompressor.paper(index % kPapersPerBlock));
}

std::size_t Batch::memory() const {
  // Of a token: its form's number, and eight bytes at the end, when it is sorted; of a byte of text: what is compressed
  // 0.4, the lists at the end 0.4; of a paper: its row, keys and their table; of a form: the form, its stem and places.
  const std::size_t tokens = tokens_.load(std::memory_order_relaxed), forms = forms_.load(std::memory_order_relaxed);
  return tokens * 12 + text_bytes_ + rows_.size() * 192 + forms * 250 + kFixedMemory;
}

WrittenSegment Batch::write(storage::Directory& directory, std::uint64_t number, std::set<std::string> known_compounds) {
  compress_rest();
  free_spent();
  SegmentSections sections(directory, number);
  WrittenSegment out{{}, Tombstones(papers())};
  SegmentCounts& counts = sections.counts();
  counts.papers = papers();
  counts.papers_per_block = kPapersPerBlock;

  for (const auto& chunk : chunks_) {
    std::size_t at = 0;
    for (const std::size_t size : chunk->frame_sizes) {
      sections.add_frame(std::string_view(chunk->frames).substr(at, size));
      at += size;
    }
    release(chunk->frames);
  }
  sections.finish_papers(dictionary_->bytes());

  std::vector<PaperTokens> papers;
  papers.reserve(rows_.size());
  for (const auto& chunk : chunks_) {
    for (std::size_t i = 0; i < chunk->analysed.size(); ++i) {
      const Row& row = rows_[papers.size()];
      const AnalysedPaper& analysed = chunk->analysed[i];
      const std::size_t end = i + 1 < chunk->analysed.size() ? chunk->analysed[i + 1].first_token : chunk->tokens.size();
      papers.push_back({analysed, chunk->worker, chunk->tokens.data() + analysed.first_token, end - analysed.first_token, row.dead});
      if (row.dead) {
        out.tombstones.bury_empty(static_cast<std::uint32_t>(papers.size() - 1));
        sections.add_row({row.id_hash, row.day, row.first_indexed, 0, 0});
      } else {
        counts.total_length += analysed.length;
        counts.total_title_length += analysed.title_length;
        counts.without_abstract += row.has_abstract ? 0 : 1;
        ++counts.living;
        sections.add_row({row.id_hash, row.day, row.first_indexed, analysed.length, analysed.title_length});
      }
    }
  }
  std::vector<FormTable*> tables;
  for (const auto& analyser : analysers_) tables.push_back(&analyser->forms());
  write_inverted(papers, tables, queue_.workers(), std::move(known_compounds), sections);
  std::erase_if(keys_, [&](const KeyEntry& entry) { return rows_[entry.paper].dead; });
  sections.finish_columns(encode_keys(std::move(keys_)));
  out.entry = sections.finish();
  return out;
}

}  // namespace digest::index
