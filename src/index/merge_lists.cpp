// SPDX-License-Identifier: MIT
#include "index/merge_lists.hpp"

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "index/compounds.hpp"
#include "index/form_table.hpp"
#include "index/inversion.hpp"
#include "index/merge_papers.hpp"

namespace digest::index {
namespace {

// The keys of several trees, each once, ascending.
class MergedKeys {
 public:
  explicit MergedKeys(std::vector<StringTree> trees) : trees_(std::move(trees)) {
    for (const StringTree& tree : trees_) cursors_.emplace_back(tree, "");
    find();
  }
  MergedKeys(const MergedKeys&) = delete;
  MergedKeys& operator=(const MergedKeys&) = delete;

  [[nodiscard]] bool at_end() const { return at_end_; }
  [[nodiscard]] const std::string& key() const { return key_; }
  [[nodiscard]] bool has(std::size_t tree) const { return !cursors_[tree].at_end() && cursors_[tree].key() == key_; }
  [[nodiscard]] std::string_view value(std::size_t tree) const { return cursors_[tree].value(); }  // of a tree that has the key
  void next() {
    for (std::size_t tree = 0; tree < cursors_.size(); ++tree) {
      if (has(tree)) cursors_[tree].next();
    }
    find();
  }

 private:
  void find() {
    at_end_ = true;
    for (const StringTree::Cursor& cursor : cursors_) {
      if (cursor.at_end() || (!at_end_ && cursor.key() >= std::string_view(key_))) continue;
      key_.assign(cursor.key());
      at_end_ = false;
    }
  }

  std::vector<StringTree> trees_;
  std::vector<StringTree::Cursor> cursors_;
  std::string key_;
  bool at_end_ = false;
};

class ListMerge {
 public:
  ListMerge(const std::vector<const Segment*>& sources, const std::vector<std::vector<std::uint32_t>>& slots, SegmentSections& sections)
      : sources_(sources), slots_(slots), sections_(sections) {}

  void run() {
    std::vector<StringTree> trees;
    for (const Segment* source : sources_) trees.push_back(source->terms());
    PostingEncoder encoder(postings_, positions_, sections_.facts());
    CompoundEncoder compounds(postings_, positions_, sections_.facts());
    for (MergedKeys terms(std::move(trees)); !terms.at_end(); terms.next()) {
      if (!is_compound(terms.key())) {
        add_term(terms, encoder);
      } else if (!is_compound_alone(terms.key())) {
        add_compound(terms, compounds);
      }
    }
  }

 private:
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

  void add_term(const MergedKeys& terms, PostingEncoder& encoder) {
    std::vector<SourceList> lists;
    for (std::uint32_t s = 0; s < sources_.size(); ++s) {
      if (!terms.has(s)) continue;
      TermInfo info = decode_term_info(terms.value(s), terms.key(), Forms::read);
      lists.push_back({s, std::make_unique<PostingList>(sources_[s]->file(), std::move(info)), {}});
    }
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
          const std::uint32_t slot = slots_[source.source][block.papers[i]];
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
    sections_.add_term(terms.key(), info, std::vector<FormView>(forms.begin(), forms.end()));
    flush_postings();
  }

  // Of each source its own lists, or what a search for the parts finds there.
  void add_compound(const MergedKeys& terms, CompoundEncoder& encoder) {
    const std::string& term = terms.key();
    const std::string alone = compound_alone(term);
    for (std::uint32_t s = 0; s < sources_.size(); ++s) {
      if (!terms.has(s)) {
        find_compound(*sources_[s], term, slots_[s], encoder);
        continue;
      }
      copy_compound(s, decode_term_info(terms.value(s), term, Forms::skip), encoder, false);
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
        const std::uint32_t slot = slots_[source][block.papers[i]];
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

  const std::vector<const Segment*>& sources_;
  const std::vector<std::vector<std::uint32_t>>& slots_;
  SegmentSections& sections_;
  std::string postings_, positions_;
};

}  // namespace

void merge_lists(const std::vector<const Segment*>& sources, const std::vector<std::vector<std::uint32_t>>& slots, SegmentSections& sections) {
  ListMerge(sources, slots, sections).run();
}

void merge_words(const std::vector<const Segment*>& sources, SegmentSections& sections) {
  sections.begin_words();
  std::vector<StringTree> trees;
  for (const Segment* source : sources) trees.push_back(source->words());
  for (MergedKeys words(std::move(trees)); !words.at_end(); words.next()) sections.add_word(words.key());
}

}  // namespace digest::index
