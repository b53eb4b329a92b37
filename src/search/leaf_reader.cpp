// SPDX-License-Identifier: MIT
#include "search/leaf_reader.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

#include "index/compounds.hpp"
#include "search/common_papers.hpp"
#include "search/intersection.hpp"
#include "text/analyzer.hpp"

namespace digest::search {
namespace {

using query::Field;
using query::Node;

constexpr std::uint32_t kAnyForm = ~0U;
constexpr std::uint32_t kNoForm = ~0U - 1;
constexpr std::uint32_t kNoChild = ~0U;
constexpr std::size_t kJoined = 0, kBeside = 1, kAlone = 2;  // words of a compound
constexpr std::uint32_t kWorthLeaving = 4;  // blocks: a shorter list is as soon copied

bool needs_positions(const Node& node) {
  return node.field != Field::any || !node.words.front().form.empty();
}

std::uint32_t find_ordinal(const index::TermInfo& info, std::string_view form) {
  for (std::size_t i = 0; i < info.forms.size(); ++i) {
    if (info.forms[i].form == form) return static_cast<std::uint32_t>(i);
  }
  return kNoForm;
}

PaperList merged(const PaperList& a, const PaperList& b) {
  if (b.papers.empty()) return a;
  PaperList out;
  for (std::size_t i = 0, k = 0; i < a.papers.size() || k < b.papers.size();) {
    const bool first = k == b.papers.size() || (i < a.papers.size() && a.papers[i] < b.papers[k]);
    const PaperList& from = first ? a : b;
    const std::size_t at = first ? i++ : k++;
    out.add(from.papers[at], from.frequencies[at]);
  }
  return out;
}

// The form as the user typed it, where that is a single word.
std::string typed_form(const Node& node) {
  text::TokenStream stream;
  text::tokenize(node.text, stream);
  return stream.tokens.size() == 1 ? std::string(stream.form(stream.tokens[0])) : std::string();
}

}  // namespace

// One posting list of a leaf, and a cursor that reads where the term stands.
struct LeafReader::Word {
  std::string term;
  PostingSource source;
  std::unique_ptr<PostingCursor> cursor;
  const PostingCursor* at = nullptr;  // in the block of the paper at hand; not always the one above
  std::uint32_t place = 0;            // the paper's place there
  std::uint32_t offset = 0;
  std::uint32_t wanted = kAnyForm;   // only this form counts
  std::uint32_t typed = kNoForm;     // this one is as written
  index::PostingList::Occurrences found;

  bool seek(std::uint32_t paper) {
    if (!source.list()) return false;
    if (!cursor || cursor->paper() == kNoMorePapers || cursor->paper() > paper) cursor = std::make_unique<PostingCursor>(source);
    cursor->seek(paper);
    if (cursor->paper() != paper) return false;
    at = cursor.get(), place = cursor->index_in_block();
    return true;
  }
  // Of the paper at hand.
  void read() {
    const index::Forms forms = wanted == kAnyForm && typed == kNoForm ? index::Forms::skip : index::Forms::read;
    source.list()->occurrences(at->block(), at->decoded(), place, forms, found);
    if (wanted == kAnyForm) return;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < found.positions.size(); ++i) {
      if (found.forms[i] == wanted) found.positions[kept++] = found.positions[i];
    }
    found.positions.resize(kept);
    found.forms.assign(kept, wanted);
  }
};

LeafReader::LeafReader(const index::Segment& segment, const Node& node)
    : segment_(&segment), kind_(node.kind), field_(node.field), slop_(node.slop) {
  for (const query::PhraseWord& phrase_word : node.words) {
    Word word;
    word.term = phrase_word.term;
    word.offset = phrase_word.offset;
    if (auto info = segment.find_term(phrase_word.term, index::Forms::read)) {
      if (!phrase_word.form.empty()) word.wanted = find_ordinal(*info, phrase_word.form);
      if (kind_ == Node::Kind::term) word.typed = find_ordinal(*info, typed_form(node));
      if (word.wanted != kNoForm) word.source = PostingSource(std::make_unique<index::PostingList>(segment.file(), std::move(*info)));
    }
    words_.push_back(std::move(word));
  }
  if (read_compound(node)) return;
  rarest_first_.resize(words_.size());
  std::iota(rarest_first_.begin(), rarest_first_.end(), 0U);
  std::sort(rarest_first_.begin(), rarest_first_.end(), [this](std::uint32_t a, std::uint32_t b) {
    return words_[a].source.count() < words_[b].source.count();
  });
  for (const Node& child : node.children) children_.emplace_back(segment, child);
}
// A joined word or its parts, and the segment says in which papers they differ: three lists instead of children.
bool LeafReader::read_compound(const Node& node) {
  if (kind_ != Node::Kind::union_of || node.children.size() != 2) return false;
  const Node &joined = node.children[0], &parts = node.children[1];
  if (joined.kind != Node::Kind::term || !joined.words.front().form.empty() || parts.kind != Node::Kind::phrase || parts.slop != 0) return false;
  std::vector<std::string> terms;
  for (const query::PhraseWord& word : parts.words) {
    if (!word.form.empty() || word.offset != terms.size()) return false;
    terms.push_back(word.term);
  }
  const std::string beside = index::compound_term(joined.words.front().term, terms);
  if (terms.size() < 2 || beside.empty() || !segment_->find_term(beside, index::Forms::skip)) return false;
  for (const std::string& term : {joined.words.front().term, beside, index::compound_alone(beside)}) {
    Word word;
    word.term = term;
    if (auto info = segment_->find_term(term, index::Forms::skip)) {
      word.source = PostingSource(std::make_unique<index::PostingList>(segment_->file(), std::move(*info)));
    }
    words_.push_back(std::move(word));
  }
  compound_ = words_[kJoined].source.list() != nullptr;
  if (!compound_) words_.clear();
  return compound_;
}

LeafReader::~LeafReader() = default;
LeafReader::LeafReader(LeafReader&&) noexcept = default;
LeafReader& LeafReader::operator=(LeafReader&&) noexcept = default;

const std::vector<std::uint32_t>& LeafReader::positions(std::uint32_t paper) {
  const auto has = [&](std::uint32_t word) { return words_[word].seek(paper); };
  if (kind_ == Node::Kind::union_of || std::all_of(rarest_first_.begin(), rarest_first_.end(), has)) {
    read_here(paper);
  } else {
    positions_.clear(), as_written_.clear();
  }
  return positions_;
}

// All words of a term or phrase are at the paper.
void LeafReader::read_here(std::uint32_t paper) {
  positions_.clear(), as_written_.clear();
  switch (kind_) {
    case Node::Kind::term: read_term(); break;
    case Node::Kind::phrase: read_phrase(); break;
    case Node::Kind::union_of: read_union(paper); break;
    default: break;
  }
  if (field_ != Field::any && !positions_.empty()) keep_field(paper);
}

void LeafReader::read_term() {
  Word& word = words_.front();
  word.read();
  positions_ = word.found.positions;
  for (std::size_t i = 0; i < positions_.size(); ++i) {
    as_written_.push_back(i < word.found.forms.size() && word.found.forms[i] == word.typed ? 1 : 0);
  }
}

// The positions of the first word for which every other word stands where it should (give or take the slop). The
// rarest words are read first: most papers fail there.
void LeafReader::read_phrase() {
  bool first = true;
  for (const std::uint32_t w : rarest_first_) {
    Word& word = words_[w];
    word.read();
    if (first) {
      for (const std::uint32_t position : word.found.positions) {
        if (position >= word.offset) positions_.push_back(position - word.offset);
      }
      first = false;
    } else {
      // An anchor is where the phrase would begin; it stays if this word stands at its offset from there.
      const auto& at = word.found.positions;
      std::size_t next = 0;
      std::erase_if(positions_, [&](std::uint32_t anchor) {
        const std::uint32_t wanted = anchor + word.offset;
        while (next < at.size() && at[next] + slop_ < wanted) ++next;
        return next == at.size() || at[next] > wanted + slop_;
      });
    }
    if (positions_.empty()) return;
  }
  positions_.erase(std::unique(positions_.begin(), positions_.end()), positions_.end());
  as_written_.assign(positions_.size(), 1);
}

void LeafReader::read_union(std::uint32_t paper) {
  for (const std::size_t word : {kBeside, kAlone, kJoined}) {
    if (!compound_ || !positions_.empty() || !words_[word].seek(paper)) continue;
    words_[word].read();
    positions_ = words_[word].found.positions;
  }
  for (LeafReader& child : children_) {
    const auto& found = child.positions(paper);
    positions_.insert(positions_.end(), found.begin(), found.end());
  }
  finish_union();
}

void LeafReader::finish_union() {
  std::sort(positions_.begin(), positions_.end());
  positions_.erase(std::unique(positions_.begin(), positions_.end()), positions_.end());
  as_written_.assign(positions_.size(), 1);
}

void LeafReader::keep_field(std::uint32_t paper) {
  const std::uint32_t title = segment_->title_length(paper);
  const auto outside = [&](std::uint32_t position) { return (position < title) != (field_ == Field::title); };
  std::size_t kept = 0;
  for (std::size_t i = 0; i < positions_.size(); ++i) {
    if (outside(positions_[i])) continue;
    positions_[kept] = positions_[i];
    as_written_[kept++] = as_written_[i];
  }
  positions_.resize(kept), as_written_.resize(kept);
}

// The joined word's list with the papers where its parts say more.
PostingSource LeafReader::compound_source() {
  PaperList beside, alone;
  for (const auto& [word, list] : {std::pair{kBeside, &beside}, std::pair{kAlone, &alone}}) {
    for (PostingCursor cursor(words_[word].source); cursor.paper() != kNoMorePapers; cursor.next()) {
      if (!segment_->is_dead(cursor.paper())) list->add(cursor.paper(), cursor.frequency());
    }
  }
  Word& joined = words_[kJoined];
  const auto only = static_cast<std::uint32_t>(alone.papers.size());
  const std::uint64_t living = segment_->living_with(joined.source.list()->info(), joined.term);
  joined.cursor.reset();
  PaperList both = merged(beside, alone);
  const bool twice = std::adjacent_find(both.papers.begin(), both.papers.end()) != both.papers.end();
  if (twice) segment_->file().damaged(index::SectionId::postings, "a paper that has a compound's parts alone and not alone");
  return PostingSource(joined.source.take_list(), std::move(both), only, living + only);
}

PaperList LeafReader::all() {
  if (compound_) {
    PaperList out;
    std::vector<PostingCursor> cursors;
    for (const Word& word : words_) cursors.emplace_back(word.source);
    for (;;) {
      std::uint32_t paper = kNoMorePapers;
      for (const PostingCursor& cursor : cursors) paper = std::min(paper, cursor.paper());
      if (paper == kNoMorePapers) return out;
      const std::size_t count = segment_->is_dead(paper) ? 0 : positions(paper).size();
      if (count > 0) out.add(paper, static_cast<std::uint32_t>(count));
      for (PostingCursor& cursor : cursors) {
        if (cursor.paper() == paper) cursor.next();
      }
    }
  }
  if (kind_ == Node::Kind::union_of) {
    std::uint32_t only = 0;
    return unite(postings_of_children(kNoChild), kNoChild, only);
  }
  PaperList out;
  std::vector<const PostingSource*> sources;
  for (const std::uint32_t w : rarest_first_) {
    if (!words_[w].source.list()) return out;
    sources.push_back(&words_[w].source);
  }
  CommonPapers scratch;
  for (Intersection common(sources, scratch); common.next();) {
    for (std::size_t i = 0; i < common.papers().size(); ++i) {
      const std::uint32_t paper = common.papers()[i];
      if (segment_->is_dead(paper)) continue;
      for (std::size_t k = 0; k < sources.size(); ++k) {
        Word& word = words_[rarest_first_[k]];
        word.at = &common.cursor(k), word.place = common.places(k)[i];
      }
      read_here(paper);
      if (!positions_.empty()) out.add(paper, static_cast<std::uint32_t>(positions_.size()));
    }
  }
  return out;
}

bool LeafReader::is_plain_word() const {
  return kind_ == Node::Kind::term && field_ == Field::any && words_[0].wanted == kAnyForm && words_[0].source.list() != nullptr;
}

// By paper, then child.
std::vector<LeafReader::ChildPosting> LeafReader::postings_of_children(std::uint32_t main) {
  std::vector<ChildPosting> postings;
  std::vector<std::size_t> borders;  // where each child's postings end
  for (std::uint32_t c = 0; c < children_.size(); ++c) {
    LeafReader& child = children_[c];
    if (c == main) continue;
    if (child.is_plain_word()) {
      for (PostingCursor cursor(child.words_[0].source); cursor.paper() != kNoMorePapers; cursor.next()) {
        postings.push_back({cursor.paper(), c, cursor.frequency()});
      }
    } else {
      const PaperList list = child.all();
      for (std::size_t i = 0; i < list.papers.size(); ++i) postings.push_back({list.papers[i], c, list.frequencies[i]});
    }
    borders.push_back(postings.size());
  }
  const auto before = [](const ChildPosting& a, const ChildPosting& b) { return a.paper != b.paper ? a.paper < b.paper : a.child < b.child; };
  if (borders.size() <= 4) {  // each child's papers ascend already
    for (std::size_t i = 1; i < borders.size(); ++i) {
      const auto begin = postings.begin();
      std::inplace_merge(begin, begin + static_cast<std::ptrdiff_t>(borders[i - 1]), begin + static_cast<std::ptrdiff_t>(borders[i]), before);
    }
  } else {
    std::sort(postings.begin(), postings.end(), before);
  }
  return postings;
}

// Where one child alone has a paper, its frequency is the union's; only where several meet are positions compared.
// `only`: how many of the papers the main child does not have.
PaperList LeafReader::unite(const std::vector<ChildPosting>& postings, std::uint32_t main, std::uint32_t& only) {
  PaperList out;
  only = 0;
  for (std::size_t from = 0, to = 0; from < postings.size(); from = to) {
    const std::uint32_t paper = postings[from].paper;
    while (to < postings.size() && postings[to].paper == paper) ++to;
    if (segment_->is_dead(paper)) continue;
    const bool in_main = main != kNoChild && children_[main].words_[0].seek(paper);
    std::uint32_t count = postings[from].frequency;
    if (to - from > 1 || in_main || field_ != Field::any) {
      positions_.clear();
      if (in_main) positions_ = children_[main].positions(paper);
      for (std::size_t i = from; i < to; ++i) {
        const auto& found = children_[postings[i].child].positions(paper);
        positions_.insert(positions_.end(), found.begin(), found.end());
      }
      finish_union();
      if (field_ != Field::any) keep_field(paper);
      count = static_cast<std::uint32_t>(positions_.size());
    }
    if (count == 0) continue;
    out.add(paper, count);
    only += in_main ? 0 : 1;
  }
  return out;
}

std::optional<PostingSource> LeafReader::around_main_word() {
  if (kind_ != Node::Kind::union_of || field_ != Field::any) return std::nullopt;
  if (compound_) return compound_source();
  std::uint32_t main = kNoChild;
  for (std::uint32_t c = 0; c < children_.size(); ++c) {
    const bool more = main == kNoChild || (children_[c].is_plain_word() && children_[c].words_[0].source.count() > children_[main].words_[0].source.count());
    if (children_[c].is_plain_word() && more) main = c;
  }
  if (main == kNoChild || children_[main].words_[0].source.blocks() < kWorthLeaving) return std::nullopt;
  std::uint32_t only = 0;
  PaperList beside = unite(postings_of_children(main), main, only);
  Word& word = children_[main].words_[0];
  const std::uint64_t living = segment_->living_with(word.source.list()->info(), word.term);
  word.cursor.reset();
  return PostingSource(word.source.take_list(), std::move(beside), only, living + only);
}

PostingSource make_source(const index::Segment& segment, const Node& node) {
  if (node.kind == Node::Kind::term && !needs_positions(node)) {
    auto info = segment.find_term(node.words.front().term, index::Forms::skip);
    if (!info) return {};
    return PostingSource(std::make_unique<index::PostingList>(segment.file(), std::move(*info)));
  }
  LeafReader reader(segment, node);
  if (auto source = reader.around_main_word()) return std::move(*source);
  return PostingSource(reader.all());
}

}  // namespace digest::search
