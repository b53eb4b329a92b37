// SPDX-License-Identifier: MIT
// A digest, opened to be read from start to end: a regular file, or standard input. Anything else (a FIFO, a
// device, a folder) is refused with a sentence before a byte is read, so that no command hangs. And the
// digests of a folder. Threads: an Input belongs to one thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/posix.hpp"

namespace digest::storage {

class Input {
 public:
  // "-" is standard input. Error(input) with the path, the reason and the way out.
  static Input open(const std::string& path);

  // Up to `length` bytes, 0 at the end, never fewer because of a signal. Error(input) if reading fails.
  std::size_t read(char* to, std::size_t length);

  // Of a regular file, for progress; it may grow or shrink meanwhile.
  [[nodiscard]] std::optional<std::uint64_t> size() const { return size_; }

 private:
  Input(Descriptor file, int number, std::string path)
      : file_(std::move(file)), number_(number), path_(std::move(path)) {}

  Descriptor file_;  // empty for standard input, which stays open
  int number_;
  std::string path_;
  std::optional<std::uint64_t> size_;
};

[[nodiscard]] bool is_folder(const std::string& path);

// The regular files in a folder and in the folders inside it, in the order of their paths; each path begins
// with the folder as it was given. Symbolic links are not followed; names that begin with a dot are left out.
// What cannot be listed is in `problems`, one sentence each. Error(input) if the folder itself cannot be
// listed.
struct FolderListing {
  std::vector<std::string> files;
  std::vector<std::string> problems;
};
[[nodiscard]] FolderListing list_folder(const std::string& path);

}  // namespace digest::storage
