// SPDX-License-Identifier: MIT
#include "cli/search_options.hpp"

#include <fmt/format.h>
#include <digest/error.hpp>

#include <algorithm>

#include "base/utf8.hpp"
#include "cli/fields.hpp"
#include "cli/usage.hpp"

namespace digest::cli {
namespace {

constexpr std::pair<std::string_view, Format> kFormats[] = {
    {"text", Format::text}, {"json", Format::json}, {"jsonl", Format::jsonl},   {"tsv", Format::tsv},
    {"csv", Format::csv},   {"ids", Format::ids},   {"bibtex", Format::bibtex}, {"ris", Format::ris},
    {"csl", Format::csl},   {"md", Format::md},     {"trec", Format::trec},
};

Format resolve_format(const Arguments& arguments) {
  if (const auto name = arguments.value("format")) {
    if ((arguments.has("json") && *name != "json") || (arguments.has("jsonl") && *name != "jsonl")) {
      usage(fmt::format("`--format {}` contradicts `--{}`: give one of them.", *name,
                        arguments.has("json") ? "json" : "jsonl"));
    }
    for (const auto& [known, format] : kFormats) {
      if (*name == known) return format;
    }
  }
  if (arguments.has("json") && arguments.has("jsonl"))
    usage("`--json` contradicts `--jsonl`: give one of them.");
  if (arguments.has("jsonl")) return Format::jsonl;
  return arguments.has("json") ? Format::json : Format::text;
}

std::vector<std::string> resolve_fields(const Arguments& arguments, Format format) {
  const auto list = arguments.value("fields");
  if (!list) return {};
  if (format != Format::json && format != Format::jsonl && format != Format::csv && format != Format::tsv) {
    usage("`--fields` works with `--format` json, jsonl, csv and tsv.");
  }
  return checked_fields(*list);
}

Words resolve_words(const Arguments& arguments) {
  if (arguments.has("all-words") && arguments.has("any-word"))
    usage("`--all-words` contradicts `--any-word`: give one of them.");
  if (arguments.has("all-words")) return Words::all;
  return arguments.has("any-word") ? Words::any : Words::natural;
}

std::uint32_t resolve_snippet(const Arguments& arguments) {
  constexpr std::uint64_t kMostWords = 10'000;
  const auto text = arguments.value("snippet");
  if (!text) return SearchRequest{}.snippet_words;
  if (*text == "none") return 0;
  return static_cast<std::uint32_t>(std::min(*whole_number(arguments, "snippet"), kMostWords));
}

}  // namespace

View resolve_view(const Context& context) {
  const Arguments& arguments = context.arguments;
  View view;
  view.format = resolve_format(arguments);
  view.fields = resolve_fields(arguments, view.format);
  view.null_ended = arguments.has("null");
  if (view.null_ended && view.format != Format::ids) usage("`--null` works with `--format ids`.");
  view.explain_query = arguments.has("explain-query");
  view.open = whole_number(arguments, "open");
  if (view.open && *view.open == 0) usage("`--open` counts hits from 1.");
  return view;
}

SearchRequest resolve_request(const Context& context) {
  const Arguments& arguments = context.arguments;
  SearchRequest request;
  request.limit = whole_number(arguments, "limit").value_or(request.limit);
  if (arguments.has("open")) request.limit = std::max(request.limit, whole_number(arguments, "open").value_or(0));
  request.offset = whole_number(arguments, "offset").value_or(0);
  const std::string sort = arguments.value("sort").value_or("score");
  request.sort = sort == "date" ? SortBy::date : sort == "title" ? SortBy::title : SortBy::score;
  request.ranker = arguments.value("ranker").value_or("auto") == "bm25" ? Ranker::bm25 : Ranker::automatic;
  request.words = resolve_words(arguments);
  request.literal = arguments.has("literal");
  request.fuzzy = arguments.has("fuzzy");
  request.explain = arguments.has("explain");
  request.count_only = arguments.has("count");
  request.k1 = number(arguments, "k1");
  request.b = number(arguments, "b");
  request.title_weight = number(arguments, "title-weight");
  request.min_score = number(arguments, "min-score");
  request.since = day(arguments, "since", context.environment.today, Edge::first);
  request.until = day(arguments, "until", context.environment.today, Edge::last);
  request.facets = arguments.values("facet");
  request.snippet_words = resolve_snippet(arguments);
  return request;
}

QueryText resolve_query(const Context& context) {
  QueryText query;
  std::vector<std::string> parts = context.arguments.values("query");
  query.verbatim = !parts.empty();
  parts.insert(parts.end(), context.arguments.texts().begin(), context.arguments.texts().end());
  query.text = repair_utf8(fmt::format("{}", fmt::join(parts, " "))).text;
  return query;
}

}  // namespace digest::cli
