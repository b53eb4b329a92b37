// SPDX-License-Identifier: MIT
// digest save, digest saved: searches kept under a name.
#include <digest/error.hpp>
#include <fmt/format.h>

#include "base/utf8.hpp"
#include "cli/command_functions.hpp"
#include "cli/marks.hpp"
#include "cli/opened_index.hpp"
#include "render/escape.hpp"
#include "render/json_value.hpp"

namespace digest::cli {
namespace {

std::string without_at(const std::string& name) { return !name.empty() && name[0] == '@' ? name.substr(1) : name; }

struct Counted {
  library::SavedSearch search;
  std::uint64_t papers = 0;
};

std::vector<Counted> counted_searches(Context& context, const Marks& marks) {
  std::vector<Counted> list;
  library::MarksStore* store = marks.readable();
  if (store == nullptr) return list;
  std::vector<library::SavedSearch> searches = store->saved();
  if (searches.empty()) return list;  // which takes no index to say
  const OpenedIndex opened = open_index(context, storage::Access::small_reads);
  const search::Searcher searcher(*opened.snapshot, marks.for_search());
  for (library::SavedSearch& saved : searches) {
    SearchRequest request;
    request.query = saved.query;
    request.count_only = true;
    const std::uint64_t papers = searcher.search(request, context.environment.today).total;
    list.push_back({std::move(saved), papers});
  }
  return list;
}

}  // namespace

Outcome run_save(Context& context) {
  const auto& texts = context.arguments.texts();
  if (texts.empty()) throw Error(ErrorKind::usage, "`digest save` needs a name and a query: `digest save grok 'grokking -vision'`.");
  const std::string name = without_at(texts[0]);
  require_mark_name(name, "the name of a search");
  const Marks marks(context.environment);
  if (context.arguments.has("remove")) {
    if (texts.size() > 1) throw Error(ErrorKind::usage, fmt::format("`--remove` takes one name, and `{}` follows it: nothing was forgotten.", texts[1]));
    if (marks.readable() == nullptr || !marks.writable().forget(name)) {
      throw Error(ErrorKind::not_found, fmt::format("There is no saved search `@{}`.", name));
    }
    return Outcome::done;
  }
  if (texts.size() < 2) throw Error(ErrorKind::usage, fmt::format("`digest save {}` needs a query too; `--remove` forgets a saved search.", name));
  const std::string written = repair_utf8(fmt::format("{}", fmt::join(texts.begin() + 1, texts.end(), " "))).text;
  const std::string query = marks.query_behind({written, false});  // `save later @grok`: what it says now
  const auto before = marks.readable() == nullptr ? std::nullopt : marks.readable()->find(name);
  marks.writable().save({name, query});
  const std::string instead = before && before->query != query ? fmt::format(" in place of `{}`", before->query) : "";
  context.messages.line(fmt::format("Saved{}. `digest search @{}` runs it, `digest new @{}` shows what it finds that you have not seen.", instead, name, name));
  return Outcome::done;
}

Outcome run_saved(Context& context) {
  const Marks marks(context.environment);
  const std::vector<Counted> list = counted_searches(context, marks);
  if (context.arguments.has("json")) {
    render::Json searches = render::Json::array();
    for (const Counted& one : list) searches.push_back({{"name", one.search.name}, {"query", one.search.query}, {"papers", one.papers}});
    context.out.write(render::dump({{"schema", "digest.saved/1"}, {"searches", std::move(searches)}}) + "\n");
    return Outcome::done;
  }
  if (list.empty()) context.messages.line("There are no saved searches yet: `digest save NAME QUERY` makes one.");
  for (const Counted& one : list) {
    context.out.write(render::printable(fmt::format("{:>6}  @{}  {}", one.papers, one.search.name, one.search.query)) + "\n");
  }
  return Outcome::done;
}

}  // namespace digest::cli
