// SPDX-License-Identifier: MIT
#include "index/merger.hpp"

#include <digest/error.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "base/memory.hpp"
#include "index/compounds.hpp"
#include "index/form_table.hpp"
#include "index/inversion.hpp"
#include "index/segment_sections.hpp"

namespace digest::index {
namespace {

constexpr std::uint32_t kGone = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kTrainingBytes = 8U << 20;

class Merge {
 public:
  Merge(storage::Directory& directory, const std::vector<const Segment*>& sources, std::uint64_t number,
        const MergeOptions& options)
      : sources_(sources), options_(options), sections_(directory, number) {}

  WrittenSegment run() {
    choose_dictionary();
    place_papers();
    write_papers();
    write_rows();
    write_postings();
    write_words();
    WrittenSegment out{{}, Tombstones(sections_.counts().papers)};
    for (std::uint32_t slot = 0; slot < origin_.size(); ++slot) {
      if (origin_[slot].paper == kGone) out.tombstones.bury_empty(slot);
    }
    out.entry = write_keys();
    return out;
  }

 private:
  struct Origin {
    std::uint32_t source = 0;
    std::uint32_t paper = kGone;  // kGone: a slot that only fills its block
  };

  // Blocks can be copied from sources with the dictionary of the largest.
  void choose_dictionary() {
    if (options_.recompress) {
      std::string samples;
      std::vector<std::size_t> sizes;
      std::uint64_t papers = 0;
      for (const Segment* source : sources_) papers += source->papers();
      const std::uint64_t step = papers / 8192 + 1;
      for (const Segment* source : sources_) {
        PaperStore store(source->file());
        for (std::uint64_t paper = 0; paper < source->papers() && samples.size() < kTrainingBytes; paper += step) {
          if (source->is_dead(static_cast<std::uint32_t>(paper))) continue;  // may be no more than a number in its block
          const std::string_view bytes = store.bytes(static_cast<std::uint32_t>(paper));
          samples.append(bytes);
          sizes.push_back(bytes.size());
        }
      }
      dictionary_ = std::make_shared<CompressionDictionary>(train_dictionary(samples, sizes), options_.level);
      return;
    }
    const Segment* largest = *std::max_element(sources_.begin(), sources_.end(), [](const Segment* a, const Segment* b) {
      return a->papers() < b->papers();
    });
    PaperStore store(largest->file());
    dictionary_ = std::make_shared<CompressionDictionary>(std::string(store.dictionary()), options_.level);
  }

  [[nodiscard]] bool copies_blocks(const Segment& source) const {
    if (options_.recompress || source.tombstones().count() > source.papers() / 8 ||
        source.counts().papers_per_block != kPapersPerBlock) {
      return false;
    }
    PaperStore store(source.file());
    return store.dictionary() == dictionary_->bytes();
  }

  void place_papers() {
    for (const Segment* source : sources_) slot_.emplace_back(source->papers(), kGone);
    for (std::uint32_t s = 0; s < sources_.size(); ++s) {
      copied_.push_back(copies_blocks(*sources_[s]));
      if (copied_.back()) fill_block();
      for (std::uint32_t paper = 0; paper < sources_[s]->papers(); ++paper) {
        if (sources_[s]->is_dead(paper)) {
          if (copied_.back()) origin_.push_back({s, kGone});  // its bytes stay in the copied block
        } else {
          place(s, paper);
        }
      }
      if (copied_.back()) fill_block();
    }
    while (!origin_.empty() && origin_.back().paper == kGone) origin_.pop_back();
    if (origin_.size() >= kGone) throw Error(ErrorKind::limit, "An index segment cannot hold more than four billion papers.");
  }

  void place(std::uint32_t source, std::uint32_t paper) {
    if (sources_[source]->is_dead(paper)) return;
    slot_[source][paper] = static_cast<std::uint32_t>(origin_.size());
    origin_.push_back({source, paper});
  }

  void fill_block() {
    while (origin_.size() % kPapersPerBlock != 0) origin_.push_back({0, kGone});
  }

  void write_papers() {
    std::vector<std::unique_ptr<PaperStore>> stores;
    for (const Segment* source : sources_) stores.push_back(std::make_unique<PaperStore>(source->file()));
    PaperCompressor compressor;
    const std::size_t slots = origin_.size();
    for (std::size_t slot = 0; slot < slots; slot += kPapersPerBlock) {
      const std::size_t end = std::min(slots, slot + kPapersPerBlock);
      const auto living = std::find_if(origin_.begin() + static_cast<std::ptrdiff_t>(slot), origin_.begin() + static_cast<std::ptrdiff_t>(end),
                                       [](const Origin& origin) { return origin.paper != kGone; });
      if (living != origin_.begin() + static_cast<std::ptrdiff_t>(end) && !copied_.empty() && copied_[living->source]) {
        sections_.add_frame(stores[living->source]->frame(living->paper / kPapersPerBlock));
        continue;
      }
      std::vector<std::string> papers;
      for (std::size_t i = slot; i < end; ++i) {
        papers.push_back(origin_[i].paper == kGone ? std::string() : std::string(stores[origin_[i].source]->bytes(origin_[i].paper)));
      }
      std::string frame;
      compressor.append_block(frame, {papers.begin(), papers.end()}, *dictionary_);
      sections_.add_frame(frame);
    }
    sections_.finish_papers(dictionary_->bytes());
  }

  // A source's columns, each read at once.
  struct Columns {
    std::vector<Scratch> memory = std::vector<Scratch>(5);
    const std::uint64_t* id_hashes = nullptr;
    const std::int32_t *days = nullptr, *first_indexed = nullptr;
    const std::uint16_t *lengths = nullptr, *title_lengths = nullptr;
    [[nodiscard]] RowColumns row(std::uint32_t paper) const {
      return {id_hashes[paper], days[paper], first_indexed[paper], lengths[paper], title_lengths[paper]};
    }
  };

  static Columns read_columns(const Segment& source) {
    Columns out;
    const std::uint32_t papers = source.papers();
    out.id_hashes = source.column<std::uint64_t>(SectionId::id_hashes, 0, papers, out.memory[0]);
    out.days = source.column<std::int32_t>(SectionId::dates, 0, papers, out.memory[1]);
    out.first_indexed = source.column<std::int32_t>(SectionId::first_indexed, 0, papers, out.memory[2]);
    out.lengths = source.column<std::uint16_t>(SectionId::lengths, 0, papers, out.memory[3]);
    out.title_lengths = source.column<std::uint16_t>(SectionId::title_lengths, 0, papers, out.memory[4]);
    return out;
  }

  void write_rows() {
    SegmentCounts& counts = sections_.counts();
    counts.papers = static_cast<std::uint32_t>(origin_.size());
    counts.papers_per_block = kPapersPerBlock;
    std::vector<Columns> columns;
    for (const Segment* source : sources_) columns.push_back(read_columns(*source));
    for (const Origin& origin : origin_) {
      if (origin.paper == kGone) {
        sections_.add_row({0, kNoDate, 0, 0, 0});
        continue;
      }
      const RowColumns row = columns[origin.source].row(origin.paper);
      sections_.add_row(row);
      counts.total_length += row.length;
      counts.total_title_length += row.title_length;
      ++counts.living;
    }
    for (const Segment* source : sources_) {
      counts.without_abstract += source->counts().without_abstract -
                                 std::min(source->counts().without_abstract, source->tombstones().buried_without_abstract());
    }
  }

  struct SourceList {
    std::uint32_t source = 0;
    std::unique_ptr<PostingList> list;
    std::vector<std::uint32_t> to_ordinal;  // by this source's ordinal
  };

  // The forms of all sources in one order, and each source's ordinals in it.
  std::vector<FormEntry> unite_forms(std::vector<SourceList>& lists) const {
    struct CountedForm {
      FormEntry entry;
      std::uint64_t count = 0;
    };
    std::vector<CountedForm> united;
    for (std::size_t s = 0; s < lists.size(); ++s) {
      const std::vector<FormEntry>& forms = lists[s].list->info().forms;
      for (std::size_t i = 0; i < forms.size(); ++i) {
        auto found = std::find_if(united.begin(), united.end(), [&](const CountedForm& f) { return f.entry.form == forms[i].form; });
        if (found == united.end()) found = united.insert(united.end(), CountedForm{forms[i], 0});
        if (is_preferred_parting(forms[i].part_ends, found->entry.part_ends)) found->entry.part_ends = forms[i].part_ends;
        found->count += lists[s].list->info().occurrences / (i + 1);  // ordinals are by frequency
      }
    }
    united.resize(order_forms(
        std::span(united), [](const CountedForm& f) { return f.count; }, [](const CountedForm& f) { return std::string_view(f.entry.form); },
        [](const CountedForm& f) { return f.entry.part_ends.size(); }));
    std::vector<FormEntry> out;
    for (CountedForm& form : united) out.push_back(std::move(form.entry));
    for (SourceList& source : lists) {
      for (const FormEntry& form : source.list->info().forms) {
        const auto found = std::find_if(out.begin(), out.end(), [&](const FormEntry& f) { return f.form == form.form; });
        source.to_ordinal.push_back(found == out.end() ? kMaxForms : static_cast<std::uint32_t>(found - out.begin()));
      }
    }
    return out;
  }

  void add_term(const std::string& term, std::vector<SourceList>& lists, PostingEncoder& encoder) {
    std::vector<FormEntry> forms = unite_forms(lists);
    std::uint64_t most = 0;
    for (const SourceList& source : lists) most += source.list->papers();
    encoder.begin(forms.size() > 1, most);
    bool any = false;
    PostingBlock block;
    PostingList::Occurrences found;
    for (SourceList& source : lists) {
      for (std::uint32_t b = 0; b < source.list->blocks(); ++b) {
        source.list->decode(b, block);
        for (std::uint32_t i = 0; i < block.count; ++i) {
          const std::uint32_t slot = slot_[source.source][block.papers[i]];
          if (slot == kGone) continue;
          source.list->occurrences(b, block, i, Forms::read, found);
          for (std::uint32_t& form : found.forms) form = form < source.to_ordinal.size() ? source.to_ordinal[form] : kMaxForms;
          encoder.add(slot, found.positions, found.forms);
          any = true;
        }
      }
    }
    if (!any) return;
    TermInfo info = encoder.end();
    info.postings_offset += sections_.postings_size();
    info.positions_offset += sections_.positions_size();
    sections_.add_term(term, info, std::vector<FormView>(forms.begin(), forms.end()));
    flush_postings();
  }

  // Of each source its own lists, or what a search for the parts finds there.
  void add_compound(const std::string& term, const std::vector<StringTree::Cursor>& cursors, CompoundEncoder& encoder) {
    const std::string alone = compound_alone(term);
    for (std::uint32_t s = 0; s < sources_.size(); ++s) {
      if (cursors[s].at_end() || cursors[s].key() != term) {
        find_compound(*sources_[s], term, slot_[s], encoder);
        continue;
      }
      copy_compound(s, decode_term_info(cursors[s].value(), term, Forms::skip), encoder, false);
      if (auto info = sources_[s]->find_term(alone, Forms::skip)) copy_compound(s, std::move(*info), encoder, true);
    }
    CompoundEncoder::Lists lists = encoder.end();
    for (TermInfo* info : {&lists.beside, &lists.alone}) {
      info->postings_offset += sections_.postings_size(), info->positions_offset += sections_.positions_size();
    }
    sections_.add_term(term, lists.beside, {});
    if (lists.alone.papers > 0) sections_.add_term(alone, lists.alone, {});
    flush_postings();
  }

  void copy_compound(std::uint32_t source, TermInfo info, CompoundEncoder& encoder, bool alone) const {
    const PostingList list(sources_[source]->file(), std::move(info));
    PostingBlock block;
    PostingList::Occurrences found;
    for (std::uint32_t b = 0; b < list.blocks(); ++b) {
      list.decode(b, block);
      for (std::uint32_t i = 0; i < block.count; ++i) {
        const std::uint32_t slot = slot_[source][block.papers[i]];
        if (slot == kGone) continue;
        list.occurrences(b, block, i, Forms::skip, found);
        encoder.add_united(slot, found.positions, alone);
      }
    }
  }

  void flush_postings() {
    sections_.append_postings(postings_);
    sections_.append_positions(positions_);
    postings_.clear(), positions_.clear();
  }

  void write_postings() {
    std::vector<StringTree> trees;
    for (const Segment* source : sources_) trees.push_back(source->terms());
    std::vector<StringTree::Cursor> cursors;
    for (const StringTree& tree : trees) cursors.emplace_back(tree, "");
    PostingEncoder encoder(postings_, positions_, sections_.facts());
    CompoundEncoder compounds(postings_, positions_, sections_.facts());
    std::string term;
    for (;;) {
      bool found = false;
      for (const StringTree::Cursor& cursor : cursors) {
        if (cursor.at_end() || (found && cursor.key() >= std::string_view(term))) continue;
        term.assign(cursor.key());
        found = true;
      }
      if (!found) return;
      if (is_compound(term)) {
        if (!is_compound_alone(term)) add_compound(term, cursors, compounds);
        for (StringTree::Cursor& cursor : cursors) {
          if (!cursor.at_end() && cursor.key() == term) cursor.next();
        }
        continue;
      }
      std::vector<SourceList> lists;
      for (std::uint32_t s = 0; s < sources_.size(); ++s) {
        if (cursors[s].at_end() || cursors[s].key() != term) continue;
        TermInfo info = decode_term_info(cursors[s].value(), term, Forms::read);
        SourceList source;
        source.source = s;
        source.list = std::make_unique<PostingList>(sources_[s]->file(), std::move(info));
        lists.push_back(std::move(source));
        cursors[s].next();
      }
      add_term(term, lists, encoder);
    }
  }

  // Words whose papers all died stay until a rebuild: harmless, they have no term.
  void write_words() {
    sections_.begin_words();
    std::vector<StringTree> trees;
    for (const Segment* source : sources_) trees.push_back(source->words());
    std::vector<StringTree::Cursor> cursors;
    for (const StringTree& tree : trees) cursors.emplace_back(tree, "");
    std::string word;
    for (;;) {
      bool found = false;
      for (const StringTree::Cursor& cursor : cursors) {
        if (cursor.at_end() || (found && cursor.key() >= std::string_view(word))) continue;
        word.assign(cursor.key());
        found = true;
      }
      if (!found) return;
      sections_.add_word(word);
      for (StringTree::Cursor& cursor : cursors) {
        if (!cursor.at_end() && cursor.key() == word) cursor.next();
      }
    }
  }

  CommittedSegment write_keys() {
    std::size_t most = 0;
    for (const Segment* source : sources_) most += count_keys(source->file());
    std::vector<KeyEntry> keys;
    keys.reserve(most);
    std::uint32_t known = kAllBits;
    for (std::size_t s = 0; s < sources_.size(); ++s) {
      const auto keep = [&](const KeyEntry& entry) {
        if (slot_[s][entry.paper] != kGone) keys.push_back({entry.hash, slot_[s][entry.paper]});
      };
      known = std::min(known, for_each_key(sources_[s]->file(), keep));
      release(slot_[s]);
    }
    sections_.finish_columns(encode_keys(std::move(keys), known));
    return sections_.finish();
  }

  const std::vector<const Segment*>& sources_;
  const MergeOptions& options_;
  SegmentSections sections_;
  std::shared_ptr<const CompressionDictionary> dictionary_;
  std::vector<std::vector<std::uint32_t>> slot_;  // by source and paper: its new slot, or kGone
  std::vector<Origin> origin_;                    // by new slot
  std::vector<bool> copied_;                      // by source: its blocks are copied
  std::string postings_, positions_;
};

}  // namespace

WrittenSegment merge_segments(storage::Directory& directory, const std::vector<const Segment*>& sources, std::uint64_t number,
                              const MergeOptions& options) {
  return Merge(directory, sources, number, options).run();
}

}  // namespace digest::index
