// SPDX-License-Identifier: MIT
#include "index/segment_sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/memory.hpp"

namespace digest::index {
namespace {
constexpr std::size_t kSpillFrom = 16U << 20;
constexpr std::size_t kCopyBytes = 1U << 20;
}  // namespace

SpillBuffer::~SpillBuffer() {
  try {
    if (file_) directory_.remove(name_);
  } catch (...) {  // the next writer removes it
  }
}

void SpillBuffer::append(std::string_view bytes) {
  memory_.append(bytes);
  size_ += bytes.size();
  if (memory_.size() < kSpillFrom) return;
  if (!file_) {
    directory_.remove(name_);
    file_ = directory_.create(name_);
  }
  file_->append(memory_);
  memory_.clear();
}

void SpillBuffer::drain(const std::function<void(std::string_view)>& use) {
  if (file_) {
    file_->close();
    const auto input = directory_.open(name_, storage::Access::small_reads);
    std::string piece;
    for (std::uint64_t at = 0; at < input->size(); at += piece.size()) {
      piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(kCopyBytes, input->size() - at)));
      input->read(at, piece.size(), piece.data());
      use(piece);
    }
  }
  use(memory_);
  release(memory_);
}

SegmentSections::SegmentSections(storage::Directory& directory, std::uint64_t number)
    : number_(number),
      file_(directory, segment_file_name(number)),
      positions_(directory, fmt::format("spill-{}", number * 2)),
      term_pages_(directory, fmt::format("spill-{}", number * 2 + 1)) {
  file_.begin(SectionId::papers);
}

void SegmentSections::add_frame(std::string_view frame) {
  file_.append(frame);
  offsets_.push_back(file_.section_size());
}

void SegmentSections::finish_papers(std::string_view dictionary) {
  file_.end();
  column(SectionId::paper_offsets, offsets_);
  file_.begin(SectionId::paper_dictionary);
  file_.append(dictionary);
  file_.end();
  release(offsets_);
  file_.begin(SectionId::postings);
}

void SegmentSections::add_row(const RowColumns& row) {
  lengths_.push_back(row.length);
  title_lengths_.push_back(row.title_length);
  id_hashes_.push_back(row.id_hash);
  days_.push_back(row.day);
  first_indexed_.push_back(row.first_indexed);
}

void SegmentSections::add_term(std::string_view term, const TermInfo& info, std::span<const FormView> forms) {
  entry_.clear();
  append_term_info(entry_, info, forms, term);
  terms_.add(term, entry_);
  ++counts_.terms;
  term_pages_.append(terms_.take_pages());
}

void SegmentSections::drain(SectionId id, SpillBuffer& buffer) {
  file_.begin(id);
  buffer.drain([this](std::string_view bytes) { file_.append(bytes); });
  file_.end();
}

void SegmentSections::begin_words() {
  file_.end();  // postings
  drain(SectionId::positions, positions_);
  const StringTreeWriter::Root root = terms_.finish();
  counts_.terms_root = root.page, counts_.terms_depth = root.depth;
  term_pages_.append(terms_.take_pages());
  drain(SectionId::terms, term_pages_);
  file_.begin(SectionId::words);
}

void SegmentSections::add_word(std::string_view word) {
  words_.add(word, {});
  ++counts_.words;
  file_.append(words_.take_pages());
}

template <typename Value>
void SegmentSections::column(SectionId id, const std::vector<Value>& values) {
  file_.begin(id);
  file_.append({reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value)});
  file_.end();
}

void SegmentSections::finish_columns(std::string_view keys) {
  const StringTreeWriter::Root root = words_.finish();
  counts_.words_root = root.page, counts_.words_depth = root.depth;
  file_.append(words_.take_pages());
  file_.end();
  column(SectionId::lengths, lengths_);
  column(SectionId::title_lengths, title_lengths_);
  column(SectionId::id_hashes, id_hashes_);
  column(SectionId::dates, days_);
  column(SectionId::first_indexed, first_indexed_);
  file_.begin(SectionId::keys);
  file_.append(keys);
  file_.end();
}

CommittedSegment SegmentSections::finish() {
  const SegmentFileWriter::Finished finished = file_.finish(counts_);
  CommittedSegment entry;
  entry.number = number_;
  entry.size = finished.size;
  entry.checksum = finished.checksum;
  entry.papers = counts_.papers;
  entry.living = counts_.living;
  return entry;
}

}  // namespace digest::index
