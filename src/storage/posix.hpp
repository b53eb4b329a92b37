// SPDX-License-Identifier: MIT
// What the files of this room share: descriptors that close themselves, calls repeated after an interruption,
// and errors of the operating system as sentences. For this room only.
#pragma once
#include <digest/error.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace digest::storage {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor() { reset(); }

  [[nodiscard]] int get() const { return number_; }
  [[nodiscard]] bool valid() const { return number_ >= 0; }
  void reset();
  [[nodiscard]] int release() { return std::exchange(number_, -1); }

 private:
  int number_ = -1;
};

// Repeats a call that a signal interrupted.
template <typename Call>
auto uninterrupted(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

// openat() that never answers with 0, 1 or 2, so that a message can never land in a file of the index:
// whoever started us may have closed the standard streams. Invalid, with errno, on failure.
Descriptor open_high(int directory, const char* path, int flags, unsigned mode = 0);

// "cannot ACTION "PATH": REASON. ADVICE", with the advice that fits the reason, if there is any.
[[nodiscard]] Error system_error(std::string_view action, std::string_view path, int error_number);

// Copies `length` bytes at `offset` of an open file; fewer only at the end of the file. -1 and errno on
// failure.
std::int64_t read_at(int descriptor, std::uint64_t offset, std::size_t length, char* to);

// Error(usage) unless `name` is a plain file name.
void require_plain_name(std::string_view name);

}  // namespace digest::storage
