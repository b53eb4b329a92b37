// SPDX-License-Identifier: MIT
// gzip (several members), zstd (several frames, skippable ones too) and xz, undone as they arrive.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "ingest/stage.hpp"

namespace digest::ingest {

enum class Compression { none, gzip, zstd, xz };

Compression compression_of(std::string_view head);  // by its first bytes
std::string_view name_of(Compression compression);

// What a decompressor may not decide itself.
struct Expansion {
  // Code and sentence of what stopped it: "truncated-input", "bad-gzip", "expands-too-much".
  std::function<void(std::string code, std::string message)> problem;
  // Bytes of the outermost file that have been used up, and those that came out here: may more come?
  std::function<bool(std::uint64_t consumed, std::uint64_t produced)> allowed;
};

// Pushes what comes out to `next`, which it finishes too.
std::unique_ptr<Stage> make_decompressor(Compression compression, std::unique_ptr<Stage> next, Expansion expansion);

}  // namespace digest::ingest
