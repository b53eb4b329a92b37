// SPDX-License-Identifier: MIT
#include "base/hash.hpp"

#include <xxhash.h>

#include <new>
#include <utility>

namespace digest {

std::uint64_t hash64(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

Hasher64::Hasher64() : state_(XXH3_createState()) {
  if (state_ == nullptr) throw std::bad_alloc();
  reset();
}
Hasher64::~Hasher64() { XXH3_freeState(static_cast<XXH3_state_t*>(state_)); }
Hasher64::Hasher64(Hasher64&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
Hasher64& Hasher64::operator=(Hasher64&& other) noexcept {
  std::swap(state_, other.state_);
  return *this;
}
void Hasher64::update(std::string_view bytes) {
  XXH3_64bits_update(static_cast<XXH3_state_t*>(state_), bytes.data(), bytes.size());
}
std::uint64_t Hasher64::value() const { return XXH3_64bits_digest(static_cast<const XXH3_state_t*>(state_)); }
void Hasher64::reset() { XXH3_64bits_reset(static_cast<XXH3_state_t*>(state_)); }

}  // namespace digest
