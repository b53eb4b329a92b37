// SPDX-License-Identifier: MIT
// Put before the C library (LD_PRELOAD), this makes the system lazy: every other read and write moves a third of what
// was asked for, every fourth is interrupted before it has begun. A program that takes the answer for the whole loses data.
#include <dlfcn.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace {

std::atomic<unsigned> calls{0};

template <typename Call>
Call* real(const char* name) {
  return reinterpret_cast<Call*>(::dlsym(RTLD_NEXT, name));
}

// How much of `size` to ask for; -1: interrupted.
ssize_t lazy(std::size_t size) {
  const unsigned number = calls++;
  if (number % 4 == 3) {
    errno = EINTR;
    return -1;
  }
  return static_cast<ssize_t>(number % 2 == 1 && size > 2 ? size / 3 : size);
}

}  // namespace

extern "C" {

ssize_t read(int file, void* to, std::size_t size) {
  static auto* const next = real<ssize_t(int, void*, std::size_t)>("read");
  const ssize_t part = lazy(size);
  return part < 0 ? -1 : next(file, to, static_cast<std::size_t>(part));
}

ssize_t write(int file, const void* from, std::size_t size) {
  static auto* const next = real<ssize_t(int, const void*, std::size_t)>("write");
  const ssize_t part = lazy(size);
  return part < 0 ? -1 : next(file, from, static_cast<std::size_t>(part));
}

ssize_t pread(int file, void* to, std::size_t size, off_t at) {
  static auto* const next = real<ssize_t(int, void*, std::size_t, off_t)>("pread");
  const ssize_t part = lazy(size);
  return part < 0 ? -1 : next(file, to, static_cast<std::size_t>(part), at);
}

ssize_t pread64(int file, void* to, std::size_t size, off_t at) { return pread(file, to, size, at); }

ssize_t pwrite(int file, const void* from, std::size_t size, off_t at) {
  static auto* const next = real<ssize_t(int, const void*, std::size_t, off_t)>("pwrite");
  const ssize_t part = lazy(size);
  return part < 0 ? -1 : next(file, from, static_cast<std::size_t>(part), at);
}

ssize_t pwrite64(int file, const void* from, std::size_t size, off_t at) { return pwrite(file, from, size, at); }

}  // extern "C"
