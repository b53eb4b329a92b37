// SPDX-License-Identifier: MIT
#include "index/tombstones.hpp"

#include <digest/error.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "base/bytes.hpp"
#include "base/hash.hpp"
#include "index/segment_file.hpp"

namespace digest::index {
namespace {
constexpr std::uint64_t kMagic = 0x31424d54'47494444ULL;  // "DDIGTMB1" as bytes, on disk
}

void Tombstones::bury(std::uint32_t paper, const Buried& buried) {
  dead_[paper / 64] |= std::uint64_t{1} << (paper % 64);
  ++buried_;
  length_ += buried.length;
  title_length_ += buried.title_length;
  without_abstract_ += buried.without_abstract;
  for (const std::string& term : buried.terms) ++terms_[hash64(term)];
}

std::uint32_t Tombstones::buried_with(std::string_view term) const {
  if (terms_.empty()) return 0;
  const auto found = terms_.find(hash64(term));
  return found == terms_.end() ? 0 : found->second;
}

Tombstones::Written Tombstones::write(storage::Directory& directory, const std::string& name) const {
  std::string out;
  append(out, kMagic);
  append(out, papers_);
  append(out, buried_);
  append(out, length_);
  append(out, title_length_);
  append(out, std::uint64_t{without_abstract_});
  for (const std::uint64_t word : dead_) append(out, word);
  std::vector<std::pair<std::uint64_t, std::uint32_t>> sorted(terms_.begin(), terms_.end());
  std::sort(sorted.begin(), sorted.end());
  append(out, static_cast<std::uint64_t>(sorted.size()));
  for (const auto& [hash, count] : sorted) append(out, hash), append(out, count);
  const std::uint64_t checksum = hash64(out);
  append(out, checksum);
  const auto file = directory.create(name);
  file->append(out);
  file->sync();
  file->close();
  return {out.size(), checksum};
}

Tombstones Tombstones::read(const storage::Directory& directory, const std::string& name, std::uint32_t papers,
                            std::uint64_t size, std::uint64_t checksum) {
  const auto file = open_committed(directory, name, storage::Access::small_reads);
  const auto damaged = [&](std::string_view what) {
    return Error(ErrorKind::corrupt, fmt::format("{} is damaged: {}. {}", file->name(), what, kHowToMend));
  };
  if (file->size() != size || size < 48 || size > (std::uint64_t{1} << 36)) throw damaged("it has not the size that the commit says");
  std::string bytes(static_cast<std::size_t>(size), '\0');
  file->read(0, bytes.size(), bytes.data());
  const std::string_view body(bytes.data(), bytes.size() - 8);
  const auto stored = load<std::uint64_t>(bytes.data() + body.size());
  if (stored != hash64(body) || stored != checksum) throw damaged("its checksum is wrong");
  ByteReader in(body, file->name());
  if (std::uint64_t{papers} / 8 > size) throw damaged("it belongs to another segment");  // before there is memory for so many
  Tombstones out(papers);
  if (in.fixed<std::uint64_t>() != kMagic || in.fixed<std::uint32_t>() != papers) throw damaged("it belongs to another segment");
  out.buried_ = in.fixed<std::uint32_t>();
  out.length_ = in.fixed<std::uint64_t>();
  out.title_length_ = in.fixed<std::uint64_t>();
  const auto without_abstract = in.fixed<std::uint64_t>();
  if (without_abstract > out.buried_) throw damaged("its count is wrong");
  out.without_abstract_ = static_cast<std::uint32_t>(without_abstract);
  std::uint64_t dead = 0;
  for (std::uint64_t& word : out.dead_) dead += static_cast<std::uint64_t>(std::popcount(word = in.fixed<std::uint64_t>()));
  const bool beyond = papers % 64 != 0 && out.dead_.back() >> (papers % 64) != 0;  // a paper that is not there
  if (dead != out.buried_ || beyond) throw damaged("its count is wrong");
  const auto terms = in.fixed<std::uint64_t>();
  if (terms != in.remaining() / 12 || in.remaining() % 12 != 0) throw damaged("its count is wrong");
  out.terms_.reserve(static_cast<std::size_t>(terms));
  std::uint64_t previous = 0;
  for (std::uint64_t i = 0; i < terms; ++i) {
    const auto hash = in.fixed<std::uint64_t>();
    if (i > 0 && hash <= previous) throw damaged("its terms are out of order");
    out.terms_.emplace(previous = hash, in.fixed<std::uint32_t>());
  }
  return out;
}

}  // namespace digest::index
