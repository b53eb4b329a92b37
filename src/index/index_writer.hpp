// SPDX-License-Identifier: MIT
// Papers -> immutable segments -> one commit. Holds the writer lock from construction to destruction; destroyed
// without commit() it leaves the index as it was. At most `memory_bytes` are held, whatever the input; segments are
// spilled and merged by size. One thread calls; the work inside is spread over `threads`.
#pragma once
#include <digest/paper.hpp>
#include <digest/search.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/directory.hpp"

namespace digest::index {

struct WriterOptions {
  std::uint64_t memory_bytes = 512ULL << 20;
  unsigned threads = 0;          // 0: as many as there are processors
  bool rebuild = false;          // the commit starts from an empty index
  std::int32_t today = 0;        // day since 1970-01-01, kept with new papers as the day they were first indexed
};

enum class AddOutcome {
  added,      // not known before
  updated,    // known, and something was added or changed
  unchanged,  // known, nothing new
  merged,     // a second copy of a paper that this writer has already been given
};

class IndexWriter {
 public:
  IndexWriter(storage::Directory& directory, WriterOptions options);
  ~IndexWriter();
  IndexWriter(const IndexWriter&) = delete;
  IndexWriter& operator=(const IndexWriter&) = delete;

  AddOutcome add(Paper&& paper);
  bool remove(std::string_view id);  // by id; false if there is no such paper

  // Papers known under a hash of their title that came again with an identifier, and so got another id: before, now.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& renamed() const;

  // Makes all of it durable and visible at once; without any change nothing is written. Then the writer is spent.
  IndexSummary commit();

  // Merges all segments into one and compresses the papers harder; committed by commit().
  void optimize();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace digest::index
