// SPDX-License-Identifier: MIT
#include "support/faulty_directory.hpp"

#include <digest/error.hpp>

#include <algorithm>
#include <mutex>
#include <set>
#include <utility>

namespace digest::test {

using storage::Access;

struct FaultyDirectory::Disk {
  explicit Disk(const Files& before) : memory(storage::make_memory_directory()) {
    for (const auto& [name, bytes] : before) {
      auto file = memory->create(name);
      file->append(bytes);
      file->close();
      used += bytes.size();
    }
    recording.before = before;
  }

  // Counts an operation; throws if it is one that is to fail.
  void operation(const std::string& what) {
    const std::lock_guard guard(mutex);
    const std::uint64_t number = count++;
    const auto at = faults.fail_at;
    if (at && (number == *at || (faults.for_good && number > *at))) {
      throw Error(ErrorKind::io, "injected fault at operation " + std::to_string(number) + ": " + what);
    }
  }
  void record(Operation operation) {
    const std::lock_guard guard(mutex);
    recording.operations.push_back(std::move(operation));
  }

  std::unique_ptr<storage::Directory> memory;
  std::mutex mutex;
  Faults faults;
  std::uint64_t count = 0;
  std::uint64_t used = 0;
  Recording recording;
};

namespace {

using Disk = FaultyDirectory::Disk;

class FaultyInput final : public storage::InputFile {
 public:
  FaultyInput(std::shared_ptr<Disk> disk, std::unique_ptr<storage::InputFile> file)
      : disk_(std::move(disk)), file_(std::move(file)) {}
  [[nodiscard]] std::uint64_t size() const override { return file_->size(); }
  [[nodiscard]] const std::string& name() const override { return file_->name(); }
  [[nodiscard]] std::string_view mapped() const override { return file_->mapped(); }
  void read(std::uint64_t offset, std::size_t length, char* to) const override {
    disk_->operation("read " + file_->name());
    file_->read(offset, length, to);
  }

 private:
  std::shared_ptr<Disk> disk_;
  std::unique_ptr<storage::InputFile> file_;
};

class FaultyOutput final : public storage::OutputFile {
 public:
  FaultyOutput(std::shared_ptr<Disk> disk, std::unique_ptr<storage::OutputFile> file, std::size_t number)
      : disk_(std::move(disk)), file_(std::move(file)), number_(number) {}
  [[nodiscard]] std::uint64_t size() const override { return file_->size(); }

  void append(std::string_view bytes) override {
    try {
      disk_->operation("append");
    } catch (const Error&) {
      put(bytes.substr(0, bytes.size() / 2));  // a failing write may have written some of it
      throw;
    }
    const std::size_t fits = room_for(bytes.size());
    put(bytes.substr(0, fits));
    if (fits < bytes.size()) throw Error(ErrorKind::io, "injected fault: no space left");
  }
  void sync() override {
    disk_->operation("sync of a file");
    file_->sync();
    disk_->record({Operation::sync_file, number_, {}, {}, {}});
  }
  void close() override {
    disk_->operation("close");
    file_->close();
    disk_->record({Operation::close, number_, {}, {}, {}});
  }

 private:
  std::size_t room_for(std::size_t wanted) {
    const std::lock_guard guard(disk_->mutex);
    const std::uint64_t space = disk_->faults.space.value_or(UINT64_MAX);
    const std::uint64_t left = space > disk_->used ? space - disk_->used : 0;
    return static_cast<std::size_t>(std::min<std::uint64_t>(left, wanted));
  }
  void put(std::string_view bytes) {
    file_->append(bytes);
    disk_->record({Operation::append, number_, {}, {}, std::string(bytes)});
    const std::lock_guard guard(disk_->mutex);
    disk_->used += bytes.size();
  }

  std::shared_ptr<Disk> disk_;
  std::unique_ptr<storage::OutputFile> file_;
  std::size_t number_;
};

}  // namespace

FaultyDirectory::FaultyDirectory(const Files& before) : disk_(std::make_shared<Disk>(before)) {}
FaultyDirectory::~FaultyDirectory() = default;

void FaultyDirectory::set_faults(const Faults& faults) {
  const std::lock_guard guard(disk_->mutex);
  disk_->faults = faults;
  disk_->count = 0;
}

std::uint64_t FaultyDirectory::operations_counted() const {
  const std::lock_guard guard(disk_->mutex);
  return disk_->count;
}

Recording FaultyDirectory::recording() const {
  const std::lock_guard guard(disk_->mutex);
  return disk_->recording;
}

Files FaultyDirectory::files() const {
  Files files;
  for (const auto& name : disk_->memory->list()) {
    const auto file = disk_->memory->open(name, Access::mapped);
    files[name] = file->mapped();
  }
  return files;
}

const std::string& FaultyDirectory::path() const {
  return disk_->memory->path();
}

std::vector<std::string> FaultyDirectory::list() const {
  disk_->operation("list");
  return disk_->memory->list();
}

std::unique_ptr<storage::InputFile> FaultyDirectory::open(const std::string& name, Access access) const {
  disk_->operation("open " + name);
  return std::make_unique<FaultyInput>(disk_, disk_->memory->open(name, access));
}

std::unique_ptr<storage::OutputFile> FaultyDirectory::create(const std::string& name) {
  disk_->operation("create " + name);
  auto file = disk_->memory->create(name);
  std::size_t number = 0;
  {
    const std::lock_guard guard(disk_->mutex);
    number = disk_->recording.names.size();
    disk_->recording.names.push_back(name);
  }
  disk_->record({Operation::create, number, name, {}, {}});
  return std::make_unique<FaultyOutput>(disk_, std::move(file), number);
}

void FaultyDirectory::rename(const std::string& from, const std::string& to) {
  disk_->operation("rename " + from);
  disk_->memory->rename(from, to);
  disk_->record({Operation::rename, 0, from, to, {}});
}

void FaultyDirectory::remove(const std::string& name) {
  disk_->operation("remove " + name);
  const auto names = disk_->memory->list();
  if (!std::binary_search(names.begin(), names.end(), name)) return disk_->memory->remove(name);
  const std::uint64_t size = disk_->memory->open(name, Access::mapped)->size();
  disk_->memory->remove(name);
  disk_->record({Operation::remove, 0, name, {}, {}});
  const std::lock_guard guard(disk_->mutex);
  disk_->used -= std::min(disk_->used, size);
}

void FaultyDirectory::sync() {
  disk_->operation("sync of the directory");
  disk_->memory->sync();
  disk_->record({Operation::sync_directory, 0, {}, {}, {}});
}

std::unique_ptr<storage::Lock> FaultyDirectory::lock(const std::string& name) {
  disk_->operation("lock");
  return disk_->memory->lock(name);
}

namespace {

using Entries = std::map<std::string, std::size_t>;  // name -> number of the file

// A directory operation with the file it concerns, known when it was asked for: a rename that reaches the
// disk brings its file along even if the entry it was created under never did.
struct Change {
  Operation::Kind kind;
  std::string name, to;
  std::size_t file = 0;
};

void apply(const Change& change, Entries& entries) {
  switch (change.kind) {
    case Operation::create:
      entries[change.name] = change.file;
      break;
    case Operation::rename:
      entries.erase(change.name);
      entries[change.to] = change.file;
      break;
    default:
      entries.erase(change.name);
  }
}

struct Content {
  std::string bytes;
  std::size_t durable = 0;
};

// What may be left of a file.
std::vector<std::string> remains(const Content& content) {
  const std::size_t loose = content.bytes.size() - content.durable;
  if (loose == 0) return {content.bytes};
  const std::string safe = content.bytes.substr(0, content.durable);
  return {safe, content.bytes.substr(0, content.durable + loose / 2), safe + std::string(loose, '\0'),
          content.bytes};
}

class CrashModel {
 public:
  explicit CrashModel(const Recording& recording) {
    for (const auto& [name, bytes] : recording.before) {
      const std::size_t number = recording.names.size() + durable_.size();
      durable_[name] = current_[name] = number;
      contents_[number] = {bytes, bytes.size()};
    }
  }

  void perform(const Operation& operation) {
    switch (operation.kind) {
      case Operation::create:
        change({operation.kind, operation.name, {}, operation.file});
        break;
      case Operation::rename:
      case Operation::remove:
        change({operation.kind, operation.name, operation.to, current_.at(operation.name)});
        break;
      case Operation::append:
        contents_[operation.file].bytes += operation.bytes;
        break;
      case Operation::sync_file:
        contents_[operation.file].durable = contents_[operation.file].bytes.size();
        break;
      case Operation::sync_directory:
        durable_ = current_;
        pending_.clear();
        break;
      case Operation::close:
        break;
    }
  }

  void visit(const std::function<void(const Files&)>& visit_files) const {
    if (pending_.size() > 20)
      throw Error(ErrorKind::limit, "more unsynced directory operations than can be enumerated.");
    std::set<Entries> seen;
    for (std::uint32_t subset = 0; subset < (1U << pending_.size()); ++subset) {
      Entries entries = durable_;
      for (std::size_t i = 0; i < pending_.size(); ++i) {
        if ((subset >> i & 1U) != 0) apply(pending_[i], entries);
      }
      if (!seen.insert(entries).second) continue;
      Files files;
      fill(entries, entries.begin(), files, visit_files);
    }
  }

  [[nodiscard]] Files pick(const std::function<std::size_t(std::size_t)>& choose) const {
    Entries entries = durable_;
    for (const Change& change : pending_) {
      if (choose(2) == 1) apply(change, entries);
    }
    Files files;
    for (const auto& [name, number] : entries) {
      const auto found = contents_.find(number);
      std::vector<std::string> possible = remains(found == contents_.end() ? Content{} : found->second);
      files[name] = std::move(possible[choose(possible.size())]);
    }
    return files;
  }

 private:
  void change(const Change& change) {
    pending_.push_back(change);
    apply(change, current_);
  }

  void fill(const Entries& entries, Entries::const_iterator at, Files& files,
            const std::function<void(const Files&)>& visit_files) const {
    if (at == entries.end()) {
      visit_files(files);
      return;
    }
    const auto found = contents_.find(at->second);
    for (std::string& bytes : remains(found == contents_.end() ? Content{} : found->second)) {
      files[at->first] = std::move(bytes);
      fill(entries, std::next(at), files, visit_files);
    }
    files.erase(at->first);
  }

  Entries durable_, current_;
  std::vector<Change> pending_;
  std::map<std::size_t, Content> contents_;
};

}  // namespace

void for_each_crash_state(const Recording& recording,
                          const std::function<void(std::size_t, const Files&)>& visit) {
  CrashModel model(recording);
  for (std::size_t done = 0;; ++done) {
    model.visit([&](const Files& files) { visit(done, files); });
    if (done == recording.operations.size()) return;
    model.perform(recording.operations[done]);
  }
}

Files a_crash_state(const Recording& recording, std::size_t done,
                    const std::function<std::size_t(std::size_t)>& choose) {
  CrashModel model(recording);
  for (std::size_t i = 0; i < done; ++i) model.perform(recording.operations.at(i));
  return model.pick(choose);
}

Recording without(const Recording& recording, std::size_t at) {
  Recording shorter = recording;
  // A close stands in its place: it does nothing here and keeps the numbers of the other operations.
  shorter.operations.at(at).kind = Operation::close;
  return shorter;
}

std::string describe(const Recording& recording, std::size_t at) {
  static const char* const kKinds[] = {"create", "append to",         "sync", "close", "rename",
                                       "remove", "sync the directory"};
  const Operation& operation = recording.operations.at(at);
  std::string text = "operation " + std::to_string(at) + ": " + kKinds[operation.kind];
  if (operation.kind == Operation::rename || operation.kind == Operation::remove)
    return text + " " + operation.name + " " + operation.to;
  if (operation.kind == Operation::sync_directory) return text;
  return text + " " + recording.names.at(operation.file);
}

}  // namespace digest::test
