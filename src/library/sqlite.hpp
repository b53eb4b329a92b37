// SPDX-License-Identifier: MIT
// A database and its statements, closed when they go; every refusal is digest::Error. For this room only.
#pragma once
#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace digest::library {

class Statement;

class Database {
 public:
  Database(const std::string& path, int flags);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void run(const char* sql);
  Statement prepare(const char* sql);
  [[noreturn]] void fail(std::string_view doing) const;

 private:
  sqlite3* handle_ = nullptr;
  std::string path_;
};

class Statement {
 public:
  Statement(const Database& database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(int place, std::string_view text);  // places count from 1; the text is copied
  bool step();                                        // true: there is a row
  void reset();
  [[nodiscard]] std::string text(int column) const;   // columns count from 0
  [[nodiscard]] std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }

 private:
  const Database& database_;
  sqlite3_stmt* statement_;
};

// Rolled back unless commit() was reached.
class Transaction {
 public:
  enum class Kind { read, write };
  explicit Transaction(Database& database, Kind kind = Kind::write) : database_(database) {
    database_.run(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN");
  }
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool done_ = false;
};

}  // namespace digest::library
