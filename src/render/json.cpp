// SPDX-License-Identifier: MIT
#include "render/json.hpp"

#include <algorithm>
#include <cmath>

#include "render/escape.hpp"
#include "render/json_text.hpp"
#include "render/json_value.hpp"

namespace digest::render {
namespace {

void source(JsonText& json, const Paper& paper) {
  if (paper.sources.empty()) return json.null();
  const Source& first = paper.sources.front();
  json.begin_object();
  json.key("file"), json.text(first.file);
  json.key("line"), json.number(first.line);
  json.key("format"), json.text(first.format);
  json.end_object();
}

void identifiers(JsonText& json, const Paper& paper) {
  json.begin_object();
  for (const auto& [name, value] : paper.ids) json.key(name), json.text(value);
  json.end_object();
}

void snippets(JsonText& json, const std::vector<Snippet>& list) {
  json.begin_array();
  for (const Snippet& snippet : list) {
    json.begin_object();
    json.key("field"), json.text(snippet.field);
    json.key("parts"), json.begin_array();
    for (const SnippetPart& part : snippet.parts) {
      json.begin_object();
      json.key("text"), json.text(part.text);
      if (part.match) { json.key("match"), json.boolean(true); }
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

void explanation(JsonText& json, const std::optional<Explanation>& given) {
  if (!given) return json.null();
  const auto number = [&json](std::string_view key, double value) { json.key(key), json.number(rounded(value)); };
  json.begin_object();
  json.key("documents"), json.number(given->documents);
  number("average_length", given->average_length);
  json.key("k1"), json.number(given->k1);
  json.key("b"), json.number(given->b);
  json.key("terms"), json.begin_array();
  for (const TermExplanation& term : given->terms) {
    json.begin_object();
    json.key("term"), json.text(term.term);
    json.key("df"), json.number(term.df);
    number("idf", term.idf);
    number("tf", term.tf);
    number("tf_title", term.tf_title);
    number("tf_abstract", term.tf_abstract);
    number("length", term.length);
    number("contribution", term.contribution);
    json.end_object();
  }
  json.end_array();
  json.key("adjustments"), json.begin_array();
  for (const Adjustment& adjustment : given->adjustments) {
    json.begin_object();
    json.key("name"), json.text(adjustment.name);
    number("contribution", adjustment.contribution);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

// One member of a hit, or of a paper, which has no rank, score, snippets or explanation.
void member(JsonText& json, std::string_view field, const Hit& hit) {
  const Paper& paper = hit.paper;
  json.key(field);
  if (field == "rank") return json.number(hit.rank);
  if (field == "id") return json.text(hit.id);
  if (field == "score") return json.number(rounded(hit.score));
  if (field == "title") return json.text_or_null(paper.title);
  if (field == "abstract") return json.text_or_null(paper.abstract);
  if (field == "authors") return json.texts(paper.authors);
  if (field == "date") return json.text_or_null(paper.date);
  if (field == "url") return json.text_or_null(paper.urls.empty() ? std::string_view() : std::string_view(paper.urls.front()));
  if (field == "urls") return json.texts(paper.urls);
  if (field == "ids") return identifiers(json, paper);
  if (field == "categories") return json.texts(paper.categories);
  if (field == "venue") return json.text_or_null(paper.venue);
  if (field == "tags") return json.texts(hit.tags);
  if (field == "source") return source(json, paper);
  if (field == "sources") return json.number(static_cast<std::uint64_t>(paper.sources.size()));
  if (field == "snippets") return snippets(json, hit.snippets);
  if (field == "explain") return explanation(json, hit.explanation);
  json.null();
}

void hit_object(JsonText& json, const Hit& hit, const std::vector<std::string>& fields) {
  json.begin_object();
  if (fields.empty()) {
    for (const std::string_view field : hit_fields()) member(json, field, hit);
  }
  for (const std::string& field : fields) member(json, field, hit);
  json.end_object();
}

void notes(JsonText& json, const std::vector<SearchNote>& list) {
  json.begin_array();
  for (const SearchNote& note : list) {
    json.begin_object();
    json.key("code"), json.text(note.code);
    json.key("text"), json.text(note.text);
    json.key("at"), json.begin_array();
    json.number(static_cast<std::uint64_t>(note.at.first));
    json.number(static_cast<std::uint64_t>(note.at.second));
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

void facets(JsonText& json, const SearchResult& result) {
  json.begin_object();
  for (const auto& [name, values] : result.facets) {
    json.key(name), json.begin_array();
    for (const FacetValue& value : values) {
      json.begin_object();
      json.key("value"), json.text(value.value);
      json.key("count"), json.number(value.count);
      json.end_object();
    }
    json.end_array();
  }
  json.end_object();
}

}  // namespace

std::string dump(const Json& value) {
  return terminal_safe_json(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

double rounded(double value) {
  constexpr double kDecimals = 1e4;
  const double result = std::round(value * kDecimals) / kDecimals;
  return result == 0 ? 0.0 : result;  // never "-0.0"
}

std::string json_paper(std::string_view id, const Paper& paper, const std::vector<std::string>& tags,
                       const std::vector<std::string>& fields) {
  Hit hit;
  hit.id = id;
  hit.paper = paper;
  hit.tags = tags;
  JsonText json;
  json.begin_object();
  if (fields.empty()) {
    json.key("schema"), json.text("digest.paper/1");
    for (const std::string_view field : hit_fields()) {
      if (!is_of_hit_only(field)) member(json, field, hit);
    }
  }
  for (const std::string& field : fields) {
    if (!is_of_hit_only(field)) member(json, field, hit);
  }
  json.end_object();
  return json.take();
}

std::string json_hit(const Hit& hit, const std::vector<std::string>& fields) {
  JsonText json;
  hit_object(json, hit, fields);
  return json.take();
}

std::string json_search(const SearchResult& result, const std::vector<std::string>& fields, std::string_view topic) {
  JsonText json;
  json.begin_object();
  json.key("schema"), json.text("digest.search/1");
  if (!topic.empty()) json.key("id"), json.text(topic);
  json.key("query"), json.text(result.query);
  json.key("parsed"), json.text(result.parsed);
  json.key("index"), json.begin_object();
  json.key("path"), json.text(result.index.path);
  json.key("papers"), json.number(result.index.papers);
  json.key("generation"), json.number(result.index.generation);
  json.end_object();
  json.key("total"), json.number(result.total);
  json.key("total_relation"), json.text(result.total_is_exact ? "eq" : "gte");
  json.key("offset"), json.number(result.offset);
  json.key("limit"), json.number(result.limit);
  json.key("relaxed"), json.boolean(result.relaxed);
  json.key("took_us"), json.number(result.took_us);
  json.key("notes"), notes(json, result.notes);
  json.key("suggestions"), json.texts(result.suggestions);
  json.key("hits"), json.begin_array();
  for (const Hit& hit : result.hits) hit_object(json, hit, fields);
  json.end_array();
  json.key("facets"), facets(json, result);
  json.end_object();
  return json.take();
}

const std::vector<std::string_view>& hit_fields() {
  static const std::vector<std::string_view> fields = {"rank", "id", "score", "title", "abstract", "authors", "date", "url", "urls", "ids",
                                                       "categories", "venue", "tags", "source", "sources", "snippets", "explain"};
  return fields;
}

bool is_of_hit_only(std::string_view field) { return field == "rank" || field == "score" || field == "snippets" || field == "explain"; }

}  // namespace digest::render
