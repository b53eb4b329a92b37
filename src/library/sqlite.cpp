// SPDX-License-Identifier: MIT
#include "library/sqlite.hpp"

#include <digest/error.hpp>
#include <fmt/format.h>

namespace digest::library {
namespace {

constexpr int kBusyMilliseconds = 5000;

ErrorKind kind_of(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ErrorKind::locked;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return ErrorKind::corrupt;
    default: return ErrorKind::io;
  }
}

}  // namespace

Database::Database(const std::string& path, int flags) : path_(path) {
  if (sqlite3_open_v2(path.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) {
    const std::string reason = handle_ != nullptr ? sqlite3_errmsg(handle_) : "out of memory";
    sqlite3_close(handle_);
    throw Error(ErrorKind::io, fmt::format("{} cannot be opened: {}.", path, reason));
  }
  sqlite3_busy_timeout(handle_, kBusyMilliseconds);
}

Database::~Database() { sqlite3_close(handle_); }

void Database::run(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail("changed");
}

Statement Database::prepare(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr) != SQLITE_OK) fail("read");
  return Statement(*this, statement);
}

void Database::fail(std::string_view doing) const {
  const ErrorKind kind = kind_of(sqlite3_errcode(handle_));
  std::string message = fmt::format("{} could not be {}: {}.", path_, doing, sqlite3_errmsg(handle_));
  if (kind == ErrorKind::locked) message += " Another digest is using it; try again.";
  if (kind == ErrorKind::corrupt) message += " It holds tags and saved searches; move it away to start afresh.";
  throw Error(kind, std::move(message));
}

Statement& Statement::bind(int place, std::string_view text) {
  if (sqlite3_bind_text64(statement_, place, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8) != SQLITE_OK) database_.fail("read");
  return *this;
}

bool Statement::step() {
  switch (sqlite3_step(statement_)) {
    case SQLITE_ROW: return true;
    case SQLITE_DONE: return false;
    default: database_.fail("used");
  }
}

void Statement::reset() { sqlite3_reset(statement_); }

std::string Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return bytes == nullptr ? std::string() : std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

Transaction::~Transaction() {
  if (done_) return;
  try {
    database_.run("ROLLBACK");
  } catch (...) {  // the file is as it was in any case
  }
}

void Transaction::commit() {
  database_.run("COMMIT");
  done_ = true;
}

}  // namespace digest::library
