// SPDX-License-Identifier: MIT
#include "search/facets.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/date.hpp"
#include "index/batch.hpp"

namespace digest::search {
namespace {

std::vector<std::string> files_of(const index::StoredRecord& record) {
  std::set<std::string> files;
  for (const Source& source : record.paper.sources) files.insert(source.file);
  return {files.begin(), files.end()};
}

// What one paper counts for. Records are read only where the segment's columns do not say it.
std::vector<std::string> values_of(const std::string& facet, std::int32_t day, const Candidate& paper, const ReadPaper& read, const UserMarks& marks) {
  const bool is_dated = day != index::kNoDate;
  if (facet == "year") return is_dated ? std::vector{civil_from_days(day).substr(0, 4)} : std::vector<std::string>{};
  if (facet == "month" && !is_dated) return {};
  const index::StoredRecord record = read(paper);
  if (facet == "month") return record.paper.date.size() >= 7 ? std::vector{record.paper.date.substr(0, 7)} : std::vector<std::string>{};
  if (facet == "category") return record.paper.categories;
  if (facet == "source") return files_of(record);
  if (facet == "tag" && marks.tags_of) return marks.tags_of(record.id);
  return {};
}

}  // namespace

std::vector<FacetValue> count_facet(const std::string& facet, const index::Snapshot& snapshot, const std::vector<Rescored>& papers,
                                    const ReadPaper& read, const UserMarks& marks) {
  std::map<std::string, std::uint64_t> counts;
  for (const Rescored& paper : papers) {
    const std::int32_t day = snapshot.segments()[paper.candidate.segment]->day(paper.candidate.paper);
    for (const std::string& value : values_of(facet, day, paper.candidate, read, marks)) ++counts[value];
  }
  std::vector<FacetValue> out;
  for (const auto& [value, count] : counts) out.push_back({value, count});
  const bool by_time = facet == "year" || facet == "month";
  std::stable_sort(out.begin(), out.end(), [by_time](const FacetValue& a, const FacetValue& b) {
    return by_time ? a.value > b.value : a.count > b.count;
  });
  return out;
}

}  // namespace digest::search
