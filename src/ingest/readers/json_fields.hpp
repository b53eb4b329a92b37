// SPDX-License-Identifier: MIT
// Which member of a JSON object holds a paper's title, abstract, authors ...: the aliases that services and
// scripts use, each with its rank. One pass over the object, whatever the order of its members. Threads: any.
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
  title,
  subtitle,
  abstract,
  summary_by_others,
  authors,
  date,
  year,
  venue,
  categories,
  id,
  arxiv,
  doi,
  pmid,
  acl,
  forum,
  s2,
  ids,
  page,
  pdf,
  code,
  project,
  kind,
  wrapper,
  none
};

class JsonFields {
 public:
  // The best member found for this field; it is neither null nor blank.
  [[nodiscard]] std::optional<simdjson::dom::element> at(JsonField field) const {
    const Found& found = found_[static_cast<std::size_t>(field)];
    return found.rank == kNothing ? std::nullopt : std::optional<simdjson::dom::element>(found.value);
  }
  // How good the name of that member is: 0 is the field's own name, 4 and more are names that other things
  // bear too.
  [[nodiscard]] int rank_of(JsonField field) const { return found_[static_cast<std::size_t>(field)].rank; }
  // What lies closer to the paper wins, whatever it is called.
  void offer(JsonField field, int rank, int closeness, const simdjson::dom::element& value) {
    Found& found = found_[static_cast<std::size_t>(field)];
    const bool better = closeness > found.closeness || (closeness == found.closeness && rank < found.rank);
    if (found.rank == kNothing || better) found = Found{rank, closeness, value};
  }

  // A key that the object has twice, both saying something: the first was taken. Empty if there is none.
  [[nodiscard]] std::string_view repeated() const { return repeated_; }
  void repeats(std::string_view key) { repeated_ = key; }

 private:
  static constexpr int kNothing = 1000;
  struct Found {
    int rank = kNothing;
    int closeness = 0;
    simdjson::dom::element value;
  };
  std::array<Found, static_cast<std::size_t>(JsonField::none)> found_;
  std::string_view repeated_;
};

JsonFields json_fields_of(const simdjson::dom::object& record);

// "Abstract Note", "abstractNote" and "abstract_note" are one key: small letters and digits of ASCII, nothing
// else.
std::string json_key(std::string_view key);

}  // namespace digest::ingest
