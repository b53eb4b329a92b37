// SPDX-License-Identifier: MIT
// Segments: opened, written from the batch, merged by size, committed.
#include <digest/error.hpp>

#include <algorithm>
#include <map>
#include <utility>

#include "base/memory.hpp"
#include "index/compounds.hpp"
#include "index/writer_state.hpp"

namespace digest::index {
namespace {

constexpr std::size_t kMergeWidth = 8;            // segments of about one size are merged when there are so many
constexpr std::uint64_t kTierFactor = 8;          // a tier holds segments up to eight times the one below
constexpr std::uint64_t kSmallestTier = 1024;     // papers: all smaller segments are of one tier
constexpr std::uint32_t kWorthKnowingCompounds = 1024;  // papers

std::size_t tier_of(std::uint64_t papers) {
  std::size_t tier = 0;
  for (std::uint64_t most = kSmallestTier; papers > most; most *= kTierFactor) ++tier;
  return tier;
}

// Highest number any of our files has, so that no name is used twice.
std::uint64_t highest_number(const storage::Directory& directory) {
  std::uint64_t highest = 0;
  for (const std::string& name : directory.list()) {
    const auto dash = name.rfind('-');
    if (dash == std::string::npos || name.size() - dash > 19) continue;
    std::uint64_t number = 0;
    bool digits = dash + 1 < name.size();
    for (std::size_t i = dash + 1; i < name.size(); ++i) {
      digits = digits && name[i] >= '0' && name[i] <= '9';
      number = number * 10 + static_cast<std::uint64_t>(name[i] - '0');
    }
    if (digits) highest = std::max(highest, number);
  }
  return highest;
}

}  // namespace

void IndexWriter::State::open() {
  try {
    if (auto newest = read_newest_commit(directory)) base = std::move(*newest);
  } catch (const Error& error) {
    const bool gone = error.kind() == ErrorKind::corrupt || error.kind() == ErrorKind::version;
    if (!options.rebuild || !gone) throw;
    base.generation = list_commits(directory).front();
  }
  next_number = std::max(base.next_number, highest_number(directory) + 1);
  if (options.rebuild) {
    changed = base.generation != 0;
    base.segments.clear();
  }
  for (const CommittedSegment& entry : base.segments) segments.push_back(open_segment(entry));
}

OpenSegment IndexWriter::State::open_segment(const CommittedSegment& entry) const {
  OpenSegment open;
  open.entry = entry;
  open.segment = Segment::open(directory, entry, storage::Access::mapped);
  open.papers = std::make_unique<PaperStore>(open.segment->file());
  return open;
}

// What any segment has lists for, a large one should have too: a search finds parts faster where all have been looked for.
std::set<std::string> IndexWriter::State::known_compounds() const {
  std::set<std::string> out;
  if (batch->papers() < kWorthKnowingCompounds) return out;
  for (const OpenSegment& open : segments) {
    const StringTree terms = open.segment->terms();
    StringTree::Cursor cursor(terms, std::string_view(&kCompoundPrefix, 1));
    for (; !cursor.at_end() && is_compound(cursor.key()); cursor.next()) {
      if (!is_compound_alone(cursor.key())) out.emplace(cursor.key());
    }
  }
  return out;
}

void IndexWriter::State::spill() {
  if (!batch) return;
  WrittenSegment written = batch->write(directory, next_number++, known_compounds());
  dictionary = batch->dictionary();
  batch.reset();
  OpenSegment open = open_segment(written.entry);
  open.segment->tombstones() = std::move(written.tombstones);
  open.buried = !open.segment->tombstones().empty();
  open.own = true;
  segments.push_back(std::move(open));
}

void IndexWriter::State::merge(const std::vector<std::size_t>& chosen, MergeOptions merge_options) {
  merge_options.threads = options.threads;
  // Read piece by piece, not through the mappings: a merge touches every page once, and none should stay.
  std::vector<const Segment*> sources;
  for (const std::size_t i : chosen) {
    CommittedSegment entry = segments[i].entry;
    entry.tombstones = 0;
    auto read_in_pieces = Segment::open(directory, entry, storage::Access::small_reads);
    read_in_pieces->tombstones() = std::move(segments[i].segment->tombstones());
    segments[i].papers = std::make_unique<PaperStore>(read_in_pieces->file());
    segments[i].segment = std::move(read_in_pieces);
    sources.push_back(segments[i].segment.get());
  }
  give_back_memory();
  WrittenSegment written = merge_segments(directory, sources, next_number, merge_options);
  next_number += 1;
  OpenSegment open = open_segment(written.entry);
  open.segment->tombstones() = std::move(written.tombstones);
  open.buried = !open.segment->tombstones().empty();
  open.own = std::all_of(chosen.begin(), chosen.end(), [&](std::size_t i) { return segments[i].own; });
  const std::set<std::size_t> gone(chosen.begin(), chosen.end());
  std::vector<OpenSegment> rest;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (gone.count(i) == 0) {
      rest.push_back(std::move(segments[i]));
    } else if (segments[i].own) {
      const std::string name = segment_file_name(segments[i].entry.number);
      segments[i] = {};
      directory.remove(name);
    }
  }
  rest.push_back(std::move(open));
  segments = std::move(rest);
  changed = true;
}

// Size tiers (as in LevelDB and Lucene): a word is read from few segments, and a paper is rewritten a few times only.
void IndexWriter::State::merge_tiers() {
  std::erase_if(segments, [](const OpenSegment& open) { return open.segment->living() == 0; });
  for (bool merged = true; merged;) {
    merged = false;
    std::map<std::size_t, std::vector<std::size_t>> tiers;
    for (std::size_t i = 0; i < segments.size(); ++i) {
      const Segment& segment = *segments[i].segment;
      if (segment.tombstones().count() > segment.living() && segment.tombstones().count() > kPapersPerBlock) {
        merge({i}, {});
        merged = true;
        break;
      }
      tiers[tier_of(segment.living())].push_back(i);
    }
    if (merged) continue;
    for (const auto& [tier, members] : tiers) {
      if (members.size() < kMergeWidth) continue;
      merge(members, {});
      merged = true;
      break;
    }
  }
}

IndexSummary IndexWriter::State::commit() {
  if (!changed && base.generation != 0) {
    clear_up();  // a writer that was killed may have left something
    return {directory.path(), base.living(), base.generation};
  }
  spill();
  merge_tiers();
  Commit next;
  next.generation = base.generation + 1;
  for (OpenSegment& open : segments) {
    if (open.buried) {
      const std::uint64_t number = next_number++;
      const Tombstones::Written written = open.segment->tombstones().write(directory, tombstone_file_name(number));
      open.entry.tombstones = number;
      open.entry.tombstones_size = written.size;
      open.entry.tombstones_checksum = written.checksum;
    }
    open.entry.living = open.segment->living();
    next.segments.push_back(open.entry);
  }
  next.next_number = next_number;
  publish_commit(directory, next);
  base = next;
  changed = false;
  segments.clear();
  clear_up();
  return {directory.path(), base.living(), base.generation};
}

void IndexWriter::State::clear_up() const {
  try {
    remove_unneeded(directory, base);
  } catch (const std::exception&) {  // the commit stands, also if memory is short; the next writer clears up
  }
}

}  // namespace digest::index
