// SPDX-License-Identifier: MIT
// digest stats: what the index holds.
#include <fmt/format.h>

#include <map>

#include "cli/command_functions.hpp"
#include "cli/opened_index.hpp"
#include "cli/periods.hpp"
#include "cli/present.hpp"
#include "render/bars.hpp"
#include "render/escape.hpp"
#include "render/json_value.hpp"
#include "render/text.hpp"

namespace digest::cli {
namespace {

struct Contents {
  std::string first_date, last_date;
  std::uint64_t without_date = 0;
  std::map<std::string, std::uint64_t> sources;  // file -> papers
  std::map<std::string, std::uint64_t> years, months;
};

// What a search for everything would count, so that trends and stats draw alike.
SearchResult as_facets(const Contents& contents) {
  SearchResult result;
  const auto add = [&result](const std::string& name, const std::map<std::string, std::uint64_t>& counts) {
    std::vector<FacetValue> values;
    for (const auto& [value, count] : counts) values.push_back({value, count});
    result.facets.emplace_back(name, std::move(values));
  };
  add("year", contents.years);
  add("month", contents.months);
  return result;
}

Contents contents_of(const index::Snapshot& snapshot) {
  Contents contents;
  snapshot.for_each([&](const index::Snapshot::StoredPaper& stored) {
    const std::string& date = stored.paper.date;
    if (date.empty()) {
      ++contents.without_date;
    } else {
      if (contents.first_date.empty() || date < contents.first_date) contents.first_date = date;
      if (date > contents.last_date) contents.last_date = date;
      ++contents.years[date.substr(0, 4)];
      if (date.size() >= 7) ++contents.months[date.substr(0, 7)];
    }
    for (const Source& source : stored.paper.sources) ++contents.sources[source.file];
    return true;
  });
  return contents;
}

std::string as_json(const IndexSummary& summary, const index::IndexStatistics& facts,
                    const Contents& contents) {
  render::Json sections = render::Json::object();
  for (const auto& [name, bytes] : facts.section_bytes) sections[name] = bytes;
  render::Json sources = render::Json::array();
  for (const auto& [file, papers] : contents.sources) sources.push_back({{"file", file}, {"papers", papers}});
  const auto date = [](const std::string& text) {
    return text.empty() ? render::Json(nullptr) : render::Json(text);
  };
  const render::Json object{
      {"schema", "digest.stats/1"},
      {"index", {{"path", summary.path}, {"papers", summary.papers}, {"generation", summary.generation}}},
      {"papers", facts.papers},
      {"deleted", facts.deleted},
      {"without_abstract", facts.without_abstract},
      {"terms", facts.terms},
      {"words", facts.words},
      {"segments", facts.segments},
      {"bytes", facts.bytes},
      {"layout_version", facts.layout_version},
      {"analysis_version", facts.analysis_version},
      {"sections", std::move(sections)},
      {"dates",
       {{"first", date(contents.first_date)},
        {"last", date(contents.last_date)},
        {"without", contents.without_date}}},
      {"sources", std::move(sources)}};
  return render::dump(object) + "\n";
}

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 10'000) return render::thousands(bytes) + " bytes";
  if (bytes < 1'000'000) return fmt::format("{:.1f} kB", static_cast<double>(bytes) / 1e3);
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

std::string as_text(const IndexSummary& summary, const index::IndexStatistics& facts,
                    const Contents& contents) {
  std::string out;
  const auto row = [&out](std::string_view name, const std::string& value) {
    out += fmt::format("{:<20}{}\n", name, value);
  };
  row("index", summary.path);
  row("papers", render::thousands(facts.papers));
  if (facts.deleted > 0) row("deleted", render::thousands(facts.deleted) + " (until the next merge)");
  row("without abstract", render::thousands(facts.without_abstract));
  row("terms", render::thousands(facts.terms));
  row("words", render::thousands(facts.words));
  row("segments", render::thousands(facts.segments));
  row("size", bytes_text(facts.bytes));
  for (const auto& [name, bytes] : facts.section_bytes) row("  " + name, bytes_text(bytes));
  row("commit", fmt::format("{}", facts.generation));
  row("dates", contents.first_date.empty() ? "none" : contents.first_date + " to " + contents.last_date);
  if (contents.without_date > 0) row("without date", render::thousands(contents.without_date));
  row("sources", render::thousands(contents.sources.size()));
  constexpr std::size_t kMostShown = 20;
  std::size_t shown = 0;
  for (const auto& [file, papers] : contents.sources) {
    if (++shown > kMostShown) {
      out += fmt::format("  and {} more (--json has them all)\n", contents.sources.size() - kMostShown);
      break;
    }
    row("  " + render::thousands(papers), file);
  }
  return out;
}

// What fits on a screen: the newest.
constexpr std::size_t kMostBars = 24;

std::vector<FacetValue> latest(const std::vector<FacetValue>& bars) {
  const std::size_t from = bars.size() > kMostBars ? bars.size() - kMostBars : 0;
  return {bars.begin() + static_cast<std::ptrdiff_t>(from), bars.end()};
}

// And how many papers are not among them.
std::string earlier(const std::vector<FacetValue>& bars) {
  if (bars.size() <= kMostBars) return {};
  const std::vector<FacetValue> shown = latest(bars);
  return fmt::format("{} before {}\n", render::counted(papers_in(bars) - papers_in(shown), "paper", "papers"),
                     render::printable(shown.front().value));
}

}  // namespace

Outcome run_stats(Context& context) {
  const OpenedIndex opened = open_index(context, storage::Access::mapped);
  const IndexSummary summary = opened.snapshot->summary();
  const index::IndexStatistics facts = opened.snapshot->statistics();
  const Contents contents = contents_of(*opened.snapshot);
  const SearchResult dates = as_facets(contents);
  const std::vector<FacetValue> bars =
      periods(dates, chosen_period(dates, context.arguments.value("by").value_or("")));
  if (const auto path = context.arguments.value("svg"))
    write_file(*path, render::svg_bars("papers by date", bars));
  if (context.arguments.has("json")) {
    context.out.write(as_json(summary, facts, contents));
  } else {
    context.out.write(render::printable(as_text(summary, facts, contents), render::Keep::lines));
    if (!bars.empty()) context.out.write("\n" + earlier(bars) + render::text_bars(latest(bars), layout_of(context.screen)));
  }
  return Outcome::done;
}

}  // namespace digest::cli
