// SPDX-License-Identifier: MIT
#include "index/postings.hpp"

#include <algorithm>
#include <utility>

#include "base/bytes.hpp"

namespace digest::index {
namespace {

constexpr std::size_t kTableEntry = 12;          // on disk: u32 last paper, u32 postings offset, u32 positions offset
constexpr std::size_t kBestFrequencies = 64;     // frequencies from here on compete in one list
constexpr std::uint32_t kNoFrequency = 1U << 20; // above any: a paper has kMaxPosition words, few terms at each
constexpr std::string_view kWhat = "A posting list";

std::uint32_t at(std::string_view table, std::uint32_t entry, std::size_t field) {
  return load<std::uint32_t>(table.data() + entry * kTableEntry + field * 4);
}

// One form, spelled like the term: true of most rare terms, so the head of an entry says it.
bool is_plain(std::span<const FormView> forms, std::string_view term) {
  return forms.empty() || (forms.size() == 1 && forms[0].form == term && forms[0].part_ends.empty());
}

void append_forms(std::string& out, std::span<const FormView> forms, std::string_view term) {
  append_varint(out, forms.size());
  for (const FormView& entry : forms) {
    std::size_t shared = 0;
    while (shared < term.size() && shared < entry.form.size() && term[shared] == entry.form[shared]) ++shared;
    append_varint(out, shared << 1 | (entry.part_ends.empty() ? 0U : 1U));
    append_text(out, entry.form.substr(shared));
    if (entry.part_ends.empty()) continue;
    append_varint(out, entry.part_ends.size());
    for (const std::uint8_t end : entry.part_ends) append(out, end);
  }
}

std::vector<FormEntry> read_forms(ByteReader& in, std::string_view term) {
  const auto count = in.varint_up_to<std::size_t>(kMaxForms);
  if (count == 0) in.fail();
  std::vector<FormEntry> forms(count);
  for (FormEntry& entry : forms) {
    const std::uint64_t head = in.varint();
    if (head >> 1 > term.size()) in.fail();
    entry.form.assign(term.substr(0, head >> 1));
    entry.form.append(in.text());
    if ((head & 1) == 0) continue;
    for (auto ends = in.varint_up_to<std::size_t>(16); ends > 0; --ends) {
      entry.part_ends.push_back(in.fixed<std::uint8_t>());
      if (entry.part_ends.back() >= entry.form.size()) in.fail();
    }
  }
  return forms;
}

}  // namespace

void append_term_info(std::string& out, const TermInfo& info, std::span<const FormView> forms, std::string_view term) {
  const bool plain = is_plain(forms, term);
  append_varint(out, std::uint64_t{info.papers} << 3 | (plain ? 4U : 0U) | (info.several_forms ? 2U : 0U) | (info.is_inline ? 1U : 0U));
  append_varint(out, info.occurrences - info.papers);
  if (info.is_inline) {
    if (!plain) append_varint(out, info.inline_postings.size());
    out.append(info.inline_postings);
  } else {
    append_varint(out, info.postings_offset);
    append_varint(out, info.postings_length);
    append_varint(out, info.positions_offset);
    append_varint(out, info.positions_length);
  }
  if (!plain) append_forms(out, forms, term);
}

std::string encode_term_info(const TermInfo& info, std::string_view term) {
  std::string out;
  append_term_info(out, info, std::vector<FormView>(info.forms.begin(), info.forms.end()), term);
  return out;
}

TermInfo decode_term_info(std::string_view value, std::string_view term, Forms forms) {
  ByteReader in(value, "A dictionary entry");
  TermInfo info;
  const std::uint64_t head = in.varint();
  if (head >> 35 != 0) in.fail();
  info.papers = static_cast<std::uint32_t>(head >> 3);
  const bool plain = (head & 4) != 0;
  info.several_forms = (head & 2) != 0;
  info.is_inline = (head & 1) != 0;
  info.occurrences = in.varint_up_to<std::uint64_t>(1ULL << 48) + info.papers;
  if (info.is_inline) {
    info.inline_postings = plain ? in.bytes(in.remaining()) : in.text();
    if (info.papers > kMaxInlinePapers || (info.papers == 0) != info.inline_postings.empty()) in.fail();
  } else {
    if (info.papers == 0) in.fail();
    info.postings_offset = in.varint();
    info.postings_length = in.varint();
    info.positions_offset = in.varint();
    info.positions_length = in.varint();
  }
  if (forms == Forms::read) info.forms = plain ? std::vector<FormEntry>{{std::string(term), {}}} : read_forms(in, term);
  return info;
}

void PostingEncoder::begin(bool several_forms, std::uint64_t most_papers) {
  several_forms_ = several_forms;
  may_have_best_ = most_papers >= kBestListFrom;
  postings_begin_ = postings_.size();
  positions_begin_ = positions_.size();
  block_papers_ = 0, block_places_ = 0;
  table_.clear();
  all_.clear();
  previous_block_last_ = ~0U;
  count_ = 0, occurrences_ = 0;
}

void PostingEncoder::add(std::uint32_t paper, std::span<const std::uint32_t> positions, std::span<const std::uint32_t> forms) {
  if (places_.size() < block_places_ + positions.size()) {
    places_.resize((block_places_ + positions.size()) * 2);
    forms_.resize(places_.size());
  }
  std::uint32_t previous = 0;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    places_[block_places_ + i] = positions[i] - previous;
    previous = positions[i];
  }
  if (several_forms_) std::copy(forms.begin(), forms.end(), forms_.begin() + static_cast<std::ptrdiff_t>(block_places_));
  block_places_ += positions.size();
  end_paper(paper, positions.size());
}

void PostingEncoder::add(std::span<const Occurrence> occurrences) {
  const Occurrence* at = occurrences.data();
  const Occurrence* const end = at + occurrences.size();
  while (at != end) {
    const auto paper = static_cast<std::uint32_t>(*at >> 32);
    const Occurrence* const begin = at;
    std::uint32_t previous = 0;
    std::size_t place = block_places_;
    do {
      if (place == places_.size()) places_.resize(place * 2 + kBlockSize), forms_.resize(places_.size());
      const auto position = static_cast<std::uint32_t>(*at) >> 8;
      places_.data()[place] = position - previous;
      forms_.data()[place++] = static_cast<std::uint32_t>(*at) & 0xFF;
      previous = position;
    } while (++at != end && static_cast<std::uint32_t>(*at >> 32) == paper);
    block_places_ = place;
    end_paper(paper, static_cast<std::size_t>(at - begin));
  }
}

void PostingEncoder::end_paper(std::uint32_t paper, std::size_t frequency) {
  papers_[block_papers_] = paper;
  frequencies_[block_papers_++] = static_cast<std::uint32_t>(frequency) - 1;
  if (may_have_best_) all_.push_back({paper, static_cast<std::uint32_t>(frequency)});
  ++count_;
  occurrences_ += frequency;
  if (block_papers_ == kBlockSize) flush_block();
}

void PostingEncoder::flush_block() {
  if (block_papers_ == 0) return;
  table_.push_back({papers_[block_papers_ - 1], static_cast<std::uint32_t>(postings_.size() - postings_begin_),
                    static_cast<std::uint32_t>(positions_.size() - positions_begin_)});
  std::uint32_t previous = std::exchange(previous_block_last_, papers_[block_papers_ - 1]);
  for (std::size_t i = 0; i < block_papers_; ++i) {
    const std::uint32_t gap = papers_[i] - previous - 1;
    previous = std::exchange(papers_[i], gap);
  }
  append_packed(postings_, papers_, block_papers_);
  append_packed(postings_, frequencies_, block_papers_);
  for (std::size_t from = 0; from < block_places_; from += kBlockSize) {
    const std::size_t count = std::min(kBlockSize, block_places_ - from);
    append_packed(positions_, places_.data() + from, count);
    if (several_forms_) append_packed(positions_, forms_.data() + from, count);
  }
  block_papers_ = 0, block_places_ = 0;
}

// BM25 grows with the frequency and falls with the length: a paper with kBestListDepth others before it in both can be
// among the best for no k1, b or average length. Of each frequency the shortest papers stay, as far as papers of higher
// frequency are not shorter still.
std::vector<BestPosting> PostingEncoder::best() const {
  const auto before = [this](const BestPosting& a, const BestPosting& b) {
    if (facts_.lengths[a.paper] != facts_.lengths[b.paper]) return facts_.lengths[a.paper] < facts_.lengths[b.paper];
    return facts_.id_hashes[a.paper] < facts_.id_hashes[b.paper];
  };
  std::vector<std::vector<BestPosting>> shortest(kBestFrequencies + 1);
  for (const BestPosting& posting : all_) {
    std::vector<BestPosting>& list = shortest[std::min<std::size_t>(posting.frequency, kBestFrequencies)];
    const bool few = posting.frequency >= kBestFrequencies;  // of different frequencies: all are kept
    if (!few && list.size() == kBestListDepth && !before(posting, list.back())) continue;
    list.insert(few ? list.end() : std::upper_bound(list.begin(), list.end(), posting, before), posting);
    if (!few && list.size() > kBestListDepth) list.pop_back();
  }
  std::vector<BestPosting> kept;
  std::vector<std::uint16_t> shorter;  // lengths of those kept so far, of higher frequency
  for (std::size_t frequency = kBestFrequencies + 1; frequency-- > 0;) {
    for (const BestPosting& posting : shortest[frequency]) {
      const std::uint16_t length = facts_.lengths[posting.paper];
      const auto dominating = std::count_if(shorter.begin(), shorter.end(), [&](std::uint16_t other) { return other < length; });
      if (dominating < static_cast<std::ptrdiff_t>(kBestListDepth)) kept.push_back(posting);
    }
    shorter.clear();
    for (const BestPosting& posting : kept) {
      if (posting.frequency < kBestFrequencies) shorter.push_back(facts_.lengths[posting.paper]);
    }
  }
  return kept;
}

void PostingEncoder::append_best() {
  std::vector<BestPosting> kept = best();
  std::sort(kept.begin(), kept.end(), [](const BestPosting& a, const BestPosting& b) { return a.paper < b.paper; });
  append_varint(postings_, kept.size());
  std::uint32_t next = 0;  // the least paper that can follow
  for (const BestPosting& posting : kept) {
    append_varint(postings_, posting.paper - next);
    append_varint(postings_, posting.frequency - 1);
    next = posting.paper + 1;
  }
}

bool PostingEncoder::becomes_inline(std::string& out) {
  if (count_ > kMaxInlinePapers || occurrences_ > kMaxInlineBytes) return false;
  constexpr std::size_t kLongest = 5;  // bytes of a varint of 32 bits
  inline_.resize((2 * kMaxInlinePapers + 2 * kMaxInlineBytes) * kLongest);
  char* to = inline_.data();
  const auto varint = [&to](std::uint32_t value) {
    for (; value >= 0x80; value >>= 7) *to++ = static_cast<char>(value | 0x80);
    *to++ = static_cast<char>(value);
  };
  std::uint32_t previous = ~0U;
  std::size_t from = 0;
  for (std::size_t i = 0; i < block_papers_; ++i) {
    varint(papers_[i] - previous - 1);
    previous = papers_[i];
    if (i + 1 < block_papers_) varint(frequencies_[i]);  // the last has what is left of the occurrences
    for (std::uint32_t k = 0; k <= frequencies_[i]; ++k, ++from) {
      varint(places_[from]);
      if (several_forms_) *to++ = static_cast<char>(forms_[from]);
    }
  }
  const auto size = static_cast<std::size_t>(to - inline_.data());
  if (size <= kMaxInlineBytes) out.assign(inline_.data(), size);
  return size <= kMaxInlineBytes;
}

void PostingEncoder::end(TermInfo& info) {
  info.several_forms = several_forms_;
  info.papers = count_;
  info.occurrences = occurrences_;
  info.is_inline = becomes_inline(info.inline_postings);
  if (info.is_inline) return;
  info.inline_postings.clear();
  flush_block();
  if (count_ >= kBestListFrom) append_best();
  if (table_.size() > 1) {
    for (const BlockEntry& entry : table_) {
      append(postings_, entry.last_paper);
      append(postings_, entry.postings_offset);
      append(postings_, entry.positions_offset);
    }
  }
  info.postings_offset = postings_begin_;
  info.postings_length = postings_.size() - postings_begin_;
  info.positions_offset = positions_begin_;
  info.positions_length = positions_.size() - positions_begin_;
}

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
  std::size_t size = unpack(bytes, chunk.count, chunk.positions);
  chunk.has_forms = forms == Forms::read;
  if (info_.several_forms && chunk.has_forms) size += unpack(bytes.substr(size), chunk.count, chunk.forms);
  if (info_.several_forms && !chunk.has_forms) size += packed_size(bytes.substr(size), chunk.count);
  ++walked_, walked_to_ += size;
}

std::uint32_t PostingList::occurrences_before(std::uint32_t border, std::uint32_t block, const PostingBlock& decoded, std::uint32_t index) const {
  if (info_.is_inline) {
    Occurrences found;
    decode_inline(nullptr, index, &found);
    return static_cast<std::uint32_t>(std::lower_bound(found.positions.begin(), found.positions.end(), border) - found.positions.begin());
  }
  if (!chunk_) chunk_ = std::make_unique_for_overwrite<Chunk>();
  find_starts(block, decoded);
  std::uint64_t position = 0;
  const std::uint64_t first = chunk_->starts[index], end = chunk_->starts[index + 1];
  for (std::uint64_t at = first; at < end;) {
    const std::uint64_t number = at / kBlockSize, in_chunk = number * kBlockSize;
    const PackedNumbers gaps(chunk_bytes(block, number), chunk_size(number));
    for (const std::uint64_t to = std::min(end, in_chunk + kBlockSize); at < to; ++at) {
      if (position + gaps.at_least(at - in_chunk) >= border) return static_cast<std::uint32_t>(at - first);
      position += gaps.at(at - in_chunk);
      if (position >= border) return static_cast<std::uint32_t>(at - first);
    }
  }
  return static_cast<std::uint32_t>(end - first);
}

}  // namespace digest::index
