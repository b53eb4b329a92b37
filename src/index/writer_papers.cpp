// SPDX-License-Identifier: MIT
// Is this paper known, and what becomes of it then?
#include <digest/limits.hpp>

#include <algorithm>
#include <utility>

#include "base/hash.hpp"
#include "index/key_table.hpp"
#include "index/writer_state.hpp"
#include "ingest/addresses.hpp"
#include "ingest/identity.hpp"

namespace digest::index {
namespace {

constexpr std::uint64_t kLeastMemory = 32ULL << 20;
constexpr std::uint64_t kMostMemory = 4ULL << 30;  // a batch counts its words in 32 bits

// A key table knows a part of each hash: what it finds may have another key after all.
bool has_key(const StoredRecord& record, std::uint64_t key) {
  const std::vector<std::string> keys = ingest::lookup_keys(record.paper);
  return hash64(record.id) == key || std::any_of(keys.begin(), keys.end(), [key](const std::string& own) { return hash64(own) == key; });
}

}  // namespace

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
    for (const std::uint32_t slot : batch ? batch->find(key) : std::vector<std::uint32_t>()) {
      if (++namesakes.looked_at > kMaxNamesakes) return std::nullopt;
      if (const auto outcome = add_to_new(paper, slot, namesakes)) return outcome;
    }
    for (OpenSegment& open : segments) {
      for (const std::uint32_t slot : find_key(open.segment->file(), key, scratch)) {
        if (open.segment->is_dead(slot)) continue;
        if (++namesakes.looked_at > kMaxNamesakes) return std::nullopt;
        if (const auto outcome = add_to_stored(paper, open, slot, key, namesakes)) return outcome;
      }
    }
  }
  return std::nullopt;
}

// If the paper is that of a slot of the batch.
std::optional<AddOutcome> IndexWriter::State::add_to_new(const Paper& paper, std::uint32_t slot, Namesakes& namesakes) {
  StoredRecord record = batch->read(slot);
  if (!ingest::same_paper(record.paper, paper)) {
    namesakes.share_a_key = true;
    return std::nullopt;
  }
  note_other_id(record, paper);
  if (ingest::merge(record.paper, paper)) {
    const std::int32_t first = batch->first_indexed(slot);
    batch->kill(slot);
    add_again(std::move(record), first);
  }
  return AddOutcome::merged;
}

// If the paper is that of a slot of a segment, which was found under `key`.
std::optional<AddOutcome> IndexWriter::State::add_to_stored(const Paper& paper, OpenSegment& open, std::uint32_t slot, std::uint64_t key,
                                                            Namesakes& namesakes) {
  StoredRecord record = open.papers->read(slot);
  if (!ingest::same_paper(record.paper, paper)) {
    namesakes.share_a_key = namesakes.share_a_key || has_key(record, key);
    return std::nullopt;
  }
  const StoredRecord before = record;
  if (open.seen.empty()) open.seen.resize(open.segment->papers());
  const bool again = open.own || open.seen[slot];
  open.seen[slot] = true;
  note_other_id(record, paper);
  if (!ingest::merge(record.paper, paper)) return again ? AddOutcome::merged : AddOutcome::unchanged;
  const std::int32_t first = open.segment->first_indexed(slot);
  bury(open, slot, before);
  add_again(std::move(record), first);
  return again ? AddOutcome::merged : AddOutcome::updated;
}

// A paper that has learnt something takes a new slot.
void IndexWriter::State::add_again(StoredRecord&& record, std::int32_t first_indexed) {
  std::string id = id_after_merge(record);
  std::vector<std::string> lookup = ingest::lookup_keys(record.paper);
  add_new(std::move(record.paper), std::move(id), std::move(lookup), first_indexed);
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

}  // namespace digest::index
