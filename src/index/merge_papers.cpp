// SPDX-License-Identifier: MIT
#include "index/merge_papers.hpp"

#include <digest/error.hpp>

#include <algorithm>
#include <string>
#include <utility>

#include "base/parallel.hpp"

namespace digest::index {
namespace {

constexpr std::size_t kTrainingBytes = 8U << 20;
constexpr std::size_t kBlocksAtOnce = 128;  // made by all threads before they are written

}  // namespace

PaperMerge::PaperMerge(const std::vector<const Segment*>& sources, const MergeOptions& options) : sources_(sources), options_(options) {
  choose_dictionary();
  place_papers();
}

// Blocks can be copied from sources with the dictionary of the largest.
void PaperMerge::choose_dictionary() {
  if (options_.recompress) return train_anew();
  const Segment* largest = *std::max_element(sources_.begin(), sources_.end(), [](const Segment* a, const Segment* b) {
    return a->papers() < b->papers();
  });
  PaperStore store(largest->file());
  dictionary_ = std::make_shared<CompressionDictionary>(std::string(store.dictionary()), options_.level);
}

// From papers of all parts of all sources.
void PaperMerge::train_anew() {
  std::string samples;
  std::vector<std::size_t> sizes;
  std::uint64_t papers = 0;
  for (const Segment* source : sources_) papers += source->papers();
  const std::uint64_t step = papers / 8192 + 1;
  for (const Segment* source : sources_) {
    PaperStore store(source->file());
    for (std::uint64_t paper = 0; paper < source->papers() && samples.size() < kTrainingBytes; paper += step) {
      if (source->is_dead(static_cast<std::uint32_t>(paper))) continue;  // may be no more than a number in its block
      const std::string_view bytes = store.bytes(static_cast<std::uint32_t>(paper));
      samples.append(bytes);
      sizes.push_back(bytes.size());
    }
  }
  dictionary_ = std::make_shared<CompressionDictionary>(train_dictionary(samples, sizes), options_.level);
}

bool PaperMerge::copies_blocks(const Segment& source) const {
  if (options_.recompress || source.tombstones().count() > source.papers() / 8 ||
      source.counts().papers_per_block != kPapersPerBlock) {
    return false;
  }
  PaperStore store(source.file());
  return store.dictionary() == dictionary_->bytes();
}

void PaperMerge::place_papers() {
  for (const Segment* source : sources_) placement_.slots.emplace_back(source->papers(), kGone);
  for (std::uint32_t s = 0; s < sources_.size(); ++s) {
    copied_.push_back(copies_blocks(*sources_[s]));
    if (copied_.back()) fill_block();
    for (std::uint32_t paper = 0; paper < sources_[s]->papers(); ++paper) {
      if (sources_[s]->is_dead(paper)) {
        if (copied_.back()) placement_.origins.push_back({s, kGone});  // its bytes stay in the copied block
      } else {
        place(s, paper);
      }
    }
    if (copied_.back()) fill_block();
  }
  while (!placement_.origins.empty() && placement_.origins.back().paper == kGone) placement_.origins.pop_back();
  if (placement_.origins.size() >= kGone) throw Error(ErrorKind::limit, "An index segment cannot hold more than four billion papers.");
}

void PaperMerge::place(std::uint32_t source, std::uint32_t paper) {
  if (sources_[source]->is_dead(paper)) return;
  placement_.slots[source][paper] = static_cast<std::uint32_t>(placement_.origins.size());
  placement_.origins.push_back({source, paper});
}

void PaperMerge::fill_block() {
  while (placement_.origins.size() % kPapersPerBlock != 0) placement_.origins.push_back({0, kGone});
}

// What one thread makes frames with.
class PaperMerge::Frames {
 public:
  explicit Frames(const PaperMerge& merge) : merge_(merge) {
    for (const Segment* source : merge.sources_) stores_.push_back(std::make_unique<PaperStore>(source->file()));
  }

  std::string frame(std::size_t block) {
    const std::vector<Placement::Origin>& origins = merge_.placement_.origins;
    const auto begin = origins.begin() + static_cast<std::ptrdiff_t>(block * kPapersPerBlock);
    const auto end = begin + std::min<std::ptrdiff_t>(kPapersPerBlock, origins.end() - begin);
    const auto living = std::find_if(begin, end, [](const Placement::Origin& origin) { return origin.paper != kGone; });
    if (living != end && merge_.copied_[living->source]) {
      return std::string(stores_[living->source]->frame(living->paper / kPapersPerBlock));
    }
    std::vector<std::string> papers;
    for (auto origin = begin; origin != end; ++origin) {
      papers.push_back(origin->paper == kGone ? std::string() : std::string(stores_[origin->source]->bytes(origin->paper)));
    }
    std::string frame;
    compressor_.append_block(frame, {papers.begin(), papers.end()}, *merge_.dictionary_);
    return frame;
  }

 private:
  const PaperMerge& merge_;
  std::vector<std::unique_ptr<PaperStore>> stores_;
  PaperCompressor compressor_;
};

void PaperMerge::write(SegmentSections& sections) const {
  const unsigned threads = std::max(1U, options_.threads);
  const std::size_t blocks = (placement_.origins.size() + kPapersPerBlock - 1) / kPapersPerBlock;
  std::vector<std::unique_ptr<Frames>> makers;
  for (unsigned i = 0; i < threads; ++i) makers.push_back(std::make_unique<Frames>(*this));
  std::vector<std::string> frames;
  for (std::size_t first = 0; first < blocks; first += kBlocksAtOnce) {
    frames.resize(std::min(kBlocksAtOnce, blocks - first));
    parallel_for(threads, threads, [&](std::size_t part) {
      for (std::size_t i = part; i < frames.size(); i += threads) frames[i] = makers[part]->frame(first + i);
    });
    for (const std::string& frame : frames) sections.add_frame(frame);
  }
  sections.finish_papers(dictionary_->bytes());
}

}  // namespace digest::index
