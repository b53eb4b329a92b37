// SPDX-License-Identifier: MIT
// The commit: a small file that names the segments and tombstones of one state of the index. Published by rename, each
// step synced before the next (FORMAT.md, "Commits"); readers take the newest. The order and why each step is needed:
// Pillai et al., "All File Systems Are Not Created Equal" (OSDI 2014).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/directory.hpp"

namespace digest::index {

struct CommittedSegment {
  std::uint64_t number = 0;           // of the file's name; never used twice
  std::uint64_t size = 0;             // bytes of the segment file
  std::uint64_t checksum = 0;         // of its last page
  std::uint64_t tombstones = 0;       // number of its tombstone file; 0: none
  std::uint64_t tombstones_size = 0;
  std::uint64_t tombstones_checksum = 0;
  std::uint32_t papers = 0;           // slots
  std::uint32_t living = 0;
};

struct Commit {
  std::uint64_t generation = 0;       // 0: there is none yet
  std::uint64_t next_number = 1;      // for the next file
  std::vector<CommittedSegment> segments;
  [[nodiscard]] std::uint64_t living() const;
};

std::string segment_file_name(std::uint64_t number);
std::string tombstone_file_name(std::uint64_t number);
std::string commit_file_name(std::uint64_t generation);
inline constexpr const char* kLockFileName = "lock";

// Generations whose commit file is there, newest first.
std::vector<std::uint64_t> list_commits(const storage::Directory& directory);

// Error(corrupt), Error(version).
Commit read_commit(const storage::Directory& directory, std::uint64_t generation);

// The newest; nullopt if the directory holds none.
std::optional<Commit> read_newest_commit(const storage::Directory& directory);

// Makes `commit` the newest. Its files must be written and synced; returns when it would survive a power cut.
void publish_commit(storage::Directory& directory, const Commit& commit);

// Removes files of ours that `commit` does not need: older commits, their segments, what a killed writer left.
void remove_unneeded(storage::Directory& directory, const Commit& commit);

}  // namespace digest::index
