// SPDX-License-Identifier: MIT
#include "index/index_writer.hpp"

#include <digest/error.hpp>
#include <digest/limits.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/hash.hpp"
#include "base/memory.hpp"
#include "index/batch.hpp"
#include "index/compounds.hpp"
#include "index/key_table.hpp"
#include "index/locator.hpp"
#include "index/merger.hpp"
#include "index/segment.hpp"
#include "ingest/addresses.hpp"
#include "ingest/identity.hpp"

namespace digest::index {
namespace {

constexpr std::size_t kMergeWidth = 8;            // segments of about one size are merged when there are so many
constexpr std::uint64_t kTierFactor = 8;          // a tier holds segments up to eight times the one below
constexpr std::uint64_t kSmallestTier = 1024;     // papers: all smaller segments are of one tier
constexpr std::uint32_t kWorthKnowingCompounds = 1024;  // papers
constexpr std::uint64_t kLeastMemory = 32ULL << 20;
constexpr std::uint64_t kMostMemory = 4ULL << 30;  // a batch counts its words in 32 bits

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

// A key table knows a part of each hash: what it finds may have another key after all.
bool has_key(const StoredRecord& record, std::uint64_t key) {
  const std::vector<std::string> keys = ingest::lookup_keys(record.paper);
  return hash64(record.id) == key || std::any_of(keys.begin(), keys.end(), [key](const std::string& own) { return hash64(own) == key; });
}

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

  void open();
  OpenSegment open_segment(const CommittedSegment& entry) const;
  AddOutcome add(Paper&& paper);
  std::optional<AddOutcome> add_to_known(const Paper& paper, const std::vector<std::uint64_t>& keys, Namesakes& namesakes);
  void add_new(Paper&& paper, std::string id, std::vector<std::string> lookup, std::int32_t first_indexed);
  std::string id_after_merge(const StoredRecord& record);
  [[nodiscard]] bool is_taken(const std::string& id) const;
  void note_other_id(const StoredRecord& record, const Paper& paper);
  void bury(OpenSegment& open, std::uint32_t slot, const StoredRecord& record);
  [[nodiscard]] std::set<std::string> known_compounds() const;
  void spill();
  void merge_tiers();
  void merge(const std::vector<std::size_t>& chosen, const MergeOptions& merge_options);
  IndexSummary commit();
  void clear_up() const;
};

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

AddOutcome IndexWriter::State::add(Paper&& paper) {
  std::vector<std::string> lookup = ingest::lookup_keys(paper);
  std::vector<std::uint64_t> keys;
  for (const std::string& key : lookup) keys.push_back(hash64(key));
  Namesakes namesakes;
  if (const auto outcome = add_to_known(paper, keys, namesakes)) return *outcome;
  if (namesakes.looked_at > kMaxNamesakes) {  // too many to compare with: is it one of those, word for word?
    for (const auto namesake : {ingest::Namesake::none, ingest::Namesake::of_title, ingest::Namesake::of_abstract_too, ingest::Namesake::of_all}) {
      namesakes.looked_at = 0;
      if (const auto outcome = add_to_known(paper, {hash64(ingest::paper_id(paper, namesake))}, namesakes)) return *outcome;
    }
  }
  std::string id = ingest::paper_id(paper);
  for (const auto namesake : {ingest::Namesake::of_title, ingest::Namesake::of_abstract_too, ingest::Namesake::of_all}) {
    if (!namesakes.share_a_key || id.rfind("t:", 0) != 0 || (namesake != ingest::Namesake::of_title && !is_taken(id))) break;
    id = ingest::paper_id(paper, namesake);
  }
  add_new(std::move(paper), std::move(id), std::move(lookup), options.today);
  return AddOutcome::added;
}

bool IndexWriter::State::is_taken(const std::string& id) const {
  const std::uint64_t key = hash64(id);
  if (batch) {
    const std::vector<std::uint32_t> slots = batch->find(key);
    if (std::any_of(slots.begin(), slots.end(), [&](std::uint32_t slot) { return batch->read(slot).id == id; })) return true;
  }
  Scratch scratch;
  for (const OpenSegment& open : segments) {
    for (const std::uint32_t slot : find_key(open.segment->file(), key, scratch)) {
      if (!open.segment->is_dead(slot) && open.papers->read(slot).id == id) return true;
    }
  }
  return false;
}

// Looks for the paper under each of its keys, strongest first.
std::optional<AddOutcome> IndexWriter::State::add_to_known(const Paper& paper, const std::vector<std::uint64_t>& keys,
                                                           Namesakes& namesakes) {
  Scratch scratch;
  for (const std::uint64_t key : keys) {
    if (batch) {
      for (const std::uint32_t slot : batch->find(key)) {
        if (++namesakes.looked_at > kMaxNamesakes) return std::nullopt;
        StoredRecord record = batch->read(slot);
        if (!ingest::same_paper(record.paper, paper)) {
          namesakes.share_a_key = true;
          continue;
        }
        note_other_id(record, paper);
        if (ingest::merge(record.paper, paper)) {
          const std::int32_t first = batch->first_indexed(slot);
          batch->kill(slot);
          std::string id = id_after_merge(record);
          std::vector<std::string> lookup = ingest::lookup_keys(record.paper);
          add_new(std::move(record.paper), std::move(id), std::move(lookup), first);
        }
        return AddOutcome::merged;
      }
    }
    for (OpenSegment& open : segments) {
      for (const std::uint32_t slot : find_key(open.segment->file(), key, scratch)) {
        if (open.segment->is_dead(slot)) continue;
        if (++namesakes.looked_at > kMaxNamesakes) return std::nullopt;
        StoredRecord record = open.papers->read(slot);
        if (!ingest::same_paper(record.paper, paper)) {
          namesakes.share_a_key = namesakes.share_a_key || has_key(record, key);
          continue;
        }
        const StoredRecord before = record;
        if (open.seen.empty()) open.seen.resize(open.segment->papers());
        const bool again = open.own || open.seen[slot];
        open.seen[slot] = true;
        note_other_id(record, paper);
        if (!ingest::merge(record.paper, paper)) return again ? AddOutcome::merged : AddOutcome::unchanged;
        const std::int32_t first = open.segment->first_indexed(slot);
        bury(open, slot, before);
        std::string id = id_after_merge(record);
        std::vector<std::string> lookup = ingest::lookup_keys(record.paper);
        add_new(std::move(record.paper), std::move(id), std::move(lookup), first);
        return again ? AddOutcome::merged : AddOutcome::updated;
      }
    }
  }
  return std::nullopt;
}

// A hash of its title names a paper until it is known by an identifier.
std::string IndexWriter::State::id_after_merge(const StoredRecord& record) {
  if (record.id.rfind("t:", 0) != 0) return record.id;
  std::string id = ingest::paper_id(record.paper);
  if (id.rfind("t:", 0) == 0) return record.id;
  renamed.emplace_back(record.id, id);
  return id;
}

// An index that is rebuilt may have known the paper by its title, when the source with the identifier came last.
void IndexWriter::State::note_other_id(const StoredRecord& record, const Paper& paper) {
  if (!options.rebuild || record.id.rfind("t:", 0) == 0) return;
  std::string id = ingest::paper_id(paper);
  if (id.rfind("t:", 0) == 0) renamed.emplace_back(std::move(id), record.id);
}

void IndexWriter::State::add_new(Paper&& paper, std::string id, std::vector<std::string> lookup, std::int32_t first_indexed) {
  std::vector<std::uint64_t> keys;
  for (const std::string& key : lookup) keys.push_back(hash64(key));
  if (std::find(lookup.begin(), lookup.end(), id) == lookup.end()) keys.push_back(hash64(id));
  std::vector<std::uint64_t> addresses;
  for (const std::string& key : ingest::address_keys(paper)) addresses.push_back(hash64(key));
  if (!batch) batch = std::make_unique<Batch>(queue, dictionary);
  batch->add(std::move(paper), std::move(id), keys, addresses, first_indexed);
  changed = true;
  const std::uint64_t budget = std::clamp(options.memory_bytes, kLeastMemory, kMostMemory);
  if (batch->papers() % kPapersPerBlock == 0 && batch->memory() > budget / 16 * 13) spill();  // the rest: the allocator, the program
}

void IndexWriter::State::bury(OpenSegment& open, std::uint32_t slot, const StoredRecord& record) {
  open.segment->tombstones().bury(slot, {distinct_terms(record.paper), open.segment->length(slot), open.segment->title_length(slot),
                                         record.paper.abstract.empty() ? 1U : 0U});
  open.buried = true;
  changed = true;
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

void IndexWriter::State::merge(const std::vector<std::size_t>& chosen, const MergeOptions& merge_options) {
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
