// SPDX-License-Identifier: MIT
// XXH3, 64 bits (xxHash specification): checksums of files and hashes of keys. Not a defence against attackers.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace digest {

std::uint64_t hash64(std::string_view bytes);

// The same value over bytes that arrive in pieces.
class Hasher64 {
 public:
  Hasher64();
  ~Hasher64();
  Hasher64(Hasher64&&) noexcept;
  Hasher64& operator=(Hasher64&&) noexcept;
  void update(std::string_view bytes);
  [[nodiscard]] std::uint64_t value() const;
  void reset();

 private:
  void* state_;
};

}  // namespace digest
