// SPDX-License-Identifier: MIT
// digest dupes: papers of the index that may be one.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cli/command_functions.hpp"
#include "cli/opened_index.hpp"
#include "ingest/identity.hpp"
#include "render/escape.hpp"
#include "render/json_value.hpp"
#include "render/text.hpp"

namespace digest::cli {
namespace {

struct Member {
  std::string id, title, date;
};

using Groups = std::vector<std::vector<Member>>;

// Papers whose titles are the same but for case, accents, punctuation and LaTeX, and which were not merged.
Groups same_titles(const index::Snapshot& snapshot) {
  std::map<std::string, std::vector<Member>> by_title;
  snapshot.for_each([&](const index::Snapshot::StoredPaper& stored) {
    std::string key = ingest::title_key(stored.paper.title);
    if (!key.empty()) by_title[std::move(key)].push_back({stored.id, stored.paper.title, stored.paper.date});
    return true;
  });
  Groups groups;
  for (auto& [key, members] : by_title) {
    if (members.size() < 2) continue;
    std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) { return a.id < b.id; });
    groups.push_back(std::move(members));
  }
  return groups;
}

}  // namespace

Outcome run_dupes(Context& context) {
  const OpenedIndex opened = open_index(context, storage::Access::mapped);
  const Groups groups = same_titles(*opened.snapshot);
  if (context.arguments.has("json")) {
    render::Json list = render::Json::array();
    for (const auto& group : groups) {
      render::Json papers = render::Json::array();
      for (const Member& one : group) {
        papers.push_back({{"id", one.id}, {"title", one.title}, {"date", one.date.empty() ? render::Json(nullptr) : render::Json(one.date)}});
      }
      list.push_back({{"reason", "title"}, {"papers", std::move(papers)}});
    }
    context.out.write(render::dump({{"schema", "digest.dupes/1"}, {"groups", std::move(list)}}) + "\n");
  } else {
    bool first = true;
    for (const auto& group : groups) {
      if (!first) context.out.write("\n");
      first = false;
      for (const Member& one : group) {
        context.out.write(render::printable(fmt::format("{}  {}{}", one.id, one.title, one.date.empty() ? "" : "  " + one.date)) + "\n");
      }
    }
    context.out.flush();
    context.messages.line(render::counted(groups.size(), "group", "groups") + " of papers with the same title");
  }
  return groups.empty() ? Outcome::nothing_found : Outcome::done;
}

}  // namespace digest::cli
