// SPDX-License-Identifier: MIT
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <limits>

#include "storage/directory.hpp"
#include "storage/mapping.hpp"
#include "storage/posix.hpp"

namespace digest::storage {
namespace {

// Appends below this size are gathered.
constexpr std::size_t kBufferBytes = std::size_t{64} << 10;

[[noreturn]] void throw_cut_short(const std::string& name) {
  throw Error(ErrorKind::corrupt,
              "\"" + name + "\" is shorter than it should be: it was cut short or is damaged.");
}

// A file of an index that is there and cannot be read: the disk has lost it, or it is a link. Other refusals (no
// descriptors left, not ours to read) say nothing about the file.
[[noreturn]] void throw_unreadable(std::string_view action, const std::string& name) {
  const bool lost = errno == EIO || errno == ELOOP;
  Error error = system_error(action, name, errno);
  if (lost) throw Error(ErrorKind::corrupt, error.what());
  throw error;
}

class FsInputFile final : public InputFile {
 public:
  FsInputFile(Descriptor file, std::uint64_t size, std::string name, Access access)
      : file_(std::move(file)), size_(size), name_(std::move(name)) {
    if (access == Access::mapped && size_ > 0 && size_ <= std::numeric_limits<std::size_t>::max() / 2) {
      mapping_ = std::make_unique<Mapping>(file_.get(), static_cast<std::size_t>(size_), name_);
      if (!mapping_->bytes().empty()) file_.reset();  // the mapping outlives the descriptor
    }
  }
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] std::string_view mapped() const override {
    return mapping_ ? mapping_->bytes() : std::string_view{};
  }

  void read(std::uint64_t offset, std::size_t length, char* to) const override {
    if (offset > size_ || length > size_ - offset) throw_cut_short(name_);
    if (length == 0) return;
    if (const auto bytes = mapped(); !bytes.empty()) {
      std::memcpy(to, bytes.data() + offset, length);
      return;
    }
    const auto got = read_at(file_.get(), offset, length, to);
    if (got < 0) throw_unreadable("read", name_);
    if (static_cast<std::size_t>(got) != length) throw_cut_short(name_);
  }

 private:
  Descriptor file_;
  std::uint64_t size_;
  std::string name_;
  std::unique_ptr<Mapping> mapping_;
};

class FsOutputFile final : public OutputFile {
 public:
  FsOutputFile(Descriptor file, std::string name) : file_(std::move(file)), name_(std::move(name)) {}
  [[nodiscard]] std::uint64_t size() const override { return size_; }

  void append(std::string_view bytes) override {
    require_usable();
    size_ += bytes.size();
    if (buffer_.size() + bytes.size() <= kBufferBytes) {
      buffer_.append(bytes);
      return;
    }
    flush();
    if (bytes.size() < kBufferBytes) {
      buffer_.append(bytes);
    } else {
      write(bytes);
    }
  }

  void sync() override {
    require_usable();
    flush();
    // After a failed sync the kernel may call the lost pages clean, and a second sync would succeed: never
    // retried.
    if (uninterrupted([&] { return ::fsync(file_.get()); }) != 0) give_up("store safely");
  }

  void close() override {
    require_usable();
    flush();
    usable_ = false;
    // An interrupted close has closed the descriptor on Linux: nothing to repeat and nothing lost.
    if (::close(file_.release()) != 0 && errno != EINTR) throw system_error("finish writing", name_, errno);
  }

 private:
  void require_usable() const {
    if (!usable_)
      throw Error(ErrorKind::io, "\"" + name_ + "\" was given up after an earlier error, or is closed.");
  }
  [[noreturn]] void give_up(std::string_view action) {
    const int number = errno;
    usable_ = false;
    throw system_error(action, name_, number);
  }
  void flush() {
    write(buffer_);
    buffer_.clear();
  }
  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto put = uninterrupted([&] { return ::write(file_.get(), bytes.data(), bytes.size()); });
      if (put < 0) give_up("write");
      bytes.remove_prefix(static_cast<std::size_t>(put));
    }
  }

  Descriptor file_;
  std::string name_;
  std::string buffer_;
  std::uint64_t size_ = 0;
  bool usable_ = true;
};

class FsLock final : public Lock {
 public:
  explicit FsLock(Descriptor file) : file_(std::move(file)) {}
  // Emptied, so that the folder's bytes do not depend on who wrote last; the lock itself goes with the
  // descriptor.
  ~FsLock() override { [[maybe_unused]] const int ignored = ::ftruncate(file_.get(), 0); }

 private:
  Descriptor file_;
};

std::string holder_of(int descriptor) {
  char text[24];
  const auto got = read_at(descriptor, 0, sizeof text, text);
  std::string digits;
  for (std::int64_t i = 0; i < got && text[i] >= '0' && text[i] <= '9'; ++i) digits += text[i];
  return digits.empty() ? "" : " (process " + digits + ")";
}

class FsDirectory final : public Directory {
 public:
  FsDirectory(Descriptor folder, std::string path) : folder_(std::move(folder)), path_(std::move(path)) {}
  [[nodiscard]] const std::string& path() const override { return path_; }

  [[nodiscard]] std::vector<std::string> list() const override {
    Descriptor copy = open_high(folder_.get(), ".", O_RDONLY | O_DIRECTORY);
    if (!copy.valid()) throw system_error("list", path_, errno);
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(copy.get()), ::closedir);
    if (!stream) throw system_error("list", path_, errno);
    [[maybe_unused]] const int owned_by_stream = copy.release();
    std::vector<std::string> names;
    for (;;) {
      errno = 0;
      const dirent* const entry = ::readdir(stream.get());
      if (entry == nullptr) break;
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") names.emplace_back(name);
    }
    if (errno != 0) throw system_error("list", path_, errno);
    std::sort(names.begin(), names.end());
    return names;
  }

  [[nodiscard]] std::unique_ptr<InputFile> open(const std::string& name, Access access) const override {
    require_plain_name(name);
    // O_NONBLOCK: a FIFO that somebody put there must not keep us waiting before we see what it is.
    Descriptor file = open_high(folder_.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (!file.valid()) throw_unreadable("open", full(name));
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) throw system_error("examine", full(name), errno);
    if (!S_ISREG(status.st_mode)) {
      throw Error(ErrorKind::corrupt,
                  "\"" + full(name) + "\" is not a regular file and cannot be part of an index.");
    }
    return std::make_unique<FsInputFile>(std::move(file), static_cast<std::uint64_t>(status.st_size),
                                         full(name), access);
  }

  [[nodiscard]] std::unique_ptr<OutputFile> create(const std::string& name) override {
    require_plain_name(name);
    Descriptor file = open_high(folder_.get(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0666);
    if (!file.valid()) throw system_error("create", full(name), errno);
    return std::make_unique<FsOutputFile>(std::move(file), full(name));
  }

  void rename(const std::string& from, const std::string& to) override {
    require_plain_name(from);
    require_plain_name(to);
    if (::renameat(folder_.get(), from.c_str(), folder_.get(), to.c_str()) != 0) {
      throw system_error("rename to \"" + to + "\" the file", full(from), errno);
    }
  }

  void remove(const std::string& name) override {
    require_plain_name(name);
    if (::unlinkat(folder_.get(), name.c_str(), 0) != 0 && errno != ENOENT) {
      throw system_error("remove", full(name), errno);
    }
  }

  void sync() override {
    if (uninterrupted([&] { return ::fsync(folder_.get()); }) != 0)
      throw system_error("store safely", path_, errno);
  }

  [[nodiscard]] std::unique_ptr<Lock> lock(const std::string& name) override {
    require_plain_name(name);
    Descriptor file =
        open_high(folder_.get(), name.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0666);
    if (!file.valid()) throw system_error("lock", full(name), errno);
    // A lock of the open file description: unlike a process's, it does not vanish when another descriptor of
    // the same file is closed, and it keeps two writers of one process apart.
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    if (uninterrupted([&] { return ::fcntl(file.get(), F_OFD_SETLK, &whole); }) != 0) {
      if (errno != EAGAIN && errno != EACCES) throw system_error("lock", full(name), errno);
      throw Error(ErrorKind::locked, "another digest" + holder_of(file.get()) +
                                         " is writing to the index in \"" + path_ +
                                         "\". Wait until it has finished, then run the command again.");
    }
    const std::string holder = std::to_string(::getpid()) + "\n";
    // The number only makes the other's message better: a full disk must not stop an optimize that frees
    // space.
    if (::ftruncate(file.get(), 0) == 0) {
      [[maybe_unused]] const auto ignored = ::pwrite(file.get(), holder.data(), holder.size(), 0);
    }
    return std::make_unique<FsLock>(std::move(file));
  }

 private:
  [[nodiscard]] std::string full(const std::string& name) const { return path_ + "/" + name; }

  Descriptor folder_;
  std::string path_;
};

// Makes the folder and those above it, each entry stored safely in the folder that holds it.
void make_folders(const std::string& path) {
  for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    const std::string part = path.substr(0, end);
    if (::mkdir(part.c_str(), 0777) == 0) {
      const auto slash = part.find_last_of('/');
      const std::string parent = slash == part.npos ? "." : slash == 0 ? "/" : part.substr(0, slash);
      const Descriptor above = open_high(AT_FDCWD, parent.c_str(), O_RDONLY | O_DIRECTORY);
      if (!above.valid() || uninterrupted([&] { return ::fsync(above.get()); }) != 0) {
        throw system_error("store safely", parent, errno);
      }
    } else if (errno != EEXIST) {
      throw system_error("make the folder", part, errno);
    }
    if (end == path.npos) return;
  }
}

}  // namespace

std::unique_ptr<Directory> open_fs_directory(const std::string& path, Create create) {
  std::string plain = path;
  while (plain.size() > 1 && plain.back() == '/') plain.pop_back();
  if (plain.empty() || plain.find('\0') != plain.npos)
    throw Error(ErrorKind::usage, "the folder of an index needs a name.");
  Descriptor folder = open_high(AT_FDCWD, plain.c_str(), O_RDONLY | O_DIRECTORY);
  if (!folder.valid() && errno == ENOENT && create == Create::yes) {
    make_folders(plain);
    folder = open_high(AT_FDCWD, plain.c_str(), O_RDONLY | O_DIRECTORY);
  }
  if (!folder.valid()) throw system_error("open the folder", plain, errno);
  return std::make_unique<FsDirectory>(std::move(folder), std::move(plain));
}

}  // namespace digest::storage
