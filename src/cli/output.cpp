// SPDX-License-Identifier: MIT
#include "cli/output.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>
#include <digest/error.hpp>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "render/escape.hpp"

namespace digest::cli {
namespace {

constexpr std::size_t kBufferBytes = 64 * 1024;

// After a failed write: whether it was only interrupted, or has to wait for the reader, which it now has. Whoever shares
// a terminal or a pipe with us may have made it one that does not wait.
bool worth_repeating(int descriptor) {
  if (errno == EINTR) return true;
  if (errno != EAGAIN) return false;
  pollfd wanted{descriptor, POLLOUT, 0};
  return ::poll(&wanted, 1, -1) > 0 || errno == EINTR;
}

void write_quietly(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && worth_repeating(descriptor)) continue;
    if (written <= 0) return;  // nowhere to complain to
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

void Output::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= kBufferBytes) flush();
}

void Output::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (!worth_repeating(descriptor_)) {
      const int reason = errno;
      buffer_.clear();
      if (reason == EPIPE) throw ReaderGone{};
      throw Error(ErrorKind::io, fmt::format("{} could not be written: {}. Part of the output is missing.",
                                             name_, std::strerror(reason)));
    }
  }
  buffer_.clear();
}

void Output::close() {
  if (descriptor_ < 0) return;
  flush();
  const int closed = ::close(descriptor_);
  const int reason = errno;
  descriptor_ = -1;
  if (closed != 0 && reason != EINTR && reason != EBADF) {
    throw Error(ErrorKind::io, fmt::format("{} could not be written: {}. Part of the output is missing.",
                                           name_, std::strerror(reason)));
  }
}

void write_file(const std::string& path, std::string_view text) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0)
    throw Error(ErrorKind::io, fmt::format("{} could not be made: {}.", path, std::strerror(errno)));
  Output file(descriptor, path);
  file.write(text);
  file.close();
}

void Messages::line(std::string_view text) const {
  if (!quiet_) raw(render::printable(text, render::Keep::lines) + "\n");
}

void Messages::error(std::string_view text) const {
  raw(fmt::format("{}: {}\n", program_, render::printable(text, render::Keep::lines)));
}

void Messages::warning(std::string_view text) const {
  raw(render::printable(text, render::Keep::lines) + "\n");
}

void Messages::raw(std::string_view bytes) const {
  write_quietly(STDERR_FILENO, bytes);
}

void guard_standard_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    // Opened for reading only in place of standard output: writing fails, as it should.
    const int opened = ::open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY);
    if (opened >= 0 && opened != descriptor) {
      ::dup2(opened, descriptor);
      ::close(opened);
    }
  }
  std::signal(SIGPIPE, SIG_IGN);  // seen as EPIPE, so that what was opened is closed in order
  std::signal(SIGXFSZ, SIG_IGN);  // seen as EFBIG, so that a limit on the size of files ends in a sentence
}

}  // namespace digest::cli
