// SPDX-License-Identifier: MIT
// digest search: one query, or a batch of them.
#include <digest/error.hpp>
#include <fmt/format.h>

#include <algorithm>

#include "cli/batch.hpp"
#include "cli/command_functions.hpp"
#include "cli/marks.hpp"
#include "cli/opened_index.hpp"
#include "cli/present.hpp"
#include "query/identifiers.hpp"
#include "search/searcher.hpp"

namespace digest::cli {
namespace {

void check_batch_flags(const Arguments& arguments) {
  for (const std::string_view flag : {"threads", "warmup", "timing"}) {
    if (arguments.given(flag)) throw Error(ErrorKind::usage, fmt::format("`--{}` belongs to a batch: `--queries FILE`.", flag));
  }
}

// Where an identifier is the whole query and leads nowhere: that it was understood, and that the paper is not here.
void say_unknown_paper(std::string_view query, SearchResult& result) {
  if (result.total > 0 || query.find_first_of(" \t\n") != query.npos) return;
  const query::Identifier identifier = query::find_identifier(query);
  if (!identifier.found || identifier.key.empty()) return;
  const auto points = std::count_if(query.begin(), query.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  result.notes.push_back({"unknown_paper", fmt::format("There is no paper {} in this index.", identifier.key), {0, static_cast<std::uint32_t>(points)}});
}

}  // namespace

Outcome run_search(Context& context) {
  const View view = resolve_view(context);
  SearchRequest request = resolve_request(context);
  ask_for_what_is_shown(view, request);
  if (context.arguments.has("queries")) return run_batch(context, view, request);
  check_batch_flags(context.arguments);
  request.notes = true;

  Marks marks(context.environment);
  const QueryText query = resolve_query(context);
  request.query = marks.query_behind(query);
  const OpenedIndex opened = open_index(context, storage::Access::mapped);
  const search::Searcher searcher(*opened.snapshot, marks.for_search());
  SearchResult result = searcher.search(request, context.environment.today);
  if (const std::string name = marks.name_among_words(query); !name.empty())
    result.notes.push_back({"saved_search_as_text", fmt::format("{} was read as text: a saved search stands alone.", name), {0, 0}});
  say_unknown_paper(request.query, result);
  if (!request.facets.empty() && view.format != Format::text && view.format != Format::json)
    result.notes.push_back({"facets_not_shown", "`--facet` shows in text and in `--json` only.", {0, 0}});
  marks.add_tags(result);
  return present(context, view, request, result);
}

}  // namespace digest::cli
