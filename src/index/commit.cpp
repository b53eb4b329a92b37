// SPDX-License-Identifier: MIT
#include "index/commit.hpp"

#include <digest/error.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/bytes.hpp"
#include "base/hash.hpp"
#include "index/segment_file.hpp"
#include "text/analyzer.hpp"

namespace digest::index {
namespace {

constexpr std::uint64_t kCommitMagic = 0x314d4f43'47494444ULL;  // "DDIGCOM1" as bytes, on disk
constexpr std::uint64_t kMostSegments = 1U << 16;
constexpr std::uint64_t kMostNumber = 999'999'999'999'999'999;  // of a file's name: the next one still fits
constexpr std::size_t kMostCommitBytes = 64 + kMostSegments * 56;

// "NAME-<number>", nothing else.
std::optional<std::uint64_t> number_of(std::string_view name, std::string_view prefix) {
  if (name.size() <= prefix.size() || name.substr(0, prefix.size()) != prefix) return std::nullopt;
  name.remove_prefix(prefix.size());
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc() || end != name.data() + name.size() || name[0] == '0' || number > kMostNumber) return std::nullopt;
  return number;
}

std::string encode(const Commit& commit) {
  std::string out;
  append(out, kCommitMagic);
  append(out, kLayoutVersion);
  append(out, text::kAnalysisVersion);
  append(out, commit.generation);
  append(out, commit.next_number);
  append(out, static_cast<std::uint64_t>(commit.segments.size()));
  for (const CommittedSegment& segment : commit.segments) {
    for (const std::uint64_t number : {segment.number, segment.size, segment.checksum, segment.tombstones,
                                       segment.tombstones_size, segment.tombstones_checksum}) {
      append(out, number);
    }
    append(out, segment.papers);
    append(out, segment.living);
  }
  append(out, hash64(out));
  return out;
}

}  // namespace

std::uint64_t Commit::living() const {
  std::uint64_t sum = 0;
  for (const CommittedSegment& segment : segments) sum += segment.living;
  return sum;
}

std::string segment_file_name(std::uint64_t number) { return fmt::format("segment-{}", number); }
std::string tombstone_file_name(std::uint64_t number) { return fmt::format("tombstones-{}", number); }
std::string commit_file_name(std::uint64_t generation) { return fmt::format("commit-{}", generation); }

std::vector<std::uint64_t> list_commits(const storage::Directory& directory) {
  std::vector<std::uint64_t> found;
  for (const std::string& name : directory.list()) {
    if (const auto number = number_of(name, "commit-")) found.push_back(*number);
  }
  std::sort(found.rbegin(), found.rend());
  return found;
}

Commit read_commit(const storage::Directory& directory, std::uint64_t generation) {
  const auto file = directory.open(commit_file_name(generation), storage::Access::small_reads);
  const auto damaged = [&](std::string_view what) {
    return Error(ErrorKind::corrupt,
                 fmt::format("{} is damaged: {}. `digest check --recover` goes back to the newest whole commit; "
                             "`digest index --rebuild` makes the index anew from its digests.", file->name(), what));
  };
  if (file->size() < 48 || file->size() > kMostCommitBytes) throw damaged("it has an impossible size");
  std::string bytes(static_cast<std::size_t>(file->size()), '\0');
  file->read(0, bytes.size(), bytes.data());
  const std::string_view body(bytes.data(), bytes.size() - 8);
  if (load<std::uint64_t>(bytes.data() + body.size()) != hash64(body)) throw damaged("its checksum is wrong");
  ByteReader in(body, file->name());
  if (in.fixed<std::uint64_t>() != kCommitMagic) throw damaged("it is no commit");
  const auto layout = in.fixed<std::uint32_t>(), analysis = in.fixed<std::uint32_t>();
  if (layout != kLayoutVersion || analysis != text::kAnalysisVersion) {
    throw Error(ErrorKind::version,
                fmt::format("The index in {} has layout {} and analysis {}; this program reads layout {} and analysis "
                            "{}. Rebuild it: digest index --rebuild FILE...", directory.path(), layout, analysis,
                            kLayoutVersion, text::kAnalysisVersion));
  }
  Commit commit;
  commit.generation = in.fixed<std::uint64_t>();
  commit.next_number = in.fixed<std::uint64_t>();
  const auto count = in.fixed<std::uint64_t>();
  if (commit.generation != generation || count > kMostSegments || commit.next_number > kMostNumber) throw damaged("its numbers are impossible");
  std::set<std::uint64_t> numbers;
  for (std::uint64_t i = 0; i < count; ++i) {
    CommittedSegment segment;
    for (std::uint64_t* number : {&segment.number, &segment.size, &segment.checksum, &segment.tombstones,
                                  &segment.tombstones_size, &segment.tombstones_checksum}) {
      *number = in.fixed<std::uint64_t>();
    }
    segment.papers = in.fixed<std::uint32_t>();
    segment.living = in.fixed<std::uint32_t>();
    if (segment.living > segment.papers || segment.number >= commit.next_number || segment.tombstones >= commit.next_number) throw damaged("its numbers are impossible");
    if (!numbers.insert(segment.number).second) throw damaged("it names a segment twice");
    commit.segments.push_back(segment);
  }
  if (!in.empty()) throw damaged("it is longer than what it says");
  return commit;
}

std::optional<Commit> read_newest_commit(const storage::Directory& directory) {
  const std::vector<std::uint64_t> commits = list_commits(directory);
  if (commits.empty()) return std::nullopt;
  return read_commit(directory, commits.front());
}

void publish_commit(storage::Directory& directory, const Commit& commit) {
  directory.sync();  // the names of the segments it will point to
  const std::string name = commit_file_name(commit.generation), pending = "pending-" + name;
  directory.remove(pending);
  const auto file = directory.create(pending);
  file->append(encode(commit));
  file->sync();
  file->close();
  directory.rename(pending, name);
  directory.sync();
}

void remove_unneeded(storage::Directory& directory, const Commit& commit) {
  std::set<std::string> needed{commit_file_name(commit.generation)};
  for (const CommittedSegment& segment : commit.segments) {
    needed.insert(segment_file_name(segment.number));
    if (segment.tombstones != 0) needed.insert(tombstone_file_name(segment.tombstones));
  }
  for (const std::string& name : directory.list()) {
    if (needed.count(name) != 0) continue;
    const bool ours = number_of(name, "commit-") || number_of(name, "segment-") || number_of(name, "tombstones-") ||
                      number_of(name, "pending-commit-") || number_of(name, "spill-");
    if (ours) directory.remove(name);
  }
}

}  // namespace digest::index
