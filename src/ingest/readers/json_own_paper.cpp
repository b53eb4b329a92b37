// SPDX-License-Identifier: MIT
#include "ingest/readers/json_own_paper.hpp"

#include <array>
#include <utility>

#include "ingest/readers/json_text.hpp"
#include "ingest/readers/record_reader.hpp"

namespace digest::ingest {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t kMostListed = 10'000;  // far above the authors of any paper; the record is bounded anyway

std::string text_of(const object& record, std::string_view key, Paragraphs paragraphs) {
  return clean(json_string_member(record, key), Markup::plain, paragraphs);
}

std::vector<std::string_view> list_of(const object& record, std::string_view key) {
  std::vector<std::string_view> texts;
  array list;
  const auto value = json_member(record, key);
  if (!value || value->get(list) != simdjson::SUCCESS) return texts;
  for (const element item : list) {
    std::string_view text;
    if (item.get(text) == simdjson::SUCCESS && texts.size() < kMostListed) texts.push_back(text);
  }
  return texts;
}

// An identifier is believed only in the shape that every other record must have too.
void add_identifiers(Paper& paper, const object& record) {
  constexpr std::array<std::string_view, 7> kKinds = {"arxiv", "doi", "pmid", "acl", "openreview", "s2", "source"};
  constexpr std::size_t kLongest = 500;
  object ids;
  const auto value = json_member(record, "ids");
  if (!value || value->get(ids) != simdjson::SUCCESS) return;
  for (const std::string_view kind : kKinds) {
    std::string_view id = json_string_member(ids, kind);
    if (kind == "arxiv") id = arxiv_id_shape(id);
    if (kind == "doi") id = doi_shape(id);
    if (!id.empty() && id.size() < kLongest) paper.ids.emplace(kind, id);
  }
}

}  // namespace

bool is_own_paper(const object& record) {
  const auto first = record.begin();
  std::string_view schema;
  return first != record.end() && first.key() == "schema" && first.value().get(schema) == simdjson::SUCCESS &&
         schema == "digest.paper/1";
}

Paper own_paper(const object& record, Paper paper) {
  paper.title = text_of(record, "title", Paragraphs::join);
  paper.abstract = text_of(record, "abstract", Paragraphs::keep);
  paper.venue = text_of(record, "venue", Paragraphs::join);
  for (const std::string_view name : list_of(record, "authors")) {
    if (std::string text = clean(name, Markup::plain); !text.empty()) paper.authors.push_back(std::move(text));
  }
  if (const auto date = json_member(record, "date")) paper.date = json_date(*date, {});
  for (const std::string_view name : list_of(record, "categories")) add_category(paper, name);
  // Links of the abstract are found in it again; to be named here would make them the paper's own pages.
  for (const std::string_view url : list_of(record, "urls")) {
    if (paper.urls.empty() || paper.abstract.find(url) == std::string::npos) add_url(paper, url);
  }
  add_identifiers(paper, record);
  return paper;
}

}  // namespace digest::ingest
