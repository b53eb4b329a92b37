// SPDX-License-Identifier: MIT
// What an IndexWriter holds: the index as it was (segments), and what is new (the batch). writer_papers.cpp decides of
// each paper whether it is known, writer_segments.cpp turns batches into segments and segments into larger ones and a
// commit.
#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/parallel.hpp"
#include "index/batch.hpp"
#include "index/commit.hpp"
#include "index/index_writer.hpp"
#include "index/merger.hpp"
#include "index/paper_store.hpp"
#include "index/segment.hpp"

namespace digest::index {

struct OpenSegment {
  CommittedSegment entry;
  std::unique_ptr<Segment> segment;
  std::unique_ptr<PaperStore> papers;
  std::vector<bool> seen;        // papers that this call's input had again
  bool own = false;              // written by this writer
  bool buried = false;           // tombstones changed
};

// Papers that have a key of a new one and are another paper.
struct Namesakes {
  std::size_t looked_at = 0;
  bool share_a_key = false;
};

struct IndexWriter::State {
  State(storage::Directory& where, WriterOptions what)
      : directory(where), options(what), lock(where.lock(kLockFileName)), queue(what.threads) {}

  storage::Directory& directory;
  WriterOptions options;
  std::unique_ptr<storage::Lock> lock;
  WorkQueue queue;
  Commit base;
  std::uint64_t next_number = 1;
  std::vector<OpenSegment> segments;
  std::unique_ptr<Batch> batch;
  std::shared_ptr<const CompressionDictionary> dictionary;
  bool changed = false;
  std::vector<std::pair<std::string, std::string>> renamed;

  // writer_papers.cpp
  AddOutcome add(Paper&& paper);
  std::optional<AddOutcome> add_to_known(const Paper& paper, const std::vector<std::uint64_t>& keys, Namesakes& namesakes);
  std::optional<AddOutcome> add_to_new(const Paper& paper, std::uint32_t slot, Namesakes& namesakes);
  std::optional<AddOutcome> add_to_stored(const Paper& paper, OpenSegment& open, std::uint32_t slot, std::uint64_t key,
                                          Namesakes& namesakes);
  void add_again(StoredRecord&& record, std::int32_t first_indexed);
  void add_new(Paper&& paper, std::string id, std::vector<std::string> lookup, std::int32_t first_indexed);
  std::string id_after_merge(const StoredRecord& record);
  [[nodiscard]] bool is_taken(const std::string& id) const;
  void note_other_id(const StoredRecord& record, const Paper& paper);
  void bury(OpenSegment& open, std::uint32_t slot, const StoredRecord& record);

  // writer_segments.cpp
  void open();
  [[nodiscard]] OpenSegment open_segment(const CommittedSegment& entry) const;
  [[nodiscard]] std::set<std::string> known_compounds() const;
  void spill();
  void merge_tiers();
  void merge(const std::vector<std::size_t>& chosen, MergeOptions merge_options);
  IndexSummary commit();
  void clear_up() const;
};

}  // namespace digest::index
