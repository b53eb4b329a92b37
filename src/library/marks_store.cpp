// SPDX-License-Identifier: MIT
#include "library/marks_store.hpp"

#include <digest/error.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "library/sqlite.hpp"

namespace digest::library {
namespace {

constexpr std::int64_t kLayout = 1;  // on disk: user_version

constexpr const char* kTables = R"(
CREATE TABLE tags (tag TEXT NOT NULL, paper TEXT NOT NULL, PRIMARY KEY (tag, paper)) WITHOUT ROWID;
CREATE INDEX tags_of_paper ON tags (paper);
CREATE TABLE saved (name TEXT PRIMARY KEY, query TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE seen (search TEXT NOT NULL, paper TEXT NOT NULL, PRIMARY KEY (search, paper)) WITHOUT ROWID;
PRAGMA user_version = 1;
)";

std::int64_t layout_of(Database& database) {
  Statement statement = database.prepare("PRAGMA user_version");
  return statement.step() ? statement.number(0) : 0;
}

void make_tables(Database& database) {
  Transaction transaction(database);
  if (layout_of(database) == 0) database.run(kTables);  // unless another process just did
  transaction.commit();
}

void make_folder(const std::string& path) {
  std::error_code reason;
  const auto folder = std::filesystem::path(path).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, reason);
  if (reason) throw Error(ErrorKind::io, fmt::format("The folder {} could not be made: {}.", folder.string(), reason.message()));
}

// A pipe or a device in its place would keep SQLite waiting.
bool is_there(const std::string& path) {
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  if (!std::filesystem::exists(status)) return false;
  if (std::filesystem::is_regular_file(status)) return true;
  throw Error(ErrorKind::io, fmt::format("{} is no regular file and cannot hold tags and saved searches.", path));
}

}  // namespace

struct MarksStore::State {
  State(const std::string& path, int flags) : database(path, flags) {}
  Database database;
  std::unique_ptr<Statement> tags_of;  // asked for each hit of a search
};

MarksStore::MarksStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
MarksStore::~MarksStore() = default;

std::unique_ptr<MarksStore> MarksStore::open(const std::string& path, Mode mode) {
  if (!is_there(path) && mode == Mode::read) return nullptr;
  if (mode == Mode::write) make_folder(path);
  auto state = std::make_unique<State>(path, mode == Mode::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
  if (mode == Mode::write && layout_of(state->database) == 0) make_tables(state->database);
  const std::int64_t layout = layout_of(state->database);
  if (layout == 0) return nullptr;  // made by another process, not filled yet
  if (layout != kLayout) {
    throw Error(ErrorKind::version, fmt::format("{} was made by another version of digest (layout {}, this one reads {}).", path, layout, kLayout));
  }
  return std::unique_ptr<MarksStore>(new MarksStore(std::move(state)));
}

void MarksStore::change_tags(const std::vector<std::string>& papers, const std::vector<std::string>& put_on,
                             const std::vector<std::string>& take_off) {
  Transaction transaction(state_->database);
  Statement add = state_->database.prepare("INSERT OR IGNORE INTO tags (tag, paper) VALUES (?1, ?2)");
  Statement drop = state_->database.prepare("DELETE FROM tags WHERE tag = ?1 AND paper = ?2");
  const auto each = [&papers](Statement& statement, const std::vector<std::string>& tags) {
    for (const std::string& tag : tags) {
      for (const std::string& paper : papers) {
        statement.bind(1, tag).bind(2, paper).step();
        statement.reset();
      }
    }
  };
  each(add, put_on);
  each(drop, take_off);
  transaction.commit();
}

std::vector<std::string> MarksStore::tags_of(std::string_view paper) {
  if (!state_->tags_of) {
    state_->tags_of.reset(new Statement(state_->database.prepare("SELECT tag FROM tags WHERE paper = ?1 ORDER BY tag")));
  }
  Statement& statement = *state_->tags_of;
  statement.bind(1, paper);
  std::vector<std::string> tags;
  while (statement.step()) tags.push_back(statement.text(0));
  statement.reset();
  return tags;
}

std::vector<std::vector<std::string>> MarksStore::tags_of(const std::vector<std::string_view>& papers) {
  Transaction transaction(state_->database, Transaction::Kind::read);  // else the file is locked for each
  std::vector<std::vector<std::string>> tags;
  for (const std::string_view paper : papers) tags.push_back(tags_of(paper));
  transaction.commit();
  return tags;
}

std::vector<std::string> MarksStore::papers_with(std::string_view tag) {
  Statement statement = state_->database.prepare("SELECT paper FROM tags WHERE tag = ?1 ORDER BY paper");
  statement.bind(1, tag);
  std::vector<std::string> papers;
  while (statement.step()) papers.push_back(statement.text(0));
  return papers;
}

std::vector<TagCount> MarksStore::tags() {
  Statement statement = state_->database.prepare("SELECT tag, count(*) FROM tags GROUP BY tag ORDER BY tag");
  std::vector<TagCount> tags;
  while (statement.step()) tags.push_back({statement.text(0), static_cast<std::uint64_t>(statement.number(1))});
  return tags;
}

void MarksStore::save(const SavedSearch& search) {
  Statement statement = state_->database.prepare("INSERT OR REPLACE INTO saved (name, query) VALUES (?1, ?2)");
  statement.bind(1, search.name).bind(2, search.query).step();
}

bool MarksStore::forget(std::string_view name) {
  const bool known = find(name).has_value();
  Transaction transaction(state_->database);
  for (const char* sql : {"DELETE FROM saved WHERE name = ?1", "DELETE FROM seen WHERE search = ?1"}) {
    Statement statement = state_->database.prepare(sql);
    statement.bind(1, name).step();
  }
  transaction.commit();
  return known;
}

std::optional<SavedSearch> MarksStore::find(std::string_view name) {
  Statement statement = state_->database.prepare("SELECT name, query FROM saved WHERE name = ?1");
  statement.bind(1, name);
  if (!statement.step()) return std::nullopt;
  return SavedSearch{statement.text(0), statement.text(1)};
}

std::vector<SavedSearch> MarksStore::saved() {
  Statement statement = state_->database.prepare("SELECT name, query FROM saved ORDER BY name");
  std::vector<SavedSearch> searches;
  while (statement.step()) searches.push_back({statement.text(0), statement.text(1)});
  return searches;
}

std::vector<std::string> MarksStore::unseen(std::string_view search, const std::vector<std::string>& papers) {
  Statement statement = state_->database.prepare("SELECT 1 FROM seen WHERE search = ?1 AND paper = ?2");
  std::vector<std::string> fresh;
  for (const std::string& paper : papers) {
    if (!statement.bind(1, search).bind(2, paper).step()) fresh.push_back(paper);
    statement.reset();
  }
  return fresh;
}

void MarksStore::mark_seen(std::string_view search, const std::vector<std::string>& papers) {
  Transaction transaction(state_->database);
  Statement statement = state_->database.prepare("INSERT OR IGNORE INTO seen (search, paper) VALUES (?1, ?2)");
  for (const std::string& paper : papers) {
    statement.bind(1, search).bind(2, paper).step();
    statement.reset();
  }
  transaction.commit();
}

void MarksStore::also_mark(const std::vector<std::pair<std::string, std::string>>& ids) {
  Transaction transaction(state_->database);
  Statement tags = state_->database.prepare("INSERT OR IGNORE INTO tags (tag, paper) SELECT tag, ?2 FROM tags WHERE paper = ?1");
  Statement seen = state_->database.prepare("INSERT OR IGNORE INTO seen (search, paper) SELECT search, ?2 FROM seen WHERE paper = ?1");
  for (const auto& [before, now] : ids) {
    for (Statement* statement : {&tags, &seen}) {
      statement->bind(1, before).bind(2, now).step();
      statement->reset();
    }
  }
  transaction.commit();
}

bool is_mark_name(std::string_view name) {
  constexpr std::size_t kMostBytes = 200;
  if (name.empty() || name.size() > kMostBytes || name[0] == '+' || name[0] == '-' || name[0] == '@') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter_or_digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter_or_digit || byte >= 0x80 || c == '-' || c == '_' || c == '.' || c == '/';
  });
}

}  // namespace digest::library
