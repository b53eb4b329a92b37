// SPDX-License-Identifier: MIT
#include "ingest/readers/json_paper.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "ingest/readers/json_fields.hpp"
#include "ingest/readers/record_reader.hpp"

namespace digest::ingest {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

std::optional<element> member(const object& from, std::string_view key) {
  element found;
  if (from.at_key(key).get(found) != simdjson::SUCCESS) return std::nullopt;
  return found;
}

std::string_view string_member(const object& from, std::string_view key) {
  const auto found = member(from, key);
  std::string_view text;
  if (found && found->get(text) == simdjson::SUCCESS) return trim(text);
  return {};
}

// A string, the first string of a list, or the "value" of an OpenReview field.
std::string_view text_of(const element& value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return trim(text);
  array list;
  if (value.get(list) == simdjson::SUCCESS) {
    for (const element item : list) {
      if (item.get(text) == simdjson::SUCCESS && !trim(text).empty()) return trim(text);
    }
  }
  object wrapped;
  if (value.get(wrapped) == simdjson::SUCCESS) {
    for (const std::string_view key : {"value", "text", "raw", "name", "display_name"}) {
      if (const std::string_view found = string_member(wrapped, key); !found.empty()) return found;
    }
  }
  return {};
}

// OpenAlex: {"word": [positions]} back into text. Positions beyond any abstract's length are not believed.
std::string text_of_inverted_index(const object& index) {
  constexpr std::uint64_t kMostWords = 20'000;
  std::vector<std::string_view> words;
  for (const auto field : index) {
    array positions;
    if (field.value.get(positions) != simdjson::SUCCESS) continue;
    for (const element item : positions) {
      std::uint64_t position = 0;
      if (item.get(position) != simdjson::SUCCESS || position >= kMostWords) continue;
      if (position >= words.size()) words.resize(position + 1);
      words[position] = field.key;
    }
  }
  std::string text;
  for (const std::string_view word : words) {
    if (word.empty()) continue;
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

std::string abstract_of(const element& value) {
  object index;
  if (value.get(index) == simdjson::SUCCESS && text_of(value).empty()) return clean_abstract(text_of_inverted_index(index));
  array paragraphs;
  if (value.get(paragraphs) != simdjson::SUCCESS) return clean_abstract(text_of(value));
  std::string joined;
  for (const element item : paragraphs) {
    const std::string_view text = text_of(item);
    if (text.empty()) continue;
    if (!joined.empty()) joined += "\n\n";
    joined += text;
  }
  return clean_abstract(joined);
}

std::string joined_name(std::string_view given, std::string_view family, std::string_view suffix = {}) {
  std::string name(given);
  for (const std::string_view part : {family, suffix}) {
    if (part.empty()) continue;
    if (!name.empty()) name += ' ';
    name += part;
  }
  return name;
}

std::string name_of(const object& person) {
  const std::string_view role = string_member(person, "creatorType");
  if (!role.empty() && role != "author") return {};
  for (const std::string_view key : {"name", "fullname", "full_name", "display_name", "literal", "fullName"}) {
    if (const std::string_view name = string_member(person, key); !name.empty()) return std::string(name);
  }
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kParts = {
      {{"given", "family"}, {"firstName", "lastName"}, {"first", "last"}, {"first_name", "last_name"}, {"forenames", "keyname"}}};
  for (const auto& [given, family] : kParts) {
    if (const std::string_view last = string_member(person, family); !last.empty()) return joined_name(string_member(person, given), last);
  }
  object inner;
  if (const auto author = member(person, "author"); author && author->get(inner) == simdjson::SUCCESS) return name_of(inner);
  return {};
}

// arXiv's authors_parsed: ["Last", "First", "Jr."]
std::string name_of(const array& parts) {
  std::array<std::string_view, 3> part;
  std::size_t count = 0;
  for (const element item : parts) {
    if (count == part.size()) break;
    part[count++] = text_of(item);
  }
  return joined_name(part[1], part[0], part[2]);
}

std::vector<std::string> authors_of(const element& value) {
  std::vector<std::string> names;
  array list;
  if (value.get(list) != simdjson::SUCCESS) {
    object wrapped;
    if (value.get(wrapped) == simdjson::SUCCESS) {
      if (const auto inner = member(wrapped, "value")) return authors_of(*inner);
    }
    return split_authors(clean_title(text_of(value)));
  }
  for (const element item : list) {
    object person;
    array parts;
    std::string name;
    if (item.get(person) == simdjson::SUCCESS) name = name_of(person);
    else if (item.get(parts) == simdjson::SUCCESS) name = name_of(parts);
    else name = std::string(text_of(item));
    if (!name.empty()) names.push_back(clean_title(name));
  }
  return names;
}

std::string two_digits(std::uint64_t number) { return (number < 10 ? "-0" : "-") + std::to_string(number); }

std::uint64_t number_of(const element& value) {
  std::uint64_t number = 0;
  if (value.get(number) == simdjson::SUCCESS) return number;
  for (const char c : text_of(value)) {
    if (c < '0' || c > '9' || number > 100'000) return 0;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return number;
}

std::string civil(std::uint64_t year, std::uint64_t month, std::uint64_t day) {
  if (year < 1000 || year > 9999) return {};
  std::string date = std::to_string(year);
  if (month < 1 || month > 12) return date;
  date += two_digits(month);
  if (day < 1 || day > 31) return date;
  return date + two_digits(day);
}

// CSL and Crossref: {"date-parts": [[2025, 1, 5]]}
std::string date_of_parts(const element& value) {
  array outer;
  array parts;
  if (value.get(outer) != simdjson::SUCCESS || outer.size() == 0 || outer.at(0).get(parts) != simdjson::SUCCESS) return {};
  std::array<std::uint64_t, 3> number{};
  std::size_t count = 0;
  for (const element item : parts) {
    if (count == number.size()) break;
    number[count++] = number_of(item);
  }
  return civil(number[0], number[1], number[2]);
}

// A number is a year, or seconds or milliseconds since 1970.
std::string date_of_number(double number) {
  if (number >= 1000 && number <= 9999) return civil(static_cast<std::uint64_t>(number), 0, 0);
  if (number >= 1e11) number /= 1000;
  if (number < 1e8 || number > 1e11) return {};
  return civil_from_days(static_cast<std::int32_t>(number / 86400));
}

std::string date_of_json(const element& value, std::string_view digest_date) {
  double number = 0;
  if (value.is_number() && value.get(number) == simdjson::SUCCESS) return date_of_number(number);
  object wrapped;
  if (value.get(wrapped) == simdjson::SUCCESS) {
    if (const auto parts = member(wrapped, "date-parts")) return date_of_parts(*parts);
    if (const auto inner = member(wrapped, "value")) return date_of_json(*inner, digest_date);
    for (const std::string_view key : {"raw", "literal", "date-time"}) {
      if (const std::string_view text = string_member(wrapped, key); !text.empty()) return normalise_date(text, digest_date);
    }
    const auto year = member(wrapped, "year");
    return year ? civil(number_of(*year), 0, 0) : std::string();
  }
  array versions;  // arXiv snapshot: [{"version": "v1", "created": "Mon, 2 Apr 2007 ..."}]
  object first;
  if (value.get(versions) == simdjson::SUCCESS) {
    if (versions.size() == 0 || versions.at(0).get(first) != simdjson::SUCCESS) return {};
    return normalise_date(string_member(first, "created"), digest_date);
  }
  const std::string_view text = text_of(value);
  if (text.size() == 4 && number_of(value) >= 1000) return std::string(text);
  return normalise_date(text, digest_date);
}

bool is_arxiv_subject_list(std::string_view text) {
  return text.size() < 400 && text.find_first_of(",;(") == std::string_view::npos && text.find_first_of("-.") != std::string_view::npos;
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
  if (value.get(list) != simdjson::SUCCESS) return add_categories(paper, text_of(value));
  for (const element item : list) {
    std::string_view text;
    object subject;
    if (item.get(text) == simdjson::SUCCESS) {
      if (is_arxiv_subject_list(text)) add_categories(paper, text);
      else add_category(paper, text);
    } else if (item.get(subject) == simdjson::SUCCESS) {
      add_category(paper, string_member(subject, "term"));
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
      if (const std::string_view url = string_member(link, key); !url.empty()) return add_url(paper, url);
    }
    return;
  }
  add_url(paper, text_of(value));
}

// "2405.15071" as well as 1234567: what a record calls itself.
std::string id_text(const element& value) {
  std::int64_t number = 0;
  if (value.get(number) == simdjson::SUCCESS) return std::to_string(number);
  return std::string(text_of(value));
}

void set_id(Paper& paper, const char* kind, std::string id) {
  if (!id.empty() && id.size() < 500) paper.ids.emplace(kind, std::move(id));
}

std::string last_path_part(std::string_view text) {
  const std::size_t slash = text.rfind('/');
  return std::string(slash == std::string_view::npos ? text : text.substr(slash + 1));
}

// {"ArXiv": "...", "DOI": "..."} of Semantic Scholar, {"doi": "https://doi.org/...", "pmid": "https://..."} of OpenAlex.
void add_ids(Paper& paper, const element& value) {
  object list;
  if (value.get(list) != simdjson::SUCCESS) return;
  for (const auto field : list) {
    const std::string key = json_key(field.key);
    if (key == "arxiv") set_id(paper, "arxiv", std::string(arxiv_id_shape(id_text(field.value))));
    if (key == "doi") set_id(paper, "doi", std::string(doi_shape(id_text(field.value))));
    if (key == "pmid" || key == "pubmed") set_id(paper, "pmid", last_path_part(id_text(field.value)));
    if (key == "acl") set_id(paper, "acl", id_text(field.value));
  }
}

void add_identifiers(Paper& paper, const JsonFields& fields) {
  if (const auto id = fields.at(JsonField::arxiv)) set_id(paper, "arxiv", std::string(arxiv_id_shape(id_text(*id))));
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
    if (text.find("://arxiv.org/") != std::string::npos) add_url(paper, text);  // arXiv's own feed, turned into JSON
  }
  for (const char* kind : {"arxiv", "doi"}) {
    if (const auto found = paper.ids.find(kind); found != paper.ids.end() && found->second.empty()) paper.ids.erase(found);
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

void add_abstract(Paper& paper, const JsonFields& fields) {
  if (const auto value = fields.at(JsonField::abstract)) paper.abstract = abstract_of(*value);
  if (!paper.abstract.empty()) return;
  if (const auto value = fields.at(JsonField::summary_by_others)) paper.abstract = abstract_of(*value);
  paper.abstract_is_partial = !paper.abstract.empty();
}

}  // namespace

Paper paper_of_json(const object& record, Paper paper, std::string_view digest_date) {
  const JsonFields fields = json_fields_of(record);
  if (const auto value = fields.at(JsonField::title)) paper.title = clean_title(text_of(*value));
  add_abstract(paper, fields);
  if (const auto value = fields.at(JsonField::authors)) paper.authors = authors_of(*value);
  if (const auto value = fields.at(JsonField::date)) paper.date = date_of_json(*value, digest_date);
  if (const auto value = fields.at(JsonField::year); value && paper.date.empty()) paper.date = date_of_json(*value, digest_date);
  if (const auto value = fields.at(JsonField::venue)) paper.venue = clean_title(text_of(*value));
  if (const auto value = fields.at(JsonField::categories)) add_categories(paper, *value);
  add_identifiers(paper, fields);
  add_links(paper, fields);
  return paper;
}

}  // namespace digest::ingest
