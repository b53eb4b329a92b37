// SPDX-License-Identifier: MIT
// digest trends: how many papers a year match.
#include <digest/error.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "cli/command_functions.hpp"
#include "cli/marks.hpp"
#include "cli/opened_index.hpp"
#include "cli/present.hpp"
#include "render/bars.hpp"
#include "render/escape.hpp"
#include "render/json_value.hpp"
#include "render/text.hpp"
#include "search/searcher.hpp"

namespace digest::cli {
namespace {

std::vector<FacetValue> years_of(const SearchResult& result) {
  std::vector<FacetValue> years;
  for (const auto& [name, values] : result.facets) {
    if (name == "year") years = values;
  }
  std::sort(years.begin(), years.end(), [](const FacetValue& a, const FacetValue& b) { return a.value < b.value; });
  return years;
}

void write_file(const std::string& path, const std::string& text) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) throw Error(ErrorKind::io, fmt::format("{} could not be made: {}.", path, std::strerror(errno)));
  Output file(descriptor, path);
  file.write(text);
  file.close();
}

}  // namespace

Outcome run_trends(Context& context) {
  const Marks marks(context.environment);
  SearchRequest request;
  request.query = marks.query_behind(resolve_query(context));
  request.limit = 0;
  request.count_only = true;
  request.facets = {"year"};
  const OpenedIndex opened = open_index(context, storage::Access::mapped);
  const search::Searcher searcher(*opened.snapshot, marks.for_search());
  const SearchResult result = searcher.search(request, context.environment.today);
  const std::vector<FacetValue> years = years_of(result);
  if (const auto path = context.arguments.value("svg")) write_file(*path, render::svg_bars(result.query, years));
  if (context.arguments.has("json")) {
    render::Json list = render::Json::array();
    for (const FacetValue& year : years) list.push_back({{"value", year.value}, {"count", year.count}});
    context.out.write(render::dump({{"schema", "digest.trends/1"}, {"query", result.query}, {"total", result.total}, {"years", std::move(list)}}) + "\n");
    return Outcome::done;
  }
  context.out.write(render::text_bars(years, layout_of(context.screen)));
  context.out.flush();
  std::uint64_t dated = 0;
  for (const FacetValue& year : years) dated += year.count;
  std::string summary = render::counted(result.total, "paper", "papers");
  if (result.total > dated) summary += fmt::format(", {} without a date", render::thousands(result.total - dated));
  context.messages.line(summary);
  return Outcome::done;
}

}  // namespace digest::cli
