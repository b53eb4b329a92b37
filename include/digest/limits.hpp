// SPDX-License-Identifier: MIT
// How much of an input is held or believed. A digest is read from mail and from the web: whatever it claims, memory
// stays within these bounds. Each is far above anything a real digest needs; beyond it there is a message.
#pragma once
#include <cstddef>
#include <cstdint>

namespace digest {

// Recognition looks at this much text and no more, so that a pipe can be read without seeking. An arXiv mail has its
// first record within 3 KiB, a saved web page within 40 KiB.
inline constexpr std::size_t kLookAheadBytes = 64U << 10;

// The longest abstract of 75,000 measured is 3.5 kB; a field beyond this is damage or an attack.
inline constexpr std::size_t kMaxFieldBytes = 1U << 20;

// One record with everything its source says about it (a JSON record of an API with avatars and embeddings is 100 kB).
inline constexpr std::size_t kMaxRecordBytes = 8U << 20;

// A JSON record is one line, and some XML is one line altogether (its reader does not go by lines).
inline constexpr std::size_t kMaxLineBytes = kMaxRecordBytes;

// A compressed mail with a compressed attachment is two; deeper nesting is how bombs are built.
inline constexpr int kMaxContainerDepth = 3;

// Text compresses to a tenth, repetitive JSON to a fiftieth. A ratio beyond this is believed only for small outputs.
inline constexpr std::uint64_t kMaxExpansionRatio = 250;
inline constexpr std::uint64_t kFreeExpansionBytes = 64ULL << 20;

// What a decompressor may allocate for its window: `zstd --long` asks for 128 MiB, `xz -9` for 65.
inline constexpr int kMaxZstdWindowLog = 27;
inline constexpr std::uint64_t kMaxXzMemoryBytes = 160ULL << 20;

// RFC 5322 allows lines of 998 bytes; a header of this many bytes in all is no mail.
inline constexpr std::size_t kMaxMailHeaderBytes = 256U << 10;
inline constexpr int kMaxMultipartDepth = 8;

// While the parts of a multipart/alternative are compared, papers of two parts are held.
inline constexpr std::size_t kMaxHeldPapers = 20'000;

// Nesting of one JSON record; real ones stay below ten.
inline constexpr int kMaxJsonDepth = 64;

// Addresses, or categories, of one paper, however many records it is merged of: each is compared with all others.
inline constexpr std::size_t kMaxListed = 256;

// Papers of one title ("Editorial") that another of this title is compared with, before only the very same text counts:
// else a digest of ten thousand of them would take ten thousand times as long as one of other papers.
inline constexpr std::size_t kMaxNamesakes = 64;

// Of each kind of problem this many are shown, then one line with the count.
inline constexpr std::uint64_t kShownProblems = 5;

}  // namespace digest
