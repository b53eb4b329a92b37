// SPDX-License-Identifier: MIT
#include "ingest/readers/json_paper.hpp"

#include <fmt/format.h>

#include <utility>

#include "ingest/readers/json_fields.hpp"
#include "ingest/readers/json_own_paper.hpp"
#include "ingest/readers/json_text.hpp"
#include "ingest/readers/record_reader.hpp"

namespace digest::ingest {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

bool is_arxiv_subject_list(std::string_view text) {
  return text.size() < 400 && text.find_first_of(",;(") == std::string_view::npos &&
         text.find_first_of("-.") != std::string_view::npos;
}

void add_categories(Paper& paper, std::string_view text) {
  const std::string_view separators = is_arxiv_subject_list(text) ? " \n" : ",;";
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(separators);
    add_category(paper, text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
}

void add_categories(Paper& paper, const element& value) {
  array list;
  if (value.get(list) != simdjson::SUCCESS) return add_categories(paper, json_text(value));
  for (const element item : list) {
    std::string_view text;
    object subject;
    if (item.get(text) == simdjson::SUCCESS) {
      if (is_arxiv_subject_list(text))
        add_categories(paper, text);
      else
        add_category(paper, text);
    } else if (item.get(subject) == simdjson::SUCCESS) {
      add_category(paper, json_string_member(subject, "term"));
    }
  }
}

void add_urls(Paper& paper, const element& value) {
  array list;
  object link;
  if (value.get(list) == simdjson::SUCCESS) {
    for (const element item : list) add_urls(paper, item);
    return;
  }
  if (value.get(link) == simdjson::SUCCESS) {
    for (const std::string_view key : {"value", "URL", "url", "href", "landing_page_url"}) {
      if (const std::string_view url = json_string_member(link, key); !url.empty())
        return add_url(paper, url);
    }
    return;
  }
  add_url(paper, json_text(value));
}

// "2405.15071" as well as 1234567: what a record calls itself.
std::string id_text(const element& value) {
  std::int64_t number = 0;
  if (value.get(number) == simdjson::SUCCESS) return std::to_string(number);
  return std::string(json_text(value));
}

void set_id(Paper& paper, const char* kind, std::string id) {
  if (!id.empty() && id.size() < 500) paper.ids.emplace(kind, std::move(id));
}

std::string last_path_part(std::string_view text) {
  const std::size_t slash = text.rfind('/');
  return std::string(slash == std::string_view::npos ? text : text.substr(slash + 1));
}

// {"ArXiv": "...", "DOI": "..."} of Semantic Scholar, {"doi": "https://doi.org/...", "pmid": "https://..."}
// of OpenAlex.
void add_id(Paper& paper, const std::string& kind, const element& value) {
  if (kind == "arxiv") set_id(paper, "arxiv", std::string(arxiv_id_shape(id_text(value))));
  if (kind == "doi") set_id(paper, "doi", std::string(doi_shape(id_text(value))));
  if (kind == "pmid" || kind == "pubmed") set_id(paper, "pmid", last_path_part(id_text(value)));
  if (kind == "acl") set_id(paper, "acl", id_text(value));
}

// ["arXiv:2001.00001", "10.3847/..."] of NASA ADS, [{"idtype": "doi", "value": "10.1038/..."}] of PubMed's summaries.
void add_listed_id(Paper& paper, const element& item) {
  std::string_view text;
  object id;
  if (item.get(text) == simdjson::SUCCESS) {
    if (starts_ignoring_case(text, "arxiv:")) add_id(paper, "arxiv", item);
    if (starts_ignoring_case(text, "10.") || starts_ignoring_case(text, "doi:") || starts_ignoring_case(text, "https://doi.org/")) add_id(paper, "doi", item);
  } else if (item.get(id) == simdjson::SUCCESS) {
    if (const auto value = json_member(id, "value")) add_id(paper, json_key(json_string_member(id, "idtype")), *value);
  }
}

void add_ids(Paper& paper, const element& value) {
  array list;
  if (value.get(list) == simdjson::SUCCESS) {
    for (const element item : list) add_listed_id(paper, item);
    return;
  }
  object kinds;
  if (value.get(kinds) != simdjson::SUCCESS) return add_listed_id(paper, value);
  for (const auto field : kinds) add_id(paper, json_key(field.key), field.value);
}

void add_identifiers(Paper& paper, const JsonFields& fields) {
  if (const auto id = fields.at(JsonField::arxiv))
    set_id(paper, "arxiv", std::string(arxiv_id_shape(id_text(*id))));
  if (const auto id = fields.at(JsonField::doi)) set_id(paper, "doi", std::string(doi_shape(id_text(*id))));
  if (const auto id = fields.at(JsonField::pmid)) set_id(paper, "pmid", last_path_part(id_text(*id)));
  if (const auto id = fields.at(JsonField::acl)) set_id(paper, "acl", id_text(*id));
  if (const auto id = fields.at(JsonField::forum)) set_id(paper, "openreview", id_text(*id));
  if (const auto id = fields.at(JsonField::s2)) set_id(paper, "s2", id_text(*id));
  if (const auto ids = fields.at(JsonField::ids)) add_ids(paper, *ids);
  if (const auto id = fields.at(JsonField::id)) {
    const std::string text = id_text(*id);
    set_id(paper, "arxiv", std::string(arxiv_id_shape(text)));
    set_id(paper, "doi", std::string(doi_shape(text)));
    set_id(paper, "source", text);
    if (text.find("://arxiv.org/") != std::string::npos)
      add_url(paper, text);  // arXiv's own feed, turned into JSON
  }
  for (const char* kind : {"arxiv", "doi"}) {
    if (const auto found = paper.ids.find(kind); found != paper.ids.end() && found->second.empty())
      paper.ids.erase(found);
  }
}

void add_links(Paper& paper, const JsonFields& fields) {
  const auto add = [&](JsonField field) {
    if (const auto value = fields.at(field)) add_urls(paper, *value);
  };
  add(JsonField::page);
  add(JsonField::pdf);
  add_own_page(paper);
  add(JsonField::code);
  add(JsonField::project);
}

bool is_part_of_another(std::string_view item_type) {
  return item_type == "attachment" || item_type == "note" || item_type == "annotation";
}

void add_abstract(Paper& paper, const JsonFields& fields) {
  if (const auto value = fields.at(JsonField::abstract)) paper.abstract = json_abstract(*value);
  if (!paper.abstract.empty()) return;
  if (const auto value = fields.at(JsonField::summary_by_others)) paper.abstract = json_abstract(*value);
  paper.abstract_is_partial = !paper.abstract.empty();
}

}  // namespace

std::string repeated_key_message(std::string_view key) {
  return fmt::format("This record has the key \"{}\" more than once; the first was read.",
                     clean(key.substr(0, 100), Markup::plain));
}

JsonPaper paper_of_json(const object& record, Paper paper, std::string_view digest_date) {
  if (is_own_paper(record)) return {own_paper(record, std::move(paper)), true, false, {}};
  const JsonFields fields = json_fields_of(record);
  if (const auto value = fields.at(JsonField::title)) paper.title = clean_title(json_text(*value));
  if (const auto value = fields.at(JsonField::subtitle); value && value->is_array()) add_subtitle(paper.title, clean_title(json_text(*value)));  // of Crossref
  add_abstract(paper, fields);
  if (const auto value = fields.at(JsonField::authors)) paper.authors = json_authors(*value);
  if (const auto value = fields.at(JsonField::date)) paper.date = json_date(*value, digest_date);
  if (const auto value = fields.at(JsonField::year); value && paper.date.empty())
    paper.date = json_date(*value, digest_date);
  if (const auto value = fields.at(JsonField::venue)) paper.venue = clean_title(json_text(*value));
  if (const auto value = fields.at(JsonField::categories)) add_categories(paper, *value);
  add_keywords(paper, json_string_member(record, "keyword"));  // of CSL
  add_identifiers(paper, fields);
  add_links(paper, fields);
  JsonPaper found{std::move(paper),
                  fields.rank_of(JsonField::title) < 4 || fields.rank_of(JsonField::abstract) < 5, false,
                  fields.repeated()};
  if (const auto kind = fields.at(JsonField::kind)) found.part = is_part_of_another(json_text(*kind));
  found.part = found.part || (found.paper.title.empty() && json_string_member(record, "type") == "message");  // of a chat: Slack, Telegram
  return found;
}

}  // namespace digest::ingest
