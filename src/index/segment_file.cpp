// SPDX-License-Identifier: MIT
#include "index/segment_file.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/bytes.hpp"
#include "text/analyzer.hpp"

namespace digest::index {
namespace {

constexpr std::uint64_t kSegmentMagic = 0x31474553'47494444ULL;  // "DDIGSEG1" as bytes, on disk
constexpr std::size_t kAlignment = 64;   // columns of numbers are read in place from a mapping
constexpr std::size_t kBufferBytes = 1U << 20;

std::string head_bytes() {
  std::string head;
  append(head, kSegmentMagic);
  append(head, kLayoutVersion);
  append(head, text::kAnalysisVersion);
  return head;
}

[[noreturn]] void damaged_file(const std::string& name, std::string_view what) {
  throw Error(ErrorKind::corrupt, fmt::format("{} is damaged: {}. {}", name, what, kHowToMend));
}

void check_version(const std::string& name, std::uint32_t layout, std::uint32_t analysis) {
  if (layout != kLayoutVersion) {
    throw Error(ErrorKind::version,
                fmt::format("{} has index layout {}, this program reads layout {}. Rebuild it: digest index --rebuild "
                            "FILE...", name, layout, kLayoutVersion));
  }
  if (analysis != text::kAnalysisVersion) {
    throw Error(ErrorKind::version,
                fmt::format("{} was made with analysis version {}, this program has {}: words would not meet. Rebuild "
                            "it: digest index --rebuild FILE...", name, analysis, text::kAnalysisVersion));
  }
}

}  // namespace

std::unique_ptr<storage::InputFile> open_committed(const storage::Directory& directory, const std::string& name, storage::Access access) {
  try {
    return directory.open(name, access);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::not_found) throw;
    throw Error(ErrorKind::corrupt, fmt::format("{} is gone from {}, and its newest commit needs it. `digest check --recover` "
                                                "goes back to an earlier commit that is whole, if there is one; `digest index "
                                                "--rebuild` makes the index anew from its digests.", name, directory.path()));
  }
}

std::string_view section_name(SectionId id) {
  constexpr std::array<std::string_view, kSectionCount + 1> kNames = {
      "none",  "papers",  "paper-offsets", "paper-dictionary", "postings", "positions",     "terms",
      "words", "lengths", "title-lengths", "id-hashes",        "dates",    "first-indexed", "keys"};
  return kNames[static_cast<std::size_t>(id)];
}

SegmentFileWriter::SegmentFileWriter(storage::Directory& directory, std::string name)
    : file_(directory.create(name)), name_(std::move(name)) {
  raw(head_bytes());
}

void SegmentFileWriter::raw(std::string_view bytes) {
  buffer_.append(bytes);
  written_ += bytes.size();
  if (buffer_.size() >= kBufferBytes) flush();
}

void SegmentFileWriter::flush() {
  file_->append(buffer_);
  buffer_.clear();
}

void SegmentFileWriter::begin(SectionId id) {
  const std::size_t over = written_ % kAlignment;
  if (over != 0) raw(std::string(kAlignment - over, '\0'));
  entries_.push_back({id, written_, 0, 0});
  section_size_ = 0;
  hasher_.reset();
}

void SegmentFileWriter::append(std::string_view bytes) {
  hasher_.update(bytes);
  section_size_ += bytes.size();
  raw(bytes);
}

void SegmentFileWriter::end() {
  entries_.back().length = section_size_;
  entries_.back().checksum = hasher_.value();
}

SegmentFileWriter::Finished SegmentFileWriter::finish(const SegmentCounts& counts) {
  std::string page = head_bytes();
  for (const std::uint32_t number : {counts.papers, counts.living, counts.without_abstract, counts.papers_per_block,
                                     counts.terms_root, counts.terms_depth, counts.words_root, counts.words_depth}) {
    digest::append(page, number);
  }
  for (const std::uint64_t number : {counts.total_length, counts.total_title_length, counts.terms, counts.words}) digest::append(page, number);
  digest::append(page, static_cast<std::uint64_t>(entries_.size()));
  for (const Entry& entry : entries_) {
    digest::append(page, static_cast<std::uint64_t>(entry.id));
    digest::append(page, entry.offset);
    digest::append(page, entry.length);
    digest::append(page, entry.checksum);
  }
  page.resize(kFooterBytes - sizeof(std::uint64_t), '\0');
  const std::uint64_t checksum = hash64(page);
  digest::append(page, checksum);
  raw(page);
  flush();
  file_->sync();
  file_->close();
  return {written_, checksum};
}

std::unique_ptr<SegmentFile> SegmentFile::open(const storage::Directory& directory, const std::string& name,
                                               storage::Access access, std::uint64_t size, std::uint64_t checksum) {
  std::unique_ptr<SegmentFile> segment(new SegmentFile());
  segment->file_ = open_committed(directory, name, access);
  const storage::InputFile& file = *segment->file_;
  if (file.size() != size) {
    damaged_file(file.name(), fmt::format("it has {} bytes, the commit says {}", file.size(), size));
  }
  if (size < kHeadBytes + kFooterBytes) damaged_file(file.name(), "it is too short for a segment");
  std::array<char, kFooterBytes> page;
  file.read(size - kFooterBytes, kFooterBytes, page.data());
  const std::string_view body(page.data(), kFooterBytes - sizeof(std::uint64_t));
  const auto stored = load<std::uint64_t>(page.data() + body.size());
  if (hash64(body) != stored) damaged_file(file.name(), "its table of contents has a wrong checksum");
  if (stored != checksum) damaged_file(file.name(), "it is not the segment that the commit names");

  ByteReader in(body, file.name());
  if (in.fixed<std::uint64_t>() != kSegmentMagic) damaged_file(file.name(), "it is no segment");
  const auto layout = in.fixed<std::uint32_t>();
  check_version(file.name(), layout, in.fixed<std::uint32_t>());
  SegmentCounts& counts = segment->counts_;
  for (std::uint32_t* number : {&counts.papers, &counts.living, &counts.without_abstract, &counts.papers_per_block,
                                &counts.terms_root, &counts.terms_depth, &counts.words_root, &counts.words_depth}) {
    *number = in.fixed<std::uint32_t>();
  }
  for (std::uint64_t* number : {&counts.total_length, &counts.total_title_length, &counts.terms, &counts.words}) *number = in.fixed<std::uint64_t>();
  const auto entries = in.fixed<std::uint64_t>();
  if (entries > kSectionCount) damaged_file(file.name(), "it names too many sections");
  for (std::uint64_t i = 0; i < entries; ++i) {
    const auto id = in.fixed<std::uint64_t>();
    const auto offset = in.fixed<std::uint64_t>(), length = in.fixed<std::uint64_t>();
    const auto sum = in.fixed<std::uint64_t>();
    if (id == 0 || id > kSectionCount) continue;  // of a later minor layout
    if (offset > size - kFooterBytes || length > size - kFooterBytes - offset) {
      damaged_file(file.name(), "a section lies outside the file");
    }
    if (offset % kAlignment != 0) damaged_file(file.name(), "a section begins at an odd place");
    segment->entries_[id] = {offset, length, sum};
  }
  if (counts.papers_per_block == 0 || counts.living > counts.papers) damaged_file(file.name(), "its counts are impossible");
  const std::uint64_t papers = counts.papers;
  if (segment->section_size(SectionId::lengths) != papers * 2 || segment->section_size(SectionId::title_lengths) != papers * 2 ||
      segment->section_size(SectionId::id_hashes) != papers * 8 || segment->section_size(SectionId::dates) != papers * 4 ||
      segment->section_size(SectionId::first_indexed) != papers * 4) {
    damaged_file(file.name(), "a column has not one entry a paper");
  }
  segment->mapped_ = file.mapped();
  return segment;
}

std::string_view SegmentFile::read(SectionId id, std::uint64_t offset, std::uint64_t length, Scratch& scratch) const {
  const Entry& at = entry(id);
  if (offset > at.length || length > at.length - offset) damaged(id, "something points outside it");
  if (!mapped_.empty()) return mapped_.substr(at.offset + offset, length);
  if (length == 0) return {};
  char* room = scratch.room(length);
  file_->read(at.offset + offset, length, room);
  return {room, static_cast<std::size_t>(length)};
}

std::string_view SegmentFile::mapped(SectionId id) const {
  if (mapped_.empty()) return {};
  return mapped_.substr(entry(id).offset, entry(id).length);
}

void SegmentFile::damaged(SectionId id, std::string_view what) const {
  damaged_file(file_->name(), fmt::format("section {} ({})", section_name(id), what));
}

}  // namespace digest::index
