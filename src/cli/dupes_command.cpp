// SPDX-License-Identifier: MIT
// digest dupes: papers of the index that may be one, with the evidence.
#include <fmt/format.h>

#include <cmath>

#include "cli/command_functions.hpp"
#include "cli/opened_index.hpp"
#include "cli/present.hpp"
#include "render/json.hpp"
#include "render/json_value.hpp"
#include "render/layout.hpp"
#include "render/text.hpp"
#include "search/duplicates.hpp"

namespace digest::cli {
namespace {

using search::DuplicateGroup;
using search::DuplicatePair;

render::Json evidence_json(const DuplicateGroup& group, const DuplicatePair& pair) {
  const auto& [same_title, title, abstract, author, title_words] = pair.likeness;
  return {{"papers", {group.papers[pair.first].id, group.papers[pair.second].id}},
          {"title", render::rounded(title)},
          {"abstract", abstract ? render::Json(render::rounded(*abstract)) : render::Json(nullptr)},
          {"author", author.empty() ? render::Json(nullptr) : render::Json(author)}};
}

std::string as_json(const std::vector<DuplicateGroup>& groups) {
  render::Json list = render::Json::array();
  for (const DuplicateGroup& group : groups) {
    render::Json papers = render::Json::array(), evidence = render::Json::array();
    for (const auto& one : group.papers) {
      const std::string& date = one.paper.date;
      papers.push_back({{"id", one.id},
                        {"title", one.paper.title},
                        {"date", date.empty() ? render::Json(nullptr) : render::Json(date)}});
    }
    for (const DuplicatePair& pair : group.evidence) evidence.push_back(evidence_json(group, pair));
    list.push_back({{"reason", group.same_title ? "title" : "near"},
                    {"papers", std::move(papers)},
                    {"evidence", std::move(evidence)}});
  }
  return render::dump({{"schema", "digest.dupes/1"}, {"groups", std::move(list)}}) + "\n";
}

std::string percent(double share) {
  return fmt::format("{:.0f} %", std::floor(share * 100));
}

std::string evidence_text(const DuplicateGroup& group, const DuplicatePair& pair) {
  std::string text;
  if (group.papers.size() > 2) text += fmt::format("{} and {}: ", pair.first + 1, pair.second + 1);
  text += pair.likeness.same_title
              ? "same title"
              : fmt::format("titles share {} of their words", percent(pair.likeness.title));
  text += pair.likeness.abstract ? fmt::format("; abstracts share {}", percent(*pair.likeness.abstract))
                                 : "; no abstracts to compare";
  return pair.likeness.author.empty() ? text : text + fmt::format("; both by {}", pair.likeness.author);
}

std::string group_text(const DuplicateGroup& group, render::Layout layout) {
  std::string out;
  for (std::size_t i = 0; i < group.papers.size(); ++i) {
    const auto& one = group.papers[i];
    const std::string number = group.papers.size() > 2 ? fmt::format("{}. ", i + 1) : "";
    out +=
        render::paragraph({{fmt::format("{}{}  ", number, one.id), render::Style::dim, ""},
                           {one.paper.title.empty() ? "(no title)" : one.paper.title, render::Style::bold,
                            render::safe_address(one.paper.urls.empty() ? "" : one.paper.urls[0])},
                           {one.paper.date.empty() ? "" : "  " + one.paper.date, render::Style::plain, ""}},
                          "", "    ", layout);
  }
  for (const DuplicatePair& pair : group.evidence) {
    out +=
        render::paragraph({{evidence_text(group, pair), render::Style::plain, ""}}, "    ", "    ", layout);
  }
  return out;
}

}  // namespace

Outcome run_dupes(Context& context) {
  const OpenedIndex opened = open_index(context, storage::Access::mapped);
  const std::vector<DuplicateGroup> groups = search::find_duplicates(*opened.snapshot);
  if (context.arguments.has("json")) {
    context.out.write(as_json(groups));
  } else {
    for (const DuplicateGroup& group : groups) {
      if (&group != &groups.front()) context.out.write("\n");
      context.out.write(group_text(group, layout_of(context.screen)));
    }
    context.out.flush();
    context.messages.line(render::counted(groups.size(), "group", "groups") + " of papers that may be one");
  }
  return groups.empty() ? Outcome::nothing_found : Outcome::done;
}

}  // namespace digest::cli
