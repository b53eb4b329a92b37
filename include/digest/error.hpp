// SPDX-License-Identifier: MIT
// What stops the work. Expected outcomes (a paper without an abstract, a query without hits) are values; everything
// that ends a command is one exception of this type, caught and printed once, in main.
#pragma once
#include <exception>
#include <string>
#include <utility>

namespace digest {

enum class ErrorKind {
  usage,      // the caller asked for something that cannot be
  io,         // the operating system refused: open, read, write, sync, rename
  not_found,  // no index, no such paper, no such saved search
  locked,     // another process is writing
  corrupt,    // a file of the index is damaged
  version,    // a file of the index is of another layout or analysis version
  input,      // a digest that cannot be read
  limit,      // a stated limit was reached
};

class Error : public std::exception {
 public:
  // `message` is a whole sentence for the user: what, where, and how to mend it.
  Error(ErrorKind kind, std::string message) : kind_(kind), message_(std::move(message)) {}
  [[nodiscard]] ErrorKind kind() const { return kind_; }
  [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }

 private:
  ErrorKind kind_;
  std::string message_;
};

}  // namespace digest
