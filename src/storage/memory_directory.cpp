// SPDX-License-Identifier: MIT
#include <cstring>
#include <map>
#include <mutex>

#include "storage/directory.hpp"
#include "storage/posix.hpp"

namespace digest::storage {
namespace {

using Bytes = std::shared_ptr<const std::string>;

struct Content {
  Bytes finished;       // set by close()
  std::string growing;  // until then
};
struct Shared {
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<Content>> files;
  std::map<std::string, bool> locked;
};

class MemoryInputFile final : public InputFile {
 public:
  MemoryInputFile(Bytes bytes, std::string name, Access access)
      : bytes_(std::move(bytes)), name_(std::move(name)), access_(access) {}
  [[nodiscard]] std::uint64_t size() const override { return bytes_->size(); }
  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] std::string_view mapped() const override {
    return access_ == Access::mapped ? std::string_view(*bytes_) : std::string_view{};
  }
  void read(std::uint64_t offset, std::size_t length, char* to) const override {
    if (offset > bytes_->size() || length > bytes_->size() - offset) {
      throw Error(ErrorKind::corrupt,
                  "\"" + name_ + "\" is shorter than it should be: it was cut short or is damaged.");
    }
    if (length > 0) std::memcpy(to, bytes_->data() + offset, length);
  }

 private:
  Bytes bytes_;
  std::string name_;
  Access access_;
};

class MemoryOutputFile final : public OutputFile {
 public:
  MemoryOutputFile(std::shared_ptr<Shared> shared, std::shared_ptr<Content> content)
      : shared_(std::move(shared)), content_(std::move(content)) {}
  void append(std::string_view bytes) override {
    const std::lock_guard guard(shared_->mutex);
    require_open();
    content_->growing.append(bytes);
    size_ += bytes.size();
  }
  void sync() override {
    const std::lock_guard guard(shared_->mutex);
    require_open();
  }
  void close() override {
    const std::lock_guard guard(shared_->mutex);
    require_open();
    content_->finished = std::make_shared<const std::string>(std::move(content_->growing));
  }
  [[nodiscard]] std::uint64_t size() const override { return size_; }

 private:
  void require_open() const {
    if (content_->finished) throw Error(ErrorKind::io, "this file is closed.");
  }
  std::shared_ptr<Shared> shared_;
  std::shared_ptr<Content> content_;
  std::uint64_t size_ = 0;
};

class MemoryLock final : public Lock {
 public:
  MemoryLock(std::shared_ptr<Shared> shared, std::string name)
      : shared_(std::move(shared)), name_(std::move(name)) {}
  ~MemoryLock() override {
    const std::lock_guard guard(shared_->mutex);
    shared_->locked.erase(name_);
  }

 private:
  std::shared_ptr<Shared> shared_;
  std::string name_;
};

class MemoryDirectory final : public Directory {
 public:
  [[nodiscard]] const std::string& path() const override { return path_; }

  [[nodiscard]] std::vector<std::string> list() const override {
    const std::lock_guard guard(shared_->mutex);
    std::vector<std::string> names;
    for (const auto& [name, content] : shared_->files) names.push_back(name);
    return names;
  }

  [[nodiscard]] std::unique_ptr<InputFile> open(const std::string& name, Access access) const override {
    require_plain_name(name);
    const std::lock_guard guard(shared_->mutex);
    const Content& content = *find(name, "open")->second;
    const Bytes bytes =
        content.finished ? content.finished : std::make_shared<const std::string>(content.growing);
    return std::make_unique<MemoryInputFile>(bytes, full(name), access);
  }

  [[nodiscard]] std::unique_ptr<OutputFile> create(const std::string& name) override {
    require_plain_name(name);
    const std::lock_guard guard(shared_->mutex);
    const auto [at, is_new] = shared_->files.try_emplace(name, std::make_shared<Content>());
    if (!is_new) throw system_error("create", full(name), EEXIST);
    return std::make_unique<MemoryOutputFile>(shared_, at->second);
  }

  void rename(const std::string& from, const std::string& to) override {
    require_plain_name(from);
    require_plain_name(to);
    const std::lock_guard guard(shared_->mutex);
    const auto at = find(from, "rename");
    if (from == to) return;
    auto content = std::move(at->second);
    shared_->files.erase(at);
    shared_->files.insert_or_assign(to, std::move(content));
  }

  void remove(const std::string& name) override {
    require_plain_name(name);
    const std::lock_guard guard(shared_->mutex);
    shared_->files.erase(name);
  }

  void sync() override {}

  [[nodiscard]] std::unique_ptr<Lock> lock(const std::string& name) override {
    require_plain_name(name);
    const std::lock_guard guard(shared_->mutex);
    if (!shared_->locked.try_emplace(name, true).second) {
      throw Error(ErrorKind::locked,
                  "another writer of this process is writing to the index in \"" + path_ + "\".");
    }
    shared_->files.try_emplace(name, std::make_shared<Content>());
    return std::make_unique<MemoryLock>(shared_, name);
  }

 private:
  [[nodiscard]] std::string full(const std::string& name) const { return path_ + "/" + name; }
  [[nodiscard]] std::map<std::string, std::shared_ptr<Content>>::iterator find(
      const std::string& name, std::string_view action) const {
    const auto at = shared_->files.find(name);
    if (at == shared_->files.end()) throw system_error(action, full(name), ENOENT);
    return at;
  }

  std::string path_ = "(memory)";
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

}  // namespace

std::unique_ptr<Directory> make_memory_directory() {
  return std::make_unique<MemoryDirectory>();
}

}  // namespace digest::storage
