// SPDX-License-Identifier: MIT
#include "render/json.hpp"

#include <algorithm>
#include <cmath>

#include "render/escape.hpp"
#include "render/json_value.hpp"

namespace digest::render {
namespace {

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json source_json(const Source& source) {
  return Json{{"file", source.file}, {"line", source.line}, {"format", source.format}};
}

Json snippets_json(const std::vector<Snippet>& snippets) {
  Json list = Json::array();
  for (const Snippet& snippet : snippets) {
    Json parts = Json::array();
    for (const SnippetPart& part : snippet.parts) {
      Json object{{"text", part.text}};
      if (part.match) object["match"] = true;
      parts.push_back(std::move(object));
    }
    list.push_back(Json{{"field", snippet.field}, {"parts", std::move(parts)}});
  }
  return list;
}

Json explanation_json(const std::optional<Explanation>& explanation) {
  if (!explanation) return nullptr;
  Json terms = Json::array();
  for (const TermExplanation& term : explanation->terms) {
    terms.push_back(Json{{"term", term.term}, {"df", term.df}, {"idf", rounded(term.idf)}, {"tf", rounded(term.tf)},
                         {"tf_title", rounded(term.tf_title)}, {"tf_abstract", rounded(term.tf_abstract)},
                         {"length", rounded(term.length)}, {"contribution", rounded(term.contribution)}});
  }
  Json adjustments = Json::array();
  for (const Adjustment& adjustment : explanation->adjustments) {
    adjustments.push_back(Json{{"name", adjustment.name}, {"contribution", rounded(adjustment.contribution)}});
  }
  return Json{{"documents", explanation->documents}, {"average_length", rounded(explanation->average_length)},
              {"k1", explanation->k1}, {"b", explanation->b}, {"terms", std::move(terms)},
              {"adjustments", std::move(adjustments)}};
}

void add_paper(Json& object, const Paper& paper, const std::vector<std::string>& tags) {
  object["title"] = text_or_null(paper.title);
  object["abstract"] = text_or_null(paper.abstract);
  object["authors"] = paper.authors;
  object["date"] = text_or_null(paper.date);
  object["url"] = paper.urls.empty() ? Json(nullptr) : Json(paper.urls.front());
  object["urls"] = paper.urls;
  object["ids"] = Json::object();
  for (const auto& [name, value] : paper.ids) object["ids"][name] = value;
  object["categories"] = paper.categories;
  object["venue"] = text_or_null(paper.venue);
  object["tags"] = tags;
  object["source"] = paper.sources.empty() ? Json(nullptr) : source_json(paper.sources.front());
  object["sources"] = paper.sources.size();
}

Json only(Json object, const std::vector<std::string>& fields) {
  if (fields.empty()) return object;
  Json kept = Json::object();
  for (const std::string& field : fields) {
    if (object.contains(field)) kept[field] = std::move(object[field]);
  }
  return kept;
}

Json hit_json(const Hit& hit, const std::vector<std::string>& fields) {
  Json object{{"rank", hit.rank}, {"id", hit.id}, {"score", rounded(hit.score)}};
  add_paper(object, hit.paper, hit.tags);
  object["snippets"] = snippets_json(hit.snippets);
  object["explain"] = explanation_json(hit.explanation);
  return only(std::move(object), fields);
}

Json notes_json(const std::vector<SearchNote>& notes) {
  Json list = Json::array();
  for (const SearchNote& note : notes) {
    list.push_back(Json{{"code", note.code}, {"text", note.text}, {"at", {note.at.first, note.at.second}}});
  }
  return list;
}

Json facets_json(const SearchResult& result) {
  Json object = Json::object();
  for (const auto& [name, values] : result.facets) {
    Json list = Json::array();
    for (const FacetValue& value : values) list.push_back(Json{{"value", value.value}, {"count", value.count}});
    object[name] = std::move(list);
  }
  return object;
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
  Json object{{"schema", "digest.paper/1"}, {"id", id}};
  add_paper(object, paper, tags);
  return dump(only(std::move(object), fields));
}

std::string json_hit(const Hit& hit, const std::vector<std::string>& fields) { return dump(hit_json(hit, fields)); }

std::string json_search(const SearchResult& result, const std::vector<std::string>& fields, std::string_view topic) {
  Json object{{"schema", "digest.search/1"}};
  if (!topic.empty()) object["id"] = topic;
  object["query"] = result.query;
  object["parsed"] = result.parsed;
  object["index"] = Json{{"path", result.index.path}, {"papers", result.index.papers}, {"generation", result.index.generation}};
  object["total"] = result.total;
  object["total_relation"] = result.total_is_exact ? "eq" : "gte";
  object["offset"] = result.offset;
  object["limit"] = result.limit;
  object["relaxed"] = result.relaxed;
  object["took_us"] = result.took_us;
  object["notes"] = notes_json(result.notes);
  object["suggestions"] = result.suggestions;
  object["hits"] = Json::array();
  for (const Hit& hit : result.hits) object["hits"].push_back(hit_json(hit, fields));
  object["facets"] = facets_json(result);
  return dump(object);
}

const std::vector<std::string_view>& hit_fields() {
  static const std::vector<std::string_view> fields = {"rank", "id", "score", "title", "abstract", "authors", "date", "url", "urls", "ids",
                                                       "categories", "venue", "tags", "source", "sources", "snippets", "explain"};
  return fields;
}

}  // namespace digest::render
