// SPDX-License-Identifier: MIT
#include "search/plan.hpp"

#include <algorithm>

#include "index/analysis.hpp"
#include "index/batch.hpp"
#include "index/locator.hpp"
#include "search/bm25.hpp"
#include "search/leaf_reader.hpp"

namespace digest::search {
namespace {

using index::Segment;
using query::Node;

class Planner {
 public:
  Planner(const index::Snapshot& snapshot, const PlanOptions& options, Plan& plan)
      : snapshot_(snapshot), options_(options), plan_(plan) {}

  PlanNode node(const Node& from) {
    switch (from.kind) {
      case Node::Kind::everything: return of_kind(PlanNode::Kind::everything);
      case Node::Kind::nothing: return of_kind(PlanNode::Kind::nothing);
      case Node::Kind::boolean: return boolean(from);
      default: return leaf(from);
    }
  }

 private:
  static PlanNode of_kind(PlanNode::Kind kind) {
    PlanNode out;
    out.kind = kind;
    return out;
  }

  PlanNode boolean(const Node& from) {
    PlanNode out = of_kind(PlanNode::Kind::boolean);
    out.min_should = options_.relax && from.relaxable ? std::min(from.min_should, 1U) : from.min_should;
    const bool drop = options_.drop_stop_words && has_other_than_stop_words(from);
    for (std::size_t i = 0; i < from.children.size(); ++i) {
      const Node& child = from.children[i];
      const Node::Occur occur = from.occurs[i];
      const bool optional = child.stop_word && occur == Node::Occur::should;
      if (drop && optional) continue;
      const bool excluded = excluded_;
      excluded_ = excluded || occur == Node::Occur::must_not;
      std::vector<PlanNode>& group = occur == Node::Occur::must ? out.must : occur == Node::Occur::must_not ? out.must_not : optional ? out.optional : out.should;
      group.push_back(node(child));
      excluded_ = excluded;
    }
    if (out.must.empty() && out.should.empty()) std::swap(out.should, out.optional);  // nothing else to go by
    return out;
  }

  static bool has_other_than_stop_words(const Node& from) {
    for (std::size_t i = 0; i < from.children.size(); ++i) {
      if (from.occurs[i] != Node::Occur::must_not && !from.children[i].stop_word && !from.children[i].filter) return true;
    }
    return false;
  }

  PlanNode leaf(const Node& from) {
    Leaf made;
    made.node = &from;
    made.scored = is_word(from) && !from.filter && !excluded_;
    for (const auto& segment : snapshot_.segments()) made.sources.push_back(source(*segment, from));
    weigh(made, from);
    PlanNode out = of_kind(PlanNode::Kind::leaf);
    out.leaf = static_cast<std::uint32_t>(plan_.leaves.size());
    plan_.leaves.push_back(std::move(made));
    return out;
  }

  static bool is_word(const Node& from) {
    return from.kind == Node::Kind::term || from.kind == Node::Kind::phrase || from.kind == Node::Kind::union_of;
  }

  // A phrase has the sum of its words' idf; everything else that of the papers it matches.
  void weigh(Leaf& made, const Node& from) const {
    for (std::size_t s = 0; s < made.sources.size(); ++s) {
      const PostingSource& from_segment = made.sources[s];
      if (from_segment.living()) {
        made.papers += *from_segment.living();
      } else if (from_segment.list()) {
        made.papers += snapshot_.segments()[s]->living_with(from_segment.list()->info(), from.words.front().term);
      }
    }
    if (from.kind == Node::Kind::phrase) {
      for (const query::PhraseWord& word : from.words) {
        made.idf += inverse_document_frequency(plan_.papers, snapshot_.vocabulary().document_frequency(word.term));
      }
    } else {
      made.idf = inverse_document_frequency(plan_.papers, made.papers);
    }
    const auto worth = options_.repeated_word_boost;
    made.weight = (worth == nullptr ? from.boost : from.boost / from.said * worth(from.said)) * made.idf;
  }

  PostingSource source(const Segment& segment, const Node& from) {
    switch (from.kind) {
      case Node::Kind::term:
      case Node::Kind::phrase:
      case Node::Kind::union_of: return make_source(segment, from);
      case Node::Kind::author: return authors(segment, from.text);
      case Node::Kind::category: return filter_term(segment, index::kCategoryPrefix + index::fold_category(from.text));
      case Node::Kind::source: return filter_term(segment, index::kSourcePrefix + from.text);
      case Node::Kind::dates: return dates(segment, from);
      case Node::Kind::id: return identified(segment, {from.text});
      case Node::Kind::tag:
        if (options_.papers_with_tag == nullptr || !*options_.papers_with_tag) return {};
        return identified(segment, (*options_.papers_with_tag)(from.text));
      default: return {};
    }
  }

  static PaperList living(const Segment& segment, std::string_view term) {
    PaperList out;
    auto info = segment.find_term(term, index::Forms::skip);
    if (!info) return out;
    const PostingSource source(std::make_unique<index::PostingList>(segment.file(), std::move(*info)));
    for (PostingCursor cursor(source); cursor.paper() != kNoMorePapers; cursor.next()) {
      if (!segment.is_dead(cursor.paper())) out.add(cursor.paper(), 1);
    }
    return out;
  }

  static PostingSource filter_term(const Segment& segment, const std::string& term) {
    return PostingSource(living(segment, std::string_view(term).substr(0, text::kMaxFormBytes)));
  }

  // Every word of the name.
  static PostingSource authors(const Segment& segment, std::string_view name) {
    const std::vector<std::string> words = index::author_words(name);
    if (words.empty()) return {};
    PaperList out;
    for (std::size_t i = 0; i < words.size(); ++i) {
      PaperList list = living(segment, index::kAuthorPrefix + words[i]);
      if (i == 0) {
        out = std::move(list);
        continue;
      }
      std::vector<std::uint32_t> both;
      std::set_intersection(out.papers.begin(), out.papers.end(), list.papers.begin(), list.papers.end(), std::back_inserter(both));
      out.frequencies.assign(both.size(), 1);
      out.papers = std::move(both);
    }
    return PostingSource(std::move(out));
  }

  // A paper without a date counts from the day it was first indexed.
  static PostingSource dates(const Segment& segment, const Node& from) {
    PaperList out;
    index::Scratch days_scratch, first_scratch;
    const auto* days = segment.column<std::int32_t>(index::SectionId::dates, 0, segment.papers(), days_scratch);
    const auto* first = segment.column<std::int32_t>(index::SectionId::first_indexed, 0, segment.papers(), first_scratch);
    for (std::uint32_t paper = 0; paper < segment.papers(); ++paper) {
      const std::int32_t day = days[paper] == index::kNoDate ? first[paper] : days[paper];
      if (day >= from.first_day && day <= from.last_day && !segment.is_dead(paper)) out.add(paper, 1);
    }
    return PostingSource(std::move(out));
  }

  static PostingSource identified(const Segment& segment, const std::vector<std::string>& ids) {
    std::vector<std::uint32_t> papers;
    for (const std::string& id : ids) {
      if (const auto found = index::locate({&segment}, id)) papers.push_back(found->paper);
    }
    std::sort(papers.begin(), papers.end());
    papers.erase(std::unique(papers.begin(), papers.end()), papers.end());
    PaperList out;
    for (const std::uint32_t paper : papers) out.add(paper, 1);
    return PostingSource(std::move(out));
  }

  const index::Snapshot& snapshot_;
  const PlanOptions& options_;
  Plan& plan_;
  bool excluded_ = false;
};

}  // namespace

std::vector<std::uint32_t> Plan::scored() const {
  std::vector<std::uint32_t> out;
  for (std::uint32_t leaf = 0; leaf < leaves.size(); ++leaf) {
    if (leaves[leaf].scored) out.push_back(leaf);
  }
  return out;
}

Plan make_plan(const index::Snapshot& snapshot, const query::Node& root, const PlanOptions& options) {
  Plan plan;
  std::uint64_t words = 0, title_words = 0;
  for (const auto& segment : snapshot.segments()) {
    plan.papers += segment->living();
    words += segment->living_length();
    title_words += segment->living_title_length();
  }
  plan.average_length = plan.papers == 0 ? 0 : static_cast<double>(words) / static_cast<double>(plan.papers);
  plan.average_title_length = plan.papers == 0 ? 0 : static_cast<double>(title_words) / static_cast<double>(plan.papers);
  plan.root = Planner(snapshot, options, plan).node(root);
  return plan;
}

}  // namespace digest::search
