// SPDX-License-Identifier: MIT
// Packed numbers, dictionary entries and posting lists. Any bytes: decoded within bounds or refused. Any list: encoded
// and decoded to the same.
#include "index/postings.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "fuzz/section_file.hpp"
#include "fuzz/small_index.hpp"

namespace {

using namespace digest;
using namespace digest::test;
using namespace digest::index;

void read_list(const PostingList& list, std::uint32_t papers) {
  auto block = std::make_unique<PostingBlock>();
  PostingList::Occurrences found;
  for (std::uint32_t b = 0; b < list.blocks(); ++b) {
    list.decode(b, *block);
    if (block->count == 0 || block->count > kBlockSize) std::abort();
    for (std::uint32_t i = 0; i < block->count; ++i) {
      if (block->papers[i] >= papers || block->frequencies[i] == 0) std::abort();
      if (i > 0 && block->papers[i] <= block->papers[i - 1]) std::abort();
      list.occurrences(b, *block, i, Forms::read, found);
      if (found.positions.size() != block->frequencies[i] || found.forms.size() != found.positions.size()) std::abort();
      const std::uint32_t border = found.positions[found.positions.size() / 2] + i % 2;
      const auto before = std::lower_bound(found.positions.begin(), found.positions.end(), border) - found.positions.begin();
      if (list.occurrences_before(border, b, *block, i) != static_cast<std::uint32_t>(before)) std::abort();
    }
    if (list.find_block(block->papers[block->count - 1], 0) > list.blocks()) std::abort();
  }
}

void any_numbers(std::string_view bytes) {
  std::array<std::uint32_t, kBlockSize> values;
  for (const std::size_t count : {std::size_t{1}, std::size_t{31}, std::size_t{127}, kBlockSize}) {
    only_errors([&] {
      const std::size_t used = unpack(bytes, count, values.data());
      if (used > bytes.size() || packed_size(bytes, count) != used) std::abort();
      std::array<std::uint32_t, kBlockSize> other;
      if (unpack_ascending(bytes, count, other.data(), ~0U).size != used) std::abort();
      unpack_plus_one(bytes, count, other.data());
      std::string again;
      append_packed(again, values.data(), count);
      std::array<std::uint32_t, kBlockSize> same;
      if (unpack(again, count, same.data()) != again.size() || !std::equal(values.begin(), values.begin() + count, same.begin())) std::abort();
    });
  }
}

void any_list(Decisions& decide) {
  const std::uint32_t papers = decide.word() % 2000U;
  const std::size_t entry_bytes = decide.byte() % 64U;
  const std::string_view rest = decide.rest();
  const std::string_view entry = rest.substr(0, std::min(entry_bytes, rest.size()));
  const std::string_view lists = rest.substr(entry.size());
  const std::string postings(lists.substr(0, lists.size() / 2)), positions(lists.substr(lists.size() / 2));
  const SectionFile stored({{SectionId::postings, postings}, {SectionId::positions, positions}}, papers, storage::Access::small_reads);
  only_errors([&] { read_list(PostingList(*stored.file, decode_term_info(entry, "grok", Forms::read)), papers); });
  // Entries rarely fit by chance: one that does.
  only_errors([&] {
    TermInfo info;
    info.papers = 1 + static_cast<std::uint32_t>(entry_bytes) * 5U;
    info.several_forms = entry_bytes % 2 == 0;
    info.postings_length = postings.size(), info.positions_length = positions.size();
    read_list(PostingList(*stored.file, info), papers);
  });
}

void round_trip(Decisions& decide) {
  const bool several = decide.byte() % 2 != 0;
  std::string postings, positions;
  const std::vector<std::uint16_t> lengths(1U << 16, 100);
  const std::vector<std::uint64_t> hashes(1U << 16, 7);
  PostingEncoder encoder(postings, positions, {lengths, hashes});
  encoder.begin(several, 1000);
  struct Added {
    std::uint32_t paper;
    std::vector<std::uint32_t> positions, forms;
  };
  std::vector<Added> added;
  for (std::uint32_t paper = 0; !decide.empty() && added.size() < 1000; ++paper) {
    paper += decide.byte() * (decide.byte() % 16 == 0 ? 97U : 1U);
    if (paper >= lengths.size()) break;
    Added one{paper, {}, {}};
    std::uint32_t position = 0;
    for (unsigned k = 0, count = 1 + decide.byte() % 5U; k < count; ++k) {
      one.positions.push_back(position += decide.byte());
      one.forms.push_back(several ? decide.byte() : 0);
    }
    encoder.add(paper, one.positions, one.forms);
    added.push_back(std::move(one));
  }
  if (added.empty()) return;
  TermInfo info = encoder.end();
  info.forms = {{"grok", {}}};
  const SectionFile stored({{SectionId::postings, postings}, {SectionId::positions, positions}}, 1U << 16, storage::Access::mapped);
  const PostingList list(*stored.file, decode_term_info(encode_term_info(info, "grok"), "grok", Forms::read));
  PostingBlock block;
  PostingList::Occurrences found;
  for (std::size_t i = 0; i < added.size(); ++i) {
    const auto b = static_cast<std::uint32_t>(i / kBlockSize), at = static_cast<std::uint32_t>(i % kBlockSize);
    if (at == 0) list.decode(b, block);
    list.occurrences(b, block, at, Forms::read, found);
    if (block.papers[at] != added[i].paper || found.positions != added[i].positions || found.forms != added[i].forms) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Decisions decide(data, size);
  switch (decide.byte() % 3) {
    case 0: any_numbers(decide.rest()); break;
    case 1: any_list(decide); break;
    default: round_trip(decide);
  }
  return 0;
}
