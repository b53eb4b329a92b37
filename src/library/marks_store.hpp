// SPDX-License-Identifier: MIT
// The user's own marks: tags, saved searches, what was seen. One SQLite file for all indexes, keyed by paper id.
// Invariant: every change is one transaction; two programs may work on the file at once, each waits for the other.
// Threads: a store belongs to one thread.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace digest::library {

enum class Mode {
  read,   // the file must exist
  write,  // it is made, with its folders, if it does not
};

struct SavedSearch {
  std::string name;
  std::string query;
};

struct TagCount {
  std::string tag;
  std::uint64_t papers = 0;
};

class MarksStore {
 public:
  // Null if the mode is read and there is no such file. Error(io), Error(corrupt), Error(version).
  static std::unique_ptr<MarksStore> open(const std::string& path, Mode mode);
  ~MarksStore();
  MarksStore(const MarksStore&) = delete;
  MarksStore& operator=(const MarksStore&) = delete;

  // Tags. A tag is not empty, has no space or control character; case is kept, and counts.
  void change_tags(const std::vector<std::string>& papers, const std::vector<std::string>& put_on, const std::vector<std::string>& take_off);
  std::vector<std::string> tags_of(std::string_view paper);
  std::vector<std::vector<std::string>> tags_of(const std::vector<std::string_view>& papers);  // of each, at one moment
  std::vector<std::string> papers_with(std::string_view tag);
  std::vector<TagCount> tags();

  // Saved searches.
  void save(const SavedSearch& search);  // replaces one of the same name
  bool forget(std::string_view name);    // false: there was none; what was seen for it is forgotten too
  std::optional<SavedSearch> find(std::string_view name);
  std::vector<SavedSearch> saved();

  // What was seen: for a saved search, or for the whole ("").
  std::vector<std::string> unseen(std::string_view search, const std::vector<std::string>& papers);  // those of `papers`, in their order
  void mark_seen(std::string_view search, const std::vector<std::string>& papers);

  // Papers that got another id: what is marked under the first of each pair is marked under the second as well (and
  // stays under the first, which another index may have).
  void also_mark(const std::vector<std::pair<std::string, std::string>>& ids);

 private:
  struct State;
  explicit MarksStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Is this a word that may name a tag or a saved search? Letters, digits and - _ . / of any script; not at its head: + - @.
bool is_mark_name(std::string_view name);

}  // namespace digest::library
