// SPDX-License-Identifier: MIT
// Little-endian bytes, written to a string and read back with every length checked. The only decoder of numbers that
// come from a file. Not synchronised.
#pragma once
#include <digest/error.hpp>

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace digest {

static_assert(std::endian::native == std::endian::little, "files are little-endian; a big-endian port must swap here");

template <typename Integer>
[[nodiscard]] inline Integer load(const char* from) {
  Integer value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

template <typename Integer>
inline void store(char* to, Integer value) {
  std::memcpy(to, &value, sizeof value);
}

template <typename Integer>
inline void append(std::string& out, Integer value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

// Seven bits a byte, lowest first, the high bit set on all but the last.
inline void append_varint(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

inline void append_text(std::string& out, std::string_view text) {
  append_varint(out, text.size());
  out.append(text);
}

// The end of every message about a damaged index.
inline constexpr std::string_view kHowToMend =
    "Run `digest check` to see what else is; `digest index --rebuild` makes the index anew from its digests.";

// Reads forward through bytes that nobody vouches for. Running out, or a number too large for its type, throws
// Error(corrupt) that names `what`.
class ByteReader {
 public:
  ByteReader(std::string_view bytes, std::string_view what) : at_(bytes.data()), end_(at_ + bytes.size()), what_(what) {}

  [[nodiscard]] std::size_t remaining() const { return static_cast<std::size_t>(end_ - at_); }
  [[nodiscard]] bool empty() const { return at_ == end_; }

  template <typename Integer>
  [[nodiscard]] Integer fixed() {
    if (remaining() < sizeof(Integer)) fail();
    const auto value = load<Integer>(at_);
    at_ += sizeof(Integer);
    return value;
  }

  [[nodiscard]] std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (at_ == end_) fail();
      const auto byte = static_cast<unsigned char>(*at_++);
      if (shift == 63 && byte > 1) fail();
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    fail();
  }

  // A varint that must not exceed `most`.
  template <typename Integer>
  [[nodiscard]] Integer varint_up_to(Integer most) {
    const std::uint64_t value = varint();
    if (value > most) fail();
    return static_cast<Integer>(value);
  }

  [[nodiscard]] std::string_view bytes(std::uint64_t count) {
    if (count > remaining()) fail();
    const std::string_view taken(at_, static_cast<std::size_t>(count));
    at_ += count;
    return taken;
  }

  [[nodiscard]] std::string_view text() { return bytes(varint()); }

  // Up to the next `end`, which is taken too.
  [[nodiscard]] std::string_view until(char end) {
    const void* found = empty() ? nullptr : std::memchr(at_, end, remaining());
    if (found == nullptr) fail();
    const std::string_view taken(at_, static_cast<std::size_t>(static_cast<const char*>(found) - at_));
    at_ += taken.size() + 1;
    return taken;
  }

  [[noreturn]] void fail() const {
    throw Error(ErrorKind::corrupt, std::string(what_) + " is damaged: it ends early or holds an impossible number. " + std::string(kHowToMend));
  }

 private:
  const char* at_;
  const char* end_;
  std::string_view what_;
};

}  // namespace digest
