// SPDX-License-Identifier: MIT
// One commit of an index, opened for reading: its segments, the papers in them, what is living. Later commits do not
// disturb it. Opening reads a page a segment and decodes nothing. Safe from several threads once open.
#pragma once
#include <digest/paper.hpp>
#include <digest/search.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "index/locator.hpp"
#include "query/vocabulary.hpp"
#include "storage/directory.hpp"

namespace digest::index {

struct IndexStatistics {
  std::uint64_t papers = 0, deleted = 0, without_abstract = 0;
  std::uint64_t terms = 0;          // distinct terms, summed over segments
  std::uint64_t words = 0;          // total length of the living papers
  std::uint64_t segments = 0, bytes = 0, generation = 0;
  std::uint32_t layout_version = 0, analysis_version = 0;
  std::vector<std::pair<std::string, std::uint64_t>> section_bytes;  // by section name, over all segments
};

class Segment;

class Snapshot {
 public:
  // Error(not_found) if the directory holds no index; Error(version), Error(corrupt).
  static std::unique_ptr<Snapshot> open(const storage::Directory& directory, storage::Access access);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  [[nodiscard]] IndexSummary summary() const;
  [[nodiscard]] IndexStatistics statistics() const;
  [[nodiscard]] const query::Vocabulary& vocabulary() const;

  // By id as digest prints it, or by an identifier ("2405.15071", "arxiv:...", "10.1/x", a URL of one).
  [[nodiscard]] std::optional<Paper> find(std::string_view id) const;
  [[nodiscard]] std::optional<Location> locate(std::string_view id) const;
  [[nodiscard]] std::vector<Location> locate_title(std::string_view title, std::size_t most) const;
  struct StoredPaper {
    std::string id;
    Paper paper;
    std::int32_t first_indexed = 0;  // day since 1970-01-01
  };
  // All living papers, segment by segment; stops when the callback returns false.
  void for_each(const std::function<bool(const StoredPaper&)>& callback) const;

  [[nodiscard]] const std::vector<std::unique_ptr<Segment>>& segments() const;

 private:
  struct State;
  explicit Snapshot(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Reads every byte of the newest commit and verifies it. Damage is in the report, never thrown. Error(io) if the system
// refuses to open or read, Error(version).
struct Damage {
  std::string file;
  std::string section;       // empty: the file as a whole
  std::uint64_t offset = 0;
  std::string message;
};
struct CheckReport {
  std::vector<Damage> damage;
  std::uint64_t files = 0, bytes = 0, papers = 0, generation = 0;
};
CheckReport check_index(const storage::Directory& directory);

}  // namespace digest::index
