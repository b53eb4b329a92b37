// SPDX-License-Identifier: MIT
// Bytes to the two streams. Results: buffered, every write checked, closing too. Messages: whole lines, never
// a reason to fail.
#pragma once
#include <string>
#include <string_view>

#include "cli/environment.hpp"

namespace digest::cli {

// The reader of our output went away: no error, the work is over.
struct ReaderGone {};

class Output {
 public:
  explicit Output(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // Error(io) if it cannot be written; ReaderGone.
  void write(std::string_view bytes);
  void flush();
  void close();  // flushes and asks the system whether all of it arrived

 private:
  int descriptor_;
  std::string name_;  // for messages
  std::string buffer_;
};

// The file anew, with this text; Error(io).
void write_file(const std::string& path, std::string_view text);

class Messages {
 public:
  Messages(const Screen& screen, std::string program) : screen_(screen), program_(std::move(program)) {}

  void set_quiet() { quiet_ = true; }
  void line(std::string_view text) const;     // a summary or a hint; nothing under --quiet
  void error(std::string_view text) const;    // "digest: ..."
  void warning(std::string_view text) const;  // likewise, shown under --quiet too
  void raw(std::string_view bytes) const;     // as it is: a line for machines, or an escape sequence of ours
  [[nodiscard]] const Screen& screen() const { return screen_; }
  [[nodiscard]] bool quiet() const { return quiet_; }

 private:
  Screen screen_;
  std::string program_;
  bool quiet_ = false;
};

// Descriptors 0, 1 and 2 are open afterwards, so that no file of ours ever becomes one of them; writing to a
// standard output that was closed still fails.
void guard_standard_streams();

}  // namespace digest::cli
