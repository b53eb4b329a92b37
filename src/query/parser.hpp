// SPDX-License-Identifier: MIT
// The entry of the query room: text -> tree. Never an error: what cannot be an operator is text, and what was
// odd is said in the notes. Time and memory are bounded whatever the text. Safe from any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "query/query.hpp"

namespace digest::query {

inline constexpr std::size_t kMaxQueryBytes = 8192;  // what lies beyond is cut
inline constexpr std::uint32_t kMaxClauses = 256;    // words beyond are ignored

// Guarantees about the tree: a boolean has two children or more, is no deeper than kMaxDepth, and never holds
// only exclusions; weights stand on leaves; `nothing` and `everything` stand alone at the root (everything
// also as the one must of a boolean that excludes). `should` children flagged stop_word do not count in
// min_should.
Query parse(std::string_view text, const ParseOptions& options);

}  // namespace digest::query
