// SPDX-License-Identifier: MIT
// A directory in memory whose disk can fail, and which remembers every operation, so that a test can ask what
// a power failure at any moment might have left behind.
//
// The model is pessimistic. After a crash, a file has what was synced, and of the rest nothing, half, zeroes
// or all; of the directory's own operations since its last sync any subset has happened, in order. Syncing a
// file does not make its name durable. (Reordering within one file and damage to synced bytes are not
// modelled.)
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/directory.hpp"

namespace digest::test {

using Files = std::map<std::string, std::string>;

struct Operation {
  enum Kind { create, append, sync_file, close, rename, remove, sync_directory };
  Kind kind;
  std::size_t file = 0;  // number of the file, whatever its name is by now
  std::string name;      // create, rename, remove: the entry
  std::string to;        // rename
  std::string bytes;     // append
};

struct Faults {
  std::optional<std::uint64_t> fail_at;  // the operation of this number fails, counted from 0, reads included
  bool for_good = false;                 // and all after it
  std::optional<std::uint64_t> space;    // bytes the disk holds; an append that exceeds it writes what fits
};

// What happened on a directory that held `before`, all of it durable.
struct Recording {
  std::vector<std::string> names;  // for messages: the name each file was created with
  Files before;
  std::vector<Operation> operations;
};

class FaultyDirectory final : public storage::Directory {
 public:
  explicit FaultyDirectory(const Files& before = {});
  ~FaultyDirectory() override;

  // From here on; the count of operations starts again.
  void set_faults(const Faults& faults);
  [[nodiscard]] std::uint64_t operations_counted() const;
  [[nodiscard]] Recording recording() const;
  [[nodiscard]] Files files() const;  // as a process sees them now

  [[nodiscard]] const std::string& path() const override;
  [[nodiscard]] std::vector<std::string> list() const override;
  [[nodiscard]] std::unique_ptr<storage::InputFile> open(const std::string& name,
                                                         storage::Access access) const override;
  [[nodiscard]] std::unique_ptr<storage::OutputFile> create(const std::string& name) override;
  void rename(const std::string& from, const std::string& to) override;
  void remove(const std::string& name) override;
  void sync() override;
  [[nodiscard]] std::unique_ptr<storage::Lock> lock(const std::string& name) override;

  struct Disk;

 private:
  std::shared_ptr<Disk> disk_;
};

// Every state a crash may leave, each once a moment: called with how many operations had been asked for, and
// the files.
void for_each_crash_state(const Recording& recording,
                          const std::function<void(std::size_t done, const Files& files)>& visit);

// One of the states that a crash after the first `done` operations may leave. `choose(n)` answers with a number below n.
[[nodiscard]] Files a_crash_state(const Recording& recording, std::size_t done,
                                  const std::function<std::size_t(std::size_t)>& choose);

// The recording as it would be if its operation `at`, a sync, had been forgotten.
[[nodiscard]] Recording without(const Recording& recording, std::size_t at);

// A sentence about an operation, for the message of a failing test.
[[nodiscard]] std::string describe(const Recording& recording, std::size_t at);

}  // namespace digest::test
