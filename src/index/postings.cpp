// SPDX-License-Identifier: MIT
// Reads posting lists; term_info.cpp and posting_encoder.cpp have the rest of the header.
#include "index/postings.hpp"

#include <algorithm>
#include <utility>

#include "base/bytes.hpp"

namespace digest::index {
namespace {

constexpr std::size_t kTableEntry = 12;          // on disk: u32 last paper, u32 postings offset, u32 positions offset
constexpr std::uint32_t kNoFrequency = 1U << 20; // above any: a paper has kMaxPosition words, few terms at each
constexpr std::string_view kWhat = "A posting list";

std::uint32_t at(std::string_view table, std::uint32_t entry, std::size_t field) {
  return load<std::uint32_t>(table.data() + entry * kTableEntry + field * 4);
}

}  // namespace

PostingList::PostingList(const SegmentFile& file, TermInfo info) : file_(&file), info_(std::move(info)) {
  if (info_.papers > file.counts().papers) file.damaged(SectionId::terms, "a term in more papers than there are");
  blocks_ = static_cast<std::uint32_t>((info_.papers + kBlockSize - 1) / kBlockSize);
  if (info_.is_inline) return;
  bytes_ = file.read(SectionId::postings, info_.postings_offset, info_.postings_length, scratch_);
  const std::size_t table = blocks_ > 1 ? blocks_ * kTableEntry : 0;
  if (bytes_.size() < table) file.damaged(SectionId::postings, "a list shorter than its table");
  table_ = bytes_.substr(bytes_.size() - table);
  blocks_end_ = bytes_.size() - table;
}

std::uint32_t PostingList::last_paper(std::uint32_t block) const {
  return blocks_ > 1 ? at(table_, block, 0) : file_->counts().papers;
}

std::uint32_t PostingList::find_block(std::uint32_t paper, std::uint32_t block) const {
  if (blocks_ <= 1) return block;
  std::uint32_t step = 1, low = block;
  if (low >= blocks_ || at(table_, low, 0) >= paper) return low;
  while (low + step < blocks_ && at(table_, low + step, 0) < paper) low += step, step *= 2;  // galloping
  std::uint32_t high = std::min(low + step, blocks_);  // table[low] < paper <= table[high]
  while (high - low > 1) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (at(table_, middle, 0) < paper) low = middle; else high = middle;
  }
  return high;
}

std::string_view PostingList::block_bytes(std::uint32_t block) const {
  const std::size_t from = blocks_ > 1 ? at(table_, block, 1) : 0;
  if (from > blocks_end_) file_->damaged(SectionId::postings, "a block outside its list");
  return bytes_.substr(from, blocks_end_ - from);
}

void PostingList::decode_papers(std::uint32_t block, PostingBlock& out) const {
  if (info_.is_inline) {
    decode_inline(&out, ~0U, nullptr);
    return;
  }
  out.count = static_cast<std::uint32_t>(std::min<std::uint64_t>(kBlockSize, info_.papers - std::uint64_t{block} * kBlockSize));
  const std::string_view bytes = block_bytes(block);
  const auto [size, last] = unpack_ascending(bytes, out.count, out.papers, block == 0 ? ~0U : at(table_, block - 1, 0));
  out.packed_frequencies = bytes.substr(size);
  // Ascending by construction, unless the sum wrapped. Readers count on it with their memory.
  if (last >= file_->counts().papers || (blocks_ > 1 && last != at(table_, block, 0))) {
    file_->damaged(SectionId::postings, "papers out of order");
  }
  if (out.packed_frequencies.empty()) file_->damaged(SectionId::postings, "a block without frequencies");
}

void PostingList::decode_frequencies(PostingBlock& out) const {
  if (out.packed_frequencies.empty()) return;
  const std::uint32_t any = unpack_plus_one(out.packed_frequencies, out.count, out.frequencies);
  if (any >= kNoFrequency) file_->damaged(SectionId::postings, "a word more often in a paper than it has words");
  out.packed_frequencies = {};
}

std::vector<BestPosting> PostingList::best() const {
  std::vector<BestPosting> out;
  if (info_.is_inline || info_.papers < kBestListFrom) return out;
  // Behind the last block: found by walking it.
  const std::uint32_t last = blocks_ - 1;
  const std::string_view bytes = block_bytes(last);
  const std::size_t count = info_.papers - std::size_t{last} * kBlockSize;
  const std::size_t papers_size = packed_size(bytes, count);
  const std::size_t used = papers_size + packed_size(bytes.substr(papers_size), count);
  ByteReader in(bytes.substr(used), kWhat);
  std::uint64_t next = 0;
  out.resize(in.varint_up_to<std::size_t>(in.remaining() / 2));
  for (BestPosting& posting : out) {
    next += in.varint_up_to<std::uint32_t>(file_->counts().papers);
    if (next >= file_->counts().papers) in.fail();
    posting = {static_cast<std::uint32_t>(next++), in.varint_up_to<std::uint32_t>(kNoFrequency - 2) + 1};
  }
  return out;
}

void PostingList::decode_inline(PostingBlock* block, std::uint32_t wanted, Occurrences* out) const {
  ByteReader in(info_.inline_postings, kWhat);
  std::uint32_t paper = ~0U;
  const bool several = info_.several_forms;
  std::uint64_t left = info_.occurrences;
  for (std::uint32_t i = 0; i < info_.papers; ++i) {
    const auto gap = in.varint_up_to<std::uint32_t>(file_->counts().papers);
    const std::uint64_t next = std::uint64_t{paper + 1} + gap;
    if (next >= file_->counts().papers) in.fail();
    paper = static_cast<std::uint32_t>(next);
    const std::uint64_t times = i + 1 < info_.papers ? in.varint_up_to<std::uint64_t>(kMaxInlineBytes) + 1 : left;
    if (times == 0 || times > left || times > kMaxInlineBytes) in.fail();
    left -= times;
    const auto frequency = static_cast<std::uint32_t>(times);
    if (block != nullptr) block->papers[i] = paper, block->frequencies[i] = frequency;
    std::uint32_t position = 0;
    for (std::uint32_t k = 0; k < frequency; ++k) {
      position += in.varint_up_to<std::uint32_t>(kMaxPosition + kTitleGap);
      const std::uint32_t form = several ? in.fixed<std::uint8_t>() : 0U;
      if (out != nullptr && i == wanted) out->positions.push_back(position), out->forms.push_back(form);
    }
  }
  if (in.remaining() > 0) in.fail();
  if (block != nullptr) block->count = info_.papers, block->packed_frequencies = {};
}

void PostingList::occurrences(std::uint32_t block, const PostingBlock& decoded, std::uint32_t index, Forms forms,
                              Occurrences& out) const {
  out.positions.clear(), out.forms.clear();
  if (info_.is_inline) {
    decode_inline(nullptr, index, &out);
    return;
  }
  const bool several = info_.several_forms;
  if (!chunk_) chunk_ = std::make_unique_for_overwrite<Chunk>();
  find_starts(block, decoded);
  std::uint64_t first = chunk_->starts[index];
  const std::uint64_t end = chunk_->starts[index + 1];
  out.positions.resize(end - first);
  std::uint32_t* to = out.positions.data();
  std::uint64_t position = 0;
  while (first < end) {
    const std::uint64_t number = first / kBlockSize;
    seek_chunk(block, number, several ? forms : Forms::skip);
    const std::size_t low = first % kBlockSize;
    const std::size_t high = std::min<std::uint64_t>(end - number * kBlockSize, chunk_->count);
    for (std::size_t i = low; i < high; ++i) {
      position += chunk_->positions[i];
      *to++ = static_cast<std::uint32_t>(position);
    }
    if (position > kMaxPosition + kTitleGap) file_->damaged(SectionId::positions, "a word behind the last position");
    if (several && forms == Forms::read) out.forms.insert(out.forms.end(), chunk_->forms + low, chunk_->forms + high);
    first += high - low;
  }
  if (!several) out.forms.assign(out.positions.size(), 0);
}

// How many occurrences of the block stand before each of its papers.
void PostingList::find_starts(std::uint32_t block, const PostingBlock& decoded) const {
  if (chunk_->summed_block == block) return;
  chunk_->summed_block = ~0U;  // until it is whole
  running_sums(decoded.frequencies, decoded.count, chunk_->starts);
  chunk_->total = chunk_->starts[decoded.count];
  const std::uint64_t chunks = chunk_->total / kBlockSize;  // each takes a byte or more: nothing is allocated for a false frequency
  if (chunks > info_.positions_length) file_->damaged(SectionId::positions, "more words than a list has room for");
  chunk_->summed_block = block;
}

// The bytes of a block's positions from chunk `number` on.
std::string_view PostingList::chunk_bytes(std::uint32_t block, std::uint64_t number) const {
  if (cached_block_ != block) {
    const std::uint64_t from = blocks_ > 1 ? at(table_, block, 2) : 0;
    const std::uint64_t to = block + 1 < blocks_ ? at(table_, block + 1, 2) : info_.positions_length;
    if (from > to || to > info_.positions_length) file_->damaged(SectionId::positions, "a block outside its list");
    cached_positions_ = file_->read(SectionId::positions, info_.positions_offset + from, to - from, position_scratch_);
    cached_block_ = block;
    walked_ = 0, walked_to_ = 0;
    if (chunk_) chunk_->block = ~0U;
  }
  if (number < walked_) walked_ = 0, walked_to_ = 0;
  for (; walked_ < number; ++walked_) {
    for (int stream = info_.several_forms ? 2 : 1; stream > 0; --stream) {
      walked_to_ += packed_size(cached_positions_.substr(walked_to_), kBlockSize);
    }
  }
  return cached_positions_.substr(walked_to_);
}

// How many occurrences of the summed block chunk `number` has.
std::size_t PostingList::chunk_size(std::uint64_t number) const {
  return static_cast<std::size_t>(std::min<std::uint64_t>(kBlockSize, chunk_->total - number * kBlockSize));
}

// Makes chunk_ hold the `number`-th chunk of a block whose occurrences are summed.
void PostingList::seek_chunk(std::uint32_t block, std::uint64_t number, Forms forms) const {
  const bool wanted = chunk_->has_forms || forms == Forms::skip;
  if (chunk_->block == block && chunk_->number == number && wanted) return;
  chunk_->block = ~0U;  // until it is whole
  chunk_->count = chunk_size(number);
  read_chunk(chunk_bytes(block, number), forms);
  chunk_->number = number;
  chunk_->block = block;
}

void PostingList::read_chunk(std::string_view bytes, Forms forms) const {
  Chunk& chunk = *chunk_;
  const std::size_t size = unpack(bytes, chunk.count, chunk.positions);
  chunk.has_forms = forms == Forms::read;
  if (info_.several_forms && chunk.has_forms) unpack(bytes.substr(size), chunk.count, chunk.forms);
}

std::uint32_t PostingList::occurrences_before(std::uint32_t border, std::uint32_t block, const PostingBlock& decoded, std::uint32_t index) const {
  if (info_.is_inline) return all_occurrences_before(border, block, decoded, index);
  if (!chunk_) chunk_ = std::make_unique_for_overwrite<Chunk>();
  find_starts(block, decoded);
  constexpr std::uint64_t kFew = 8;  // each looks through the patches of its chunk
  const std::uint64_t first = chunk_->starts[index], end = chunk_->starts[index + 1];
  std::uint64_t position = 0;
  for (std::uint64_t at = first; at < end; ++at) {
    if (at - first == kFew) return all_occurrences_before(border, block, decoded, index);
    const std::uint64_t number = at / kBlockSize;
    const PackedNumbers gaps(chunk_bytes(block, number), chunk_size(number));
    if (position + gaps.at_least(at % kBlockSize) >= border) return static_cast<std::uint32_t>(at - first);
    position += gaps.at(at % kBlockSize);
    if (position >= border) return static_cast<std::uint32_t>(at - first);
  }
  return static_cast<std::uint32_t>(end - first);
}

std::uint32_t PostingList::all_occurrences_before(std::uint32_t border, std::uint32_t block, const PostingBlock& decoded, std::uint32_t index) const {
  Occurrences found;
  occurrences(block, decoded, index, Forms::skip, found);
  return static_cast<std::uint32_t>(std::lower_bound(found.positions.begin(), found.positions.end(), border) - found.positions.begin());
}

}  // namespace digest::index
