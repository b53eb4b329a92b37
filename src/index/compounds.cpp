// SPDX-License-Identifier: MIT
#include "index/compounds.hpp"

#include <algorithm>
#include <memory>
#include <numeric>

#include "index/segment.hpp"

namespace digest::index {
namespace {

// Walks a list forward for one paper after the other.
class Places {
 public:
  Places(const Segment& segment, TermInfo info) : list_(segment.file(), std::move(info)) {
    if (list_.blocks() > 0) load(0);
  }
  [[nodiscard]] std::uint32_t papers() const { return list_.papers(); }
  // The first paper >= `paper`; false at the end.
  bool seek(std::uint32_t paper) {
    while (at_ < block_->count && block_->papers[at_] < paper) ++at_;
    if (at_ < block_->count) return true;
    if (number_ + 1 >= list_.blocks()) return false;
    const std::uint32_t next = list_.find_block(paper, number_ + 1);
    if (next >= list_.blocks()) return false;
    load(next);
    while (at_ < block_->count && block_->papers[at_] < paper) ++at_;
    return at_ < block_->count;
  }
  [[nodiscard]] std::uint32_t paper() const { return block_->papers[at_]; }
  const std::vector<std::uint32_t>& read() {
    list_.occurrences(number_, *block_, at_, Forms::skip, found_);
    return found_.positions;
  }

 private:
  void load(std::uint32_t number) {
    list_.decode(number, *block_);
    number_ = number, at_ = 0;
  }
  PostingList list_;
  std::unique_ptr<PostingBlock> block_ = std::make_unique<PostingBlock>();
  std::uint32_t number_ = 0, at_ = 0;
  PostingList::Occurrences found_;
};

// Of `anchors`, those that have a place `offset` behind them.
void keep_followed(std::vector<std::uint32_t>& anchors, const std::vector<std::uint32_t>& places, std::uint32_t offset) {
  std::erase_if(anchors, [&](std::uint32_t anchor) { return !std::binary_search(places.begin(), places.end(), anchor + offset); });
}

}  // namespace

std::vector<std::string> terms_of_compound(std::string_view term) {
  std::vector<std::string> out;
  for (std::size_t from = 1; from <= term.size();) {
    const std::size_t to = std::min(term.find(kCompoundPrefix, from), term.size());
    out.emplace_back(term.substr(from, to - from));
    from = to + 1;
  }
  return out;
}

std::string compound_term(std::string_view joined, std::span<const std::string> parts) {
  std::string out = kCompoundPrefix + std::string(joined);
  for (const std::string& part : parts) out.append(1, kCompoundPrefix).append(part);
  if (out.size() + 1 > kMaxKeyBytes) out.clear();
  return out;
}

void CompoundEncoder::add(std::uint32_t paper, std::span<const std::uint32_t> joined, std::span<const std::uint32_t> parts) {
  united_.assign(joined.begin(), joined.end());
  united_.insert(united_.end(), parts.begin(), parts.end());
  std::sort(united_.begin(), united_.end());
  united_.erase(std::unique(united_.begin(), united_.end()), united_.end());
  // A joined term may stand twice at one place: then its list is no union either.
  const bool same = std::equal(united_.begin(), united_.end(), joined.begin(), joined.end());
  if (!same) add_united(paper, united_, joined.empty());
}

void CompoundEncoder::add_united(std::uint32_t paper, std::span<const std::uint32_t> places, bool alone) {
  Papers& list = alone ? alone_ : beside_;
  list.places.insert(list.places.end(), places.begin(), places.end());
  list.papers.emplace_back(paper, list.places.size());
}

TermInfo CompoundEncoder::encode(const Papers& list) {
  encoder_.begin(false, list.papers.size());
  std::size_t from = 0;
  for (const auto& [paper, to] : list.papers) {
    encoder_.add(paper, std::span(list.places).subspan(from, to - from), {});
    from = to;
  }
  return encoder_.end();
}

CompoundEncoder::Lists CompoundEncoder::end() {
  Lists out;
  out.beside = encode(beside_);
  out.alone = encode(alone_);
  for (Papers* list : {&beside_, &alone_}) list->papers.clear(), list->places.clear();
  return out;
}

CompoundFinder::CompoundFinder(const std::vector<Compound>& compounds, std::size_t terms) : first_(terms), ends_(1) {
  for (std::uint32_t number = 0; number < compounds.size(); ++number) {
    std::uint32_t node = 0;
    for (const std::uint32_t part : compounds[number].parts) {
      std::uint32_t& next = node == 0 ? first_[part] : children_[std::uint64_t{node} << 32 | part];
      if (next == 0) {
        next = static_cast<std::uint32_t>(ends_.size());
        ends_.emplace_back();
      }
      node = next;
    }
    ends_[node].push_back(number);
  }
}

void CompoundFinder::step(std::uint32_t term, std::uint32_t position, std::uint32_t paper, std::vector<Match>& out) {
  if (position != position_) {
    if (position == position_ + 1) {
      std::swap(here_, next_);
    } else {
      here_.clear();
    }
    next_.clear();
    position_ = position;
  }
  for (const State state : here_) {
    const auto found = children_.find(std::uint64_t{state.node} << 32 | term);
    if (found == children_.end()) continue;
    for (const std::uint32_t compound : ends_[found->second]) out.push_back({compound, paper, state.anchor});
    next_.push_back({found->second, state.anchor});
  }
  if (first_[term] != 0) next_.push_back({first_[term], position});
}

void find_compound(const Segment& segment, std::string_view term, std::span<const std::uint32_t> slot_of, CompoundEncoder& out) {
  const std::vector<std::string> terms = terms_of_compound(term);
  if (terms.size() < 3) return;  // no compound
  std::vector<std::unique_ptr<Places>> words;
  for (const std::string& word : terms) {
    auto info = segment.find_term(word, Forms::skip);
    if (!info && !words.empty()) return;  // a part is missing
    words.push_back(info ? std::make_unique<Places>(segment, std::move(*info)) : nullptr);
  }
  const std::vector<std::uint32_t> none;
  std::vector<std::size_t> order(terms.size() - 1);  // of the parts, the rarest first
  std::iota(order.begin(), order.end(), std::size_t{1});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return words[a]->papers() < words[b]->papers(); });
  std::vector<std::uint32_t> anchors;
  for (std::uint32_t paper = 0;;) {
    bool together = true;
    for (std::size_t i = 0; i < order.size() && together; ++i) {
      if (!words[order[i]]->seek(paper)) return;
      together = words[order[i]]->paper() == paper;
      paper = words[order[i]]->paper();
    }
    if (!together) continue;
    anchors.clear();
    for (const std::uint32_t place : words[order[0]]->read()) {
      if (place + 1 >= order[0]) anchors.push_back(place - static_cast<std::uint32_t>(order[0] - 1));
    }
    for (std::size_t i = 1; i < order.size() && !anchors.empty(); ++i) {
      keep_followed(anchors, words[order[i]]->read(), static_cast<std::uint32_t>(order[i] - 1));
    }
    if (!anchors.empty() && slot_of[paper] != ~0U) {
      const bool has_joined = words[0] != nullptr && words[0]->seek(paper) && words[0]->paper() == paper;
      out.add(slot_of[paper], has_joined ? words[0]->read() : none, anchors);
    }
    ++paper;
  }
}

}  // namespace digest::index
