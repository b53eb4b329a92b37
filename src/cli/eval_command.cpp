// SPDX-License-Identifier: MIT
// digest eval: judged topics run, the measures printed.
#include <digest/error.hpp>
#include <fmt/format.h>

#include "cli/command_functions.hpp"
#include "cli/marks.hpp"
#include "cli/opened_index.hpp"
#include "cli/search_options.hpp"
#include "cli/whole_input.hpp"
#include "evaluate/evaluate.hpp"
#include "evaluate/files.hpp"
#include "evaluate/run_topics.hpp"
#include "render/escape.hpp"
#include "render/json.hpp"
#include "render/json_value.hpp"
#include "render/text.hpp"

namespace digest::cli {
namespace {

render::Json measures_json(const evaluate::Measures& measures) {
  render::Json object = render::Json::object();
  for (const evaluate::Measure measure : evaluate::kMeasures) {
    object[std::string(evaluate::measure_key(measure))] = render::rounded(measures[measure]);
  }
  return object;
}

std::string as_json(const evaluate::Report& report) {
  render::Json topics = render::Json::array();
  for (const evaluate::TopicReport& topic : report.topics) {
    topics.push_back({{"id", topic.id},
                      {"relevant", topic.relevant},
                      {"retrieved", topic.retrieved},
                      {"found", topic.found},
                      {"measures", measures_json(topic.measures)}});
  }
  return render::dump({{"schema", "digest.eval/1"},
                       {"mean", measures_json(report.mean)},
                       {"unanswered", report.unanswered},
                       {"unjudged", report.unjudged},
                       {"topics", std::move(topics)}}) +
         "\n";
}

std::string row(std::string_view name, const evaluate::Measures& measures) {
  std::string line = fmt::format("{:<12}", render::printable(name));
  for (const evaluate::Measure measure : evaluate::kMeasures) line += fmt::format("{:>9.4f}", measures[measure]);
  return line + "\n";
}

std::string as_text(const evaluate::Report& report, bool every_topic) {
  std::string out = fmt::format("{:<12}", "topic");
  for (const evaluate::Measure measure : evaluate::kMeasures) out += fmt::format("{:>9}", evaluate::measure_name(measure));
  out += '\n';
  if (every_topic) {
    for (const evaluate::TopicReport& topic : report.topics) out += row(topic.id, topic.measures);
  }
  return out + row("mean", report.mean);
}

std::string required(const Arguments& arguments, std::string_view flag) {
  const auto value = arguments.value(flag);
  if (!value) throw Error(ErrorKind::usage, fmt::format("`digest eval` needs `--{} FILE`.", flag));
  return *value;
}

}  // namespace

Outcome run_eval(Context& context) {
  const Arguments& arguments = context.arguments;
  const std::string topics_path = required(arguments, "topics"), qrels_path = required(arguments, "qrels");
  const auto topics = evaluate::read_topics(whole_input(topics_path), topics_path);
  const auto qrels = evaluate::read_qrels(whole_input(qrels_path), qrels_path);
  const SearchRequest given = resolve_request(context);
  SearchRequest request = evaluate::topic_request(given.ranker);
  request.k1 = given.k1;
  request.b = given.b;
  request.title_weight = given.title_weight;

  const OpenedIndex opened = open_index(context, storage::Access::mapped);
  const Marks marks(context.environment);
  const search::Searcher searcher(*opened.snapshot, marks.for_search());
  const evaluate::Report report = evaluate::evaluate(evaluate::run_topics(searcher, topics, request, qrels), qrels);
  context.out.write(arguments.has("json") ? as_json(report) : as_text(report, arguments.has("verbose")));
  context.messages.line(fmt::format("{} judged, {} without an answer, {} not judged", render::counted(report.topics.size(), "topic", "topics"),
                                    report.unanswered.size(), report.unjudged.size()));
  return Outcome::done;
}

}  // namespace digest::cli
