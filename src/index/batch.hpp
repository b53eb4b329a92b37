// SPDX-License-Identifier: MIT
// The papers a writer holds in memory, analysed and compressed by all cores as they come, until they are written as one
// segment. One thread adds; the work inside is spread.
#pragma once
#include <digest/paper.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/parallel.hpp"
#include "index/analysis.hpp"
#include "index/commit.hpp"
#include "index/key_table.hpp"
#include "index/paper_store.hpp"
#include "index/tombstones.hpp"

namespace digest::index {

inline constexpr int kAddLevel = 3;        // zstd level while adding
inline constexpr int kOptimizeLevel = 9;   // and in optimize

inline constexpr std::int32_t kNoDate = 0x7FFFFFFF;  // on disk

struct WrittenSegment {
  CommittedSegment entry;
  Tombstones tombstones;  // slots that died before they were written
};

class Batch {
 public:
  // `dictionary`: shared with earlier batches of the same writer, so that merging can copy blocks; trained here when
  // there is none yet.
  Batch(WorkQueue& queue, std::shared_ptr<const CompressionDictionary> dictionary);

  // Returns the paper's slot. Hashes: `keys` of its lookup keys, `addresses` of what finds it too, but only for readers.
  std::uint32_t add(Paper&& paper, std::string id, const std::vector<std::uint64_t>& keys, const std::vector<std::uint64_t>& addresses,
                    std::int32_t first_indexed);
  void kill(std::uint32_t slot);
  [[nodiscard]] bool is_dead(std::uint32_t slot) const { return rows_[slot].dead; }
  [[nodiscard]] StoredRecord read(std::uint32_t slot);
  // Living slots that may have this key.
  [[nodiscard]] std::vector<std::uint32_t> find(std::uint64_t key) const;

  [[nodiscard]] std::uint32_t papers() const { return static_cast<std::uint32_t>(rows_.size()); }
  [[nodiscard]] std::size_t memory() const;  // held now, and needed at the end to write it
  [[nodiscard]] std::int32_t first_indexed(std::uint32_t slot) const { return rows_[slot].first_indexed; }

  // Writes all of it; the batch is spent. `known_compounds`: those of other segments (inversion.hpp).
  WrittenSegment write(storage::Directory& directory, std::uint64_t number, std::set<std::string> known_compounds);
  [[nodiscard]] std::shared_ptr<const CompressionDictionary> dictionary() const { return dictionary_; }

 private:
  struct Row {
    std::uint64_t id_hash = 0;
    std::int32_t day = 0, first_indexed = 0;
    bool has_abstract = false, dead = false;
  };
  struct Chunk {
    std::uint32_t first_slot = 0;
    std::vector<Paper> papers;               // until they are analysed
    std::vector<std::string> ids;
    std::size_t text_bytes = 0;
    unsigned worker = 0;
    std::vector<std::uint32_t> tokens;
    std::vector<AnalysedPaper> analysed;
    std::string serialised;                  // until it is compressed
    std::vector<std::size_t> sizes;
    std::string frames;
    std::vector<std::size_t> frame_sizes;
    bool done = false;
  };
  struct Inversion;

  void submit_open_chunk();
  void process(Chunk& chunk, unsigned worker, const CompressionDictionary* dictionary);
  static void compress(Chunk& chunk, PaperCompressor& compressor, const CompressionDictionary& dictionary);
  void free_spent();
  void train();
  void compress_rest();

  WorkQueue& queue_;
  std::shared_ptr<const CompressionDictionary> dictionary_;
  std::vector<std::unique_ptr<Chunk>> chunks_;
  std::vector<std::unique_ptr<PaperAnalyser>> analysers_;     // one a worker
  std::vector<std::unique_ptr<PaperCompressor>> compressors_;
  std::vector<Row> rows_;
  std::vector<KeyEntry> keys_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> by_key_;
  std::size_t text_bytes_ = 0;
  // Papers that are analysed: the thread that made them takes them down, since two at one heap wait for each other.
  struct Spent {
    std::vector<Paper> papers;
    std::vector<std::string> ids;
  };
  std::mutex spent_mutex_;
  std::vector<Spent> spent_;
  std::atomic<std::size_t> forms_{0}, tokens_{0};  // of all analysers, told by the workers after each chunk
};

}  // namespace digest::index
