// SPDX-License-Identifier: MIT
#include "storage/input.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <system_error>

namespace digest::storage {
namespace {

// Folders in folders: more than any reader keeps, less than the stack or the open files allow.
constexpr int kMaxDepth = 64;

Error unreadable(const std::string& path, int error_number) {
  return Error(ErrorKind::input,
               "cannot read \"" + path + "\": " + std::generic_category().message(error_number) + ".");
}

const char* kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a folder";
  if (S_ISFIFO(mode)) return "a named pipe";
  if (S_ISSOCK(mode)) return "a socket";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device";
  return "not a regular file";
}

// A pipe that the caller opened, as shells do for <(command): its other end is there.
bool is_own_pipe(const std::string& path, mode_t mode) {
  return S_ISFIFO(mode) && (path.starts_with("/dev/fd/") || path.starts_with("/proc/self/fd/") || path == "/dev/stdin");
}

void require_regular(const std::string& path, const struct stat& status) {
  if (S_ISREG(status.st_mode) || is_own_pipe(path, status.st_mode)) return;
  std::string message = "cannot read \"" + path + "\": it is " + kind_of(status.st_mode) + ", not a file.";
  if (!S_ISDIR(status.st_mode))
    message += " To read it all the same, pass it as standard input: - < " + path;
  throw Error(ErrorKind::input, std::move(message));
}

void walk(Descriptor folder, const std::string& path, int depth, FolderListing& found) {
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(folder.get()), ::closedir);
  if (!stream) {
    found.problems.push_back(unreadable(path, errno).what());
    return;
  }
  [[maybe_unused]] const int owned_by_stream = folder.release();
  const int number = ::dirfd(stream.get());
  for (;;) {
    errno = 0;
    const dirent* const entry = ::readdir(stream.get());
    if (entry == nullptr) break;
    const std::string name = entry->d_name;
    if (name.front() == '.') continue;
    const std::string inside = path.back() == '/' ? path + name : path + "/" + name;
    struct stat status {};
    if (::fstatat(number, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
      found.problems.push_back(unreadable(inside, errno).what());
    } else if (S_ISREG(status.st_mode)) {
      found.files.push_back(inside);
    } else if (S_ISDIR(status.st_mode)) {
      if (depth == kMaxDepth) {
        found.problems.push_back("\"" + inside + "\" was left out: folders are nested too deeply.");
        continue;
      }
      Descriptor next = open_high(number, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
      if (next.valid()) {
        walk(std::move(next), inside, depth + 1, found);
      } else {
        found.problems.push_back(unreadable(inside, errno).what());
      }
    }
  }
  if (errno != 0) found.problems.push_back(unreadable(path, errno).what());
}

}  // namespace

Input Input::open(const std::string& path) {
  struct stat status {};
  if (path == "-") {
    if (::fstat(STDIN_FILENO, &status) != 0) throw unreadable("standard input", errno);
    if (S_ISDIR(status.st_mode)) throw unreadable("standard input", EISDIR);
    Input input(Descriptor(), STDIN_FILENO, "standard input");
    if (S_ISREG(status.st_mode)) input.size_ = static_cast<std::uint64_t>(status.st_size);
    return input;
  }
  if (path.empty() || path.find('\0') != path.npos) throw unreadable(path, ENOENT);
  Descriptor file = open_high(AT_FDCWD, path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (!file.valid()) throw unreadable(path, errno);
  if (::fstat(file.get(), &status) != 0) throw unreadable(path, errno);
  require_regular(path, status);
  const int number = file.get();
  ::posix_fadvise(number, 0, 0, POSIX_FADV_SEQUENTIAL);
  Input input(std::move(file), number, path);
  if (S_ISREG(status.st_mode)) input.size_ = static_cast<std::uint64_t>(status.st_size);
  return input;
}

std::size_t Input::read(char* to, std::size_t length) {
  auto got = uninterrupted([&] { return ::read(number_, to, length); });
  while (got < 0 && errno == EAGAIN) {  // whoever shares standard input with us may have made it one that does not wait
    pollfd wanted{number_, POLLIN, 0};
    if (::poll(&wanted, 1, -1) < 0 && errno != EINTR) break;
    got = uninterrupted([&] { return ::read(number_, to, length); });
  }
  if (got < 0) throw unreadable(path_, errno);
  return static_cast<std::size_t>(got);
}

bool is_folder(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

FolderListing list_folder(const std::string& path) {
  Descriptor folder = open_high(AT_FDCWD, path.c_str(), O_RDONLY | O_DIRECTORY);
  if (!folder.valid()) throw unreadable(path, errno);
  FolderListing found;
  walk(std::move(folder), path, 0, found);
  std::sort(found.files.begin(), found.files.end());
  return found;
}

}  // namespace digest::storage
