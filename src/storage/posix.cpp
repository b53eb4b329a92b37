// SPDX-License-Identifier: MIT
#include "storage/posix.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

namespace digest::storage {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    reset();
    number_ = std::exchange(other.number_, -1);
  }
  return *this;
}

void Descriptor::reset() {
  if (number_ >= 0) ::close(std::exchange(number_, -1));
}

Descriptor open_high(int directory, const char* path, int flags, unsigned mode) {
  Descriptor first(uninterrupted([&] { return ::openat(directory, path, flags | O_CLOEXEC, mode); }));
  if (!first.valid() || first.get() > 2) return first;
  Descriptor high(::fcntl(first.get(), F_DUPFD_CLOEXEC, 3));
  const int saved = errno;
  first.reset();
  errno = saved;
  return high;
}

static std::string_view advice(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
      return " Free some space, then run the command again; the index is as it was.";
    case EFBIG:
      return " Raise the limit on the size of a file (ulimit -f), then run the command again.";
    case EMFILE:
      return " Raise the limit on open files (ulimit -n), then run the command again.";
    case EACCES:
    case EPERM:
      return " Check who owns it and its permissions.";
    case EROFS:
      return " Put the index on a file system that can be written (--index DIR).";
    case ELOOP:
      return " Symbolic links are not followed inside an index.";
    default:
      return "";
  }
}

Error system_error(std::string_view action, std::string_view path, int error_number) {
  std::string message = "cannot ";
  message += action;
  message += " \"";
  message += path;
  message += "\": ";
  message += std::generic_category().message(error_number);
  message += '.';
  message += advice(error_number);
  return Error(error_number == ENOENT ? ErrorKind::not_found : ErrorKind::io, std::move(message));
}

std::int64_t read_at(int descriptor, std::uint64_t offset, std::size_t length, char* to) {
  std::size_t done = 0;
  while (done < length) {
    const std::size_t piece = std::min<std::size_t>(length - done, std::size_t{1} << 30);
    const auto got = uninterrupted(
        [&] { return ::pread(descriptor, to + done, piece, static_cast<off_t>(offset + done)); });
    if (got < 0) return -1;
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return static_cast<std::int64_t>(done);
}

void require_plain_name(std::string_view name) {
  if (name.empty() || name == "." || name == ".." || name.find('/') != name.npos ||
      name.find('\0') != name.npos) {
    throw Error(ErrorKind::usage, "\"" + std::string(name) + "\" cannot be the name of a file of an index.");
  }
}

}  // namespace digest::storage
