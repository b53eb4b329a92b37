// SPDX-License-Identifier: MIT
#include "index/snapshot.hpp"

#include <digest/error.hpp>
#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.hpp"
#include "index/paper_store.hpp"
#include "index/segment.hpp"
#include "index/vocabulary.hpp"
#include "text/analyzer.hpp"

namespace digest::index {

struct Snapshot::State {
  std::string path;
  Commit commit;
  std::vector<std::unique_ptr<Segment>> segments;
  std::unique_ptr<SegmentVocabulary> vocabulary;
};

Snapshot::Snapshot(std::unique_ptr<State> state) : state_(std::move(state)) {}
Snapshot::~Snapshot() = default;

namespace {

// A writer may remove the files of an old commit between our reading of it and our opening of them: then there is a
// newer one, and the error was no error.
constexpr int kMostRetries = 8;

}  // namespace

std::unique_ptr<Snapshot> Snapshot::open(const storage::Directory& directory, storage::Access access) {
  for (int attempt = 0;; ++attempt) {
    const std::vector<std::uint64_t> commits = list_commits(directory);
    if (commits.empty()) throw Error(ErrorKind::not_found, fmt::format("There is no index in {}.", directory.path()));
    try {
      auto state = std::make_unique<State>();
      state->path = directory.path();
      state->commit = read_commit(directory, commits.front());
      for (const CommittedSegment& entry : state->commit.segments) {
        state->segments.push_back(Segment::open(directory, entry, access));
        if (state->segments.back()->living() != entry.living) {
          throw Error(ErrorKind::corrupt, fmt::format("{} does not hold as many papers as its commit says. {}",
                                                      segment_file_name(entry.number), kHowToMend));
        }
      }
      state->vocabulary = std::make_unique<SegmentVocabulary>(state->segments);
      return std::unique_ptr<Snapshot>(new Snapshot(std::move(state)));
    } catch (const Error&) {
      const std::vector<std::uint64_t> now = list_commits(directory);
      if (attempt >= kMostRetries || now.empty() || now.front() == commits.front()) throw;
    }
  }
}

IndexSummary Snapshot::summary() const { return {state_->path, state_->commit.living(), state_->commit.generation}; }

const query::Vocabulary& Snapshot::vocabulary() const { return *state_->vocabulary; }

const std::vector<std::unique_ptr<Segment>>& Snapshot::segments() const { return state_->segments; }

IndexStatistics Snapshot::statistics() const {
  IndexStatistics out;
  out.generation = state_->commit.generation;
  out.layout_version = kLayoutVersion;
  out.analysis_version = text::kAnalysisVersion;
  std::vector<std::uint64_t> sections(kSectionCount + 1);
  for (const auto& segment : state_->segments) {
    out.papers += segment->living();
    out.deleted += segment->tombstones().count();
    out.without_abstract += segment->counts().without_abstract - std::min(segment->counts().without_abstract, segment->tombstones().buried_without_abstract());
    out.terms += segment->counts().terms;
    out.words += segment->living_length();
    out.bytes += segment->file().size();
    ++out.segments;
    for (std::size_t id = 1; id <= kSectionCount; ++id) sections[id] += segment->file().section_size(static_cast<SectionId>(id));
  }
  for (std::size_t id = 1; id <= kSectionCount; ++id) {
    out.section_bytes.emplace_back(section_name(static_cast<SectionId>(id)), sections[id]);
  }
  return out;
}

std::optional<Paper> Snapshot::find(std::string_view id) const {
  const auto located = locate(id);
  if (!located) return std::nullopt;
  PaperStore store(state_->segments[located->segment]->file());
  return store.read(located->paper).paper;
}

namespace {

std::vector<const Segment*> all_of(const std::vector<std::unique_ptr<Segment>>& owned) {
  std::vector<const Segment*> segments;
  for (const auto& segment : owned) segments.push_back(segment.get());
  return segments;
}

}  // namespace

std::optional<Location> Snapshot::locate(std::string_view id) const { return index::locate(all_of(state_->segments), id); }

std::vector<Location> Snapshot::locate_title(std::string_view title, std::size_t most) const {
  return index::locate_title(all_of(state_->segments), title, most);
}

void Snapshot::for_each(const std::function<bool(const StoredPaper&)>& callback) const {
  for (const auto& segment : state_->segments) {
    PaperStore store(segment->file());
    for (std::uint32_t paper = 0; paper < segment->papers(); ++paper) {
      if (segment->is_dead(paper)) continue;
      StoredRecord record = store.read(paper);
      if (!callback({std::move(record.id), std::move(record.paper), segment->first_indexed(paper)})) return;
    }
  }
}

}  // namespace digest::index
