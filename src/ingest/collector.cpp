// SPDX-License-Identifier: MIT
#include "ingest/collector.hpp"

#include <digest/limits.hpp>
#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.hpp"
#include "ingest/abstracts.hpp"
#include "ingest/identity.hpp"
#include "ingest/links.hpp"
#include "ingest/readers/scan.hpp"

namespace digest::ingest {
namespace {

void bound(std::string& field) {
  if (field.size() <= kMaxFieldBytes) return;
  std::size_t size = kMaxFieldBytes;
  while (size > 0 && (static_cast<unsigned char>(field[size]) & 0xC0U) == 0x80U) --size;
  field.resize(size);
}

}  // namespace

void Collector::paper(Paper&& paper) {
  drop_surroundings(paper.abstract);
  if (scan::says_nothing(paper.abstract)) paper.abstract.clear(), paper.abstract_is_partial = false;  // "[No abstract available]"
  const std::uint64_t line = paper.sources.empty() ? 0 : paper.sources.front().line;
  if (paper.title.empty() && paper.abstract.empty()) {
    problem(Diagnostic{file_, line, Severity::warning, "no-title",
                       "The record has neither a title nor an abstract; it was left out.", true});
    return;
  }
  if (std::max(paper.title.size(), paper.abstract.size()) > kMaxFieldBytes) {
    problem(Diagnostic{file_, line, Severity::warning, "too-long",
                       fmt::format("A field is longer than {} MiB; what is beyond was left out.", kMaxFieldBytes >> 20), false});
    bound(paper.title);
    bound(paper.abstract);
  }
  for (Source& source : paper.sources) source.line += source.line == 0 ? 0 : lines_before_;
  find_identifiers(paper);  // before the links of the abstract, which may be to other papers
  add_links(paper.abstract, paper.urls);
  order_urls(paper);
  ++report_.papers;
  if (paper.abstract.empty()) ++report_.without_abstract;
  sink_.paper(std::move(paper));
}

void Collector::problem(Diagnostic&& problem) {
  if (problem.line != 0) problem.line += lines_before_;
  if (problem.skipped_record) ++report_.skipped;
  if (problem.severity == Severity::error) ++errors_;
  const std::uint64_t count = ++seen_[{problem.code, problem.file}];
  if (count > kShownProblems) return;
  pass_on(std::move(problem));
}

void Collector::pass_on(Diagnostic&& problem) {
  if (problem.file.empty()) problem.file = file_;
  sink_.problem(std::move(problem));
}

void Collector::absorb(Harvest&& harvest, const PipelineReport& counted) {
  report_.papers += counted.papers;
  report_.skipped += counted.skipped;
  report_.without_abstract += counted.without_abstract;
  saw_text_ = true;
  for (Paper& paper : harvest.papers) sink_.paper(std::move(paper));
  for (const std::uint64_t count : harvest.stated) stated_count(count);
  for (Diagnostic& problem : harvest.problems) {
    if (problem.severity == Severity::error) ++errors_;
    if (++seen_[{problem.code, problem.file}] <= kShownProblems) pass_on(std::move(problem));
  }
}

void Collector::stated_count(std::uint64_t papers) {
  stated_ = stated_.value_or(0) + papers;
  sink_.stated_count(papers);
}

void Collector::finish() {
  for (const auto& [kind, count] : seen_) {
    if (count <= kShownProblems) continue;
    const std::uint64_t more = count - kShownProblems;
    pass_on(Diagnostic{kind.second, 0, Severity::note, kind.first,
                       fmt::format("{} more of the same kind ({} in all).", more, count), false});
  }
}

}  // namespace digest::ingest
