// SPDX-License-Identifier: MIT
// digest trends: how many papers a month or year match, and which words rise and fall among them.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cli/command_functions.hpp"
#include "cli/marks.hpp"
#include "cli/opened_index.hpp"
#include "cli/periods.hpp"
#include "cli/present.hpp"
#include "render/bars.hpp"
#include "render/json.hpp"
#include "render/json_value.hpp"
#include "render/text.hpp"
#include "search/searcher.hpp"
#include "search/term_shift.hpp"

namespace digest::cli {
namespace {

constexpr std::uint64_t kMostRead = 10'000;
constexpr std::size_t kMostWords = 8;

struct Trend {
  SearchResult result;
  By by = By::year;
  std::vector<FacetValue> bars;
  std::string split;  // the first period of the later half; empty: all papers are in one period
  std::uint64_t early = 0, late = 0;  // papers read of each half
  search::TermShifts shifts;
};

// The period that parts the papers into halves as equal as may be.
std::string halfway(const std::vector<FacetValue>& bars) {
  const std::uint64_t all = papers_in(bars);
  std::uint64_t before = 0, best_gap = all;
  std::string split;
  for (const FacetValue& bar : bars) {
    const std::uint64_t after = all - before, gap = std::max(before, after) - std::min(before, after);
    if (before > 0 && after > 0 && (split.empty() || gap < best_gap)) split = bar.value, best_gap = gap;
    before += bar.count;
  }
  return split;
}

// The papers that were read, by period: of many matches, these are not all.
std::vector<FacetValue> periods_read(const Trend& trend) {
  const std::size_t length = trend.by == By::month ? 7 : 4;
  std::map<std::string, std::uint64_t> counts;
  for (const Hit& hit : trend.result.hits) {
    if (hit.paper.date.size() >= length) ++counts[hit.paper.date.substr(0, length)];
  }
  std::vector<FacetValue> read;
  for (const auto& [period, count] : counts) read.push_back({period, count});
  return read;
}

void find_shifts(Trend& trend) {
  trend.split = halfway(periods_read(trend));
  if (trend.split.empty()) return;
  search::TermShiftCounter counter;
  for (const Hit& hit : trend.result.hits) {
    const std::string& date = hit.paper.date;
    if (date.size() < trend.split.size()) continue;
    const bool late = date.compare(0, trend.split.size(), trend.split) >= 0;
    ++(late ? trend.late : trend.early);
    counter.add(hit.paper.title + "\n" + hit.paper.abstract,
                late ? search::Period::late : search::Period::early);
  }
  trend.shifts = counter.strongest(kMostWords);
}

Trend find_trend(const Context& context) {
  const Marks marks(context.environment);
  SearchRequest request;
  request.query = marks.query_behind(resolve_query(context));
  request.ranker = Ranker::bm25;
  request.limit = kMostRead;
  request.snippet_words = 0;
  request.facets = {"year"};
  const OpenedIndex opened = open_index(context, storage::Access::mapped);
  const search::Searcher searcher(*opened.snapshot, marks.for_search());
  Trend trend;
  trend.result = searcher.search(request, context.environment.today);
  const std::string flag = context.arguments.value("by").value_or("");
  if (flag == "month" || (flag.empty() && periods(trend.result, By::year).size() <= 3)) {
    request.facets = {"year", "month"};
    trend.result = searcher.search(request, context.environment.today);
  }
  request.count_only = true;  // exact, however many they are
  trend.result.total = searcher.search(request, context.environment.today).total;
  trend.by = chosen_period(trend.result, flag);
  trend.bars = periods(trend.result, trend.by);
  find_shifts(trend);
  return trend;
}

render::Json bars_json(const std::vector<FacetValue>& bars) {
  render::Json list = render::Json::array();
  for (const FacetValue& bar : bars) list.push_back({{"value", bar.value}, {"count", bar.count}});
  return list;
}

render::Json shifts_json(const std::vector<search::TermShift>& shifts) {
  render::Json list = render::Json::array();
  for (const search::TermShift& one : shifts) {
    list.push_back(
        {{"word", one.word}, {"early", one.early}, {"late", one.late}, {"z", render::rounded(one.z)}});
  }
  return list;
}

std::string as_json(const Trend& trend) {
  const bool months = trend.by == By::month;
  const render::Json object{
      {"schema", "digest.trends/1"},
      {"query", trend.result.query},
      {"total", trend.result.total},
      {"by", months ? "month" : "year"},
      {"years", bars_json(periods(trend.result, By::year))},
      {"months", months ? bars_json(trend.bars) : render::Json::array()},
      {"split", trend.split.empty() ? render::Json(nullptr) : render::Json(trend.split)},
      {"early", trend.early},
      {"late", trend.late},
      {"rising", shifts_json(trend.shifts.rising)},
      {"falling", shifts_json(trend.shifts.falling)}};
  return render::dump(object) + "\n";
}

std::string shift_line(std::string_view name, const std::vector<search::TermShift>& shifts,
                       render::Layout layout) {
  if (shifts.empty()) return {};
  std::vector<render::Span> spans;
  for (const search::TermShift& one : shifts) {
    spans.push_back({one.word, render::Style::bold, ""});
    spans.push_back(
        {fmt::format(" {} \xe2\x86\x92 {}{}", one.early, one.late, &one == &shifts.back() ? "" : ", "),
         render::Style::plain, ""});
  }
  return render::paragraph(spans, fmt::format("{:<9}", name), std::string(9, ' '), layout);
}

std::string as_text(const Trend& trend, render::Layout layout) {
  std::string out = render::text_bars(trend.bars, layout);
  if (trend.shifts.rising.empty() && trend.shifts.falling.empty()) return out;
  out += "\n" + render::paragraph(
                    {{fmt::format("Papers with the word, of {} before {} and of {} since:",
                                  render::thousands(trend.early), trend.split, render::thousands(trend.late)),
                      render::Style::plain, ""}},
                    "", "", layout);
  return out + shift_line("rising", trend.shifts.rising, layout) +
         shift_line("falling", trend.shifts.falling, layout);
}

void say_what_is_left_out(const Context& context, const Trend& trend) {
  const std::uint64_t drawn = papers_in(trend.bars), dated = papers_in(periods(trend.result, By::year));
  std::string summary = render::counted(trend.result.total, "paper", "papers");
  if (trend.result.total > dated)
    summary += fmt::format(", {} without a date", render::thousands(trend.result.total - dated));
  if (dated > drawn)
    summary += fmt::format(", {} of which only the year is known", render::thousands(dated - drawn));
  context.messages.line(summary);
}

}  // namespace

Outcome run_trends(Context& context) {
  const Trend trend = find_trend(context);
  if (const auto path = context.arguments.value("svg")) {
    const std::string query = trend.result.query.empty() ? "all papers" : trend.result.query;
    write_file(*path, render::svg_bars(query, trend.bars));
  }
  if (context.arguments.has("json")) {
    context.out.write(as_json(trend));
    return Outcome::done;
  }
  context.out.write(as_text(trend, layout_of(context.screen)));
  context.out.flush();
  present_notes(context, trend.result);
  say_what_is_left_out(context, trend);
  return Outcome::done;
}

}  // namespace digest::cli
