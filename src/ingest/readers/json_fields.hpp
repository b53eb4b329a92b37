// SPDX-License-Identifier: MIT
// Which member of a JSON object holds a paper's title, abstract, authors ...: the aliases that services and scripts use,
// each with its rank. One pass over the object, whatever the order of its members. Threads: any.
#pragma once
#include <simdjson.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace digest::ingest {

enum class JsonField : std::uint8_t {
  title, abstract, summary_by_others, authors, date, year, venue, categories,
  id, arxiv, doi, pmid, acl, forum, s2, ids, page, pdf, code, project, wrapper, none
};

class JsonFields {
 public:
  // The best member found for this field; it is neither null nor blank.
  [[nodiscard]] std::optional<simdjson::dom::element> at(JsonField field) const {
    const Found& found = found_[static_cast<std::size_t>(field)];
    return found.rank == kNothing ? std::nullopt : std::optional<simdjson::dom::element>(found.value);
  }
  void offer(JsonField field, int rank, const simdjson::dom::element& value) {
    Found& found = found_[static_cast<std::size_t>(field)];
    if (rank < found.rank) found = Found{rank, value};
  }

 private:
  static constexpr int kNothing = 1000;
  struct Found {
    int rank = kNothing;
    simdjson::dom::element value;
  };
  std::array<Found, static_cast<std::size_t>(JsonField::none)> found_;
};

JsonFields json_fields_of(const simdjson::dom::object& record);

// "Abstract Note", "abstractNote" and "abstract_note" are one key: small letters and digits of ASCII, nothing else.
std::string json_key(std::string_view key);

}  // namespace digest::ingest
