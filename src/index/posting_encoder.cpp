// SPDX-License-Identifier: MIT
// Writes posting lists (postings.hpp; bytes: FORMAT.md, "Posting lists").
#include <algorithm>
#include <utility>

#include "base/bytes.hpp"
#include "index/postings.hpp"

namespace digest::index {
namespace {

constexpr std::size_t kBestFrequencies = 64;  // frequencies from here on compete in one list

}  // namespace

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

}  // namespace digest::index
