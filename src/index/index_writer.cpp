// SPDX-License-Identifier: MIT
#include "index/index_writer.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "index/locator.hpp"
#include "index/writer_state.hpp"

namespace digest::index {

IndexWriter::IndexWriter(storage::Directory& directory, WriterOptions options) {
  if (options.threads == 0) options.threads = std::max(1U, std::thread::hardware_concurrency());
  state_ = std::make_unique<State>(directory, options);
  state_->open();
}
IndexWriter::~IndexWriter() = default;

const std::vector<std::pair<std::string, std::string>>& IndexWriter::renamed() const { return state_->renamed; }

AddOutcome IndexWriter::add(Paper&& paper) { return state_->add(std::move(paper)); }

bool IndexWriter::remove(std::string_view id) {
  state_->spill();
  std::vector<const Segment*> segments;
  for (const OpenSegment& open : state_->segments) segments.push_back(open.segment.get());
  const auto found = locate(segments, id);
  if (!found) return false;
  OpenSegment& open = state_->segments[found->segment];
  const StoredRecord record = open.papers->read(found->paper);
  state_->bury(open, found->paper, record);
  return true;
}

void IndexWriter::optimize() {
  state_->spill();
  if (state_->segments.empty()) return;
  std::vector<std::size_t> all(state_->segments.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  MergeOptions options;
  options.recompress = true;
  options.level = kOptimizeLevel;
  state_->merge(all, options);
}

IndexSummary IndexWriter::commit() { return state_->commit(); }

}  // namespace digest::index
