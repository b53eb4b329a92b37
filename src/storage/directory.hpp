// SPDX-License-Identifier: MIT
// The one door to the operating system for index files: a flat directory of write-once files. Two rooms behind it: the
// file system (fs_directory) and memory (memory_directory, for tests, with faults). All errors are digest::Error with
// the file's name. Names are plain file names, made by us, never taken from data; symbolic links are not followed.
// Threads: a Directory may be used from several threads; a file object belongs to one at a time, but InputFile::read
// and view are safe from several.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace digest::storage {

// A whole immutable file, read in pieces.
class InputFile {
 public:
  virtual ~InputFile() = default;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  [[nodiscard]] virtual const std::string& name() const = 0;  // for messages
  // Copies exactly `length` bytes at `offset` to `to`; past the end, or if the file was cut short: Error(corrupt).
  virtual void read(std::uint64_t offset, std::size_t length, char* to) const = 0;
  // The whole file in memory if it is mapped (long-lived use); empty otherwise: then use read().
  [[nodiscard]] virtual std::string_view mapped() const = 0;
};

// Append only. Nothing is durable before sync() returned. Destroyed without close(): abandoned.
class OutputFile {
 public:
  virtual ~OutputFile() = default;
  virtual void append(std::string_view bytes) = 0;
  virtual void sync() = 0;   // a failed sync is final: the file must be given up
  virtual void close() = 0;  // checked; no append afterwards
  [[nodiscard]] virtual std::uint64_t size() const = 0;  // bytes appended
};

// Held while it lives; the operating system releases it when the process dies, however it dies.
class Lock {
 public:
  virtual ~Lock() = default;
};

enum class Access { small_reads, mapped };

class Directory {
 public:
  virtual ~Directory() = default;
  [[nodiscard]] virtual const std::string& path() const = 0;                  // for messages
  [[nodiscard]] virtual std::vector<std::string> list() const = 0;            // names, sorted; empty if it does not exist
  [[nodiscard]] virtual std::unique_ptr<InputFile> open(const std::string& name, Access access) const = 0;
  [[nodiscard]] virtual std::unique_ptr<OutputFile> create(const std::string& name) = 0;  // must not exist
  virtual void rename(const std::string& from, const std::string& to) = 0;    // replaces `to`, atomically
  virtual void remove(const std::string& name) = 0;                           // no error if it is not there
  virtual void sync() = 0;                                                    // the directory's own entries
  // The writer lock: Error(locked) at once, naming the holder's process id, if another process has it.
  [[nodiscard]] virtual std::unique_ptr<Lock> lock(const std::string& name) = 0;
};

enum class Create { no, yes };

// Error(not_found) if there is no such folder and it is not to be created.
std::unique_ptr<Directory> open_fs_directory(const std::string& path, Create create);
std::unique_ptr<Directory> make_memory_directory();

}  // namespace digest::storage
