// SPDX-License-Identifier: MIT
// A posting list: for each paper that has a term, how often, and where, and in which form. Blocks of 128 papers with a
// table of their last papers, so that a reader can skip what it does not need; positions apart, read for candidates
// only. Terms of up to four papers live in their dictionary entry. Bytes: FORMAT.md, "Posting lists".
// An encoder or a list belongs to one thread.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/bit_packing.hpp"
#include "index/segment_file.hpp"

namespace digest::index {

inline constexpr std::uint32_t kMaxInlinePapers = 4;
inline constexpr std::size_t kMaxInlineBytes = 192;
inline constexpr std::uint32_t kBestListFrom = 1024;  // papers; shorter lists are read whole in a few microseconds
inline constexpr std::size_t kBestListDepth = 16;     // exact for that many best papers, whatever k1, b, average length
inline constexpr std::uint32_t kTitleGap = 16;        // positions between the title's last word and the abstract's first
inline constexpr std::uint32_t kMaxPosition = 65535;  // words beyond are not indexed
inline constexpr std::size_t kMaxForms = 255;         // ordinal 255: a form beyond that

// One spelling of a term, as the analyzer folded it.
struct FormEntry {
  std::string form;
  std::vector<std::uint8_t> part_ends;  // of a joined compound: where its parts end, the last left out
};

// A paper in which the term stands often enough, in a short enough text, that it may be among the best.
struct BestPosting {
  std::uint32_t paper = 0;
  std::uint32_t frequency = 0;
};

// What a dictionary entry says.
struct TermInfo {
  std::uint32_t papers = 0;        // slots that have the term, dead ones included
  std::uint64_t occurrences = 0;
  std::vector<FormEntry> forms;    // by ordinal
  bool is_inline = false;
  bool several_forms = false;      // positions carry ordinals
  std::string inline_postings;     // if inline
  std::uint64_t postings_offset = 0, postings_length = 0;
  std::uint64_t positions_offset = 0, positions_length = 0;
};

// A form as a dictionary entry names it, wherever it is kept.
struct FormView {
  FormView(std::string_view text, std::span<const std::uint8_t> ends) : form(text), part_ends(ends) {}
  FormView(const FormEntry& entry) : form(entry.form), part_ends(entry.part_ends) {}  // NOLINT: as a string its view
  std::string_view form;
  std::span<const std::uint8_t> part_ends;
};

// Appends the entry of a term; `forms` by ordinal, instead of those in `info`.
void append_term_info(std::string& out, const TermInfo& info, std::span<const FormView> forms, std::string_view term);
std::string encode_term_info(const TermInfo& info, std::string_view term);
// `with_forms` costs; most queries need none.
enum class Forms { skip, read };
TermInfo decode_term_info(std::string_view value, std::string_view term, Forms forms);

// Facts about papers that an encoder needs for the list of the best.
struct PaperFacts {
  std::span<const std::uint16_t> lengths;
  std::span<const std::uint64_t> id_hashes;
};

// One place of a term as one number that sorts as it should: paper, position, form.
using Occurrence = std::uint64_t;
inline Occurrence pack_occurrence(std::uint32_t paper, std::uint32_t position, std::uint32_t form) {
  return std::uint64_t{paper} << 32 | std::uint64_t{position} << 8 | form;
}

class PostingEncoder {
 public:
  // The bytes are appended to these.
  PostingEncoder(std::string& postings, std::string& positions, PaperFacts facts)
      : postings_(postings), positions_(positions), facts_(facts) {}

  // A new list, of at most `most_papers` papers. Offsets in what end() returns count from the front of the two strings.
  void begin(bool several_forms, std::uint64_t most_papers);
  // Papers ascending; positions not descending; forms parallel to positions.
  void add(std::uint32_t paper, std::span<const std::uint32_t> positions, std::span<const std::uint32_t> forms);
  // All occurrences of some papers at once, ascending.
  void add(std::span<const Occurrence> occurrences);
  // What the dictionary says of the list, its forms left out.
  void end(TermInfo& info);
  TermInfo end() {
    TermInfo info;
    end(info);
    return info;
  }

 private:
  struct BlockEntry {
    std::uint32_t last_paper, postings_offset, positions_offset;
  };
  void end_paper(std::uint32_t paper, std::size_t frequency);
  void flush_block();
  [[nodiscard]] std::vector<BestPosting> best() const;
  void append_best();
  bool becomes_inline(std::string& out);

  std::string& postings_;
  std::string& positions_;
  PaperFacts facts_;
  // The block at hand. Places have room for more than there are, so that they are added without asking.
  std::uint32_t papers_[kBlockSize], frequencies_[kBlockSize];
  std::vector<std::uint32_t> places_, forms_;
  std::size_t block_papers_ = 0, block_places_ = 0;
  std::vector<BlockEntry> table_;
  std::vector<BestPosting> all_;  // of lists that may become long enough for a list of the best
  std::vector<char> inline_;
  std::size_t postings_begin_ = 0, positions_begin_ = 0;
  std::uint32_t previous_block_last_ = 0;
  std::uint32_t count_ = 0;
  std::uint64_t occurrences_ = 0;
  bool several_forms_ = false;
  bool may_have_best_ = false;
};

// One decoded block.
struct PostingBlock {
  alignas(16) std::uint32_t papers[kBlockSize];
  alignas(16) std::uint32_t frequencies[kBlockSize];
  std::uint32_t count = 0;
  std::string_view packed_frequencies;  // until they are asked for; then empty
};

class PostingList {
 public:
  PostingList() = default;
  PostingList(const SegmentFile& file, TermInfo info);

  [[nodiscard]] std::uint32_t papers() const { return info_.papers; }
  [[nodiscard]] std::uint32_t blocks() const { return blocks_; }
  [[nodiscard]] const TermInfo& info() const { return info_; }

  // The last paper of a block (its bound, where it is the only block).
  [[nodiscard]] std::uint32_t last_paper(std::uint32_t block) const;
  // The first block from `block` on whose last paper is >= `paper`; blocks() if there is none.
  [[nodiscard]] std::uint32_t find_block(std::uint32_t paper, std::uint32_t block) const;
  void decode(std::uint32_t block, PostingBlock& out) const {
    decode_papers(block, out);
    decode_frequencies(out);
  }
  // The papers first: a search that leaps over most of a block has no use for the rest. The list must outlive the block.
  void decode_papers(std::uint32_t block, PostingBlock& out) const;
  void decode_frequencies(PostingBlock& out) const;  // of the block decoded last to `out`; once is enough

  // A superset of the kBestListDepth best papers for any k1 > 0, 0 < b <= 1 and average length (for b = 0 length no
  // longer breaks ties, and the list says nothing); empty if none is kept.
  [[nodiscard]] std::vector<BestPosting> best() const;

  // Where the term stands in the `index`-th paper of a block decoded to `decoded`.
  struct Occurrences {
    std::vector<std::uint32_t> positions;
    std::vector<std::uint32_t> forms;  // ordinals
  };
  void occurrences(std::uint32_t block, const PostingBlock& decoded, std::uint32_t index, Forms forms, Occurrences& out) const;
  // How many of them are below `border`. Fast where they are few: of most papers, one number is looked at.
  [[nodiscard]] std::uint32_t occurrences_before(std::uint32_t border, std::uint32_t block, const PostingBlock& decoded, std::uint32_t index) const;

 private:
  [[nodiscard]] std::string_view block_bytes(std::uint32_t block) const;
  void decode_inline(PostingBlock* block, std::uint32_t wanted, Occurrences* out) const;

  // kBlockSize occurrences, or the last few, of a block: unpacked once for all papers that stand there. Beside them,
  // what the frequencies of the block add up to.
  struct Chunk {
    std::uint32_t summed_block = ~0U;
    std::uint32_t starts[kBlockSize + 1];  // of the papers' occurrences
    std::uint64_t total = 0;         // of all in the block
    std::uint32_t block = ~0U;
    std::uint64_t number = 0;        // within its block
    std::size_t count = 0;           // occurrences
    bool has_forms = false;
    alignas(16) std::uint32_t positions[kBlockSize];
    alignas(16) std::uint32_t forms[kBlockSize];
  };
  void find_starts(std::uint32_t block, const PostingBlock& decoded) const;
  void seek_chunk(std::uint32_t block, std::uint64_t number, Forms forms) const;
  void read_chunk(std::string_view bytes, Forms forms) const;
  [[nodiscard]] std::uint32_t all_occurrences_before(std::uint32_t border, std::uint32_t block, const PostingBlock& decoded, std::uint32_t index) const;
  [[nodiscard]] std::string_view chunk_bytes(std::uint32_t block, std::uint64_t number) const;
  [[nodiscard]] std::size_t chunk_size(std::uint64_t number) const;

  const SegmentFile* file_ = nullptr;
  TermInfo info_;
  std::uint32_t blocks_ = 0;
  std::string_view bytes_;   // of the whole list
  std::string_view table_;
  std::size_t blocks_end_ = 0;
  Scratch scratch_;
  mutable Scratch position_scratch_;
  mutable std::uint32_t cached_block_ = ~0U;   // positions of one block, read once
  mutable std::string_view cached_positions_;
  mutable std::uint64_t walked_ = 0;           // chunks of that block
  mutable std::size_t walked_to_ = 0;          // where they end
  mutable std::unique_ptr<Chunk> chunk_;
};

}  // namespace digest::index
