// SPDX-License-Identifier: MIT
// A reader turns the text of one digest into papers, pushed in pieces, holding at most one paper at a time.
// Text reaches it as valid UTF-8 with LF line ends and no byte-order mark, cut anywhere (also inside a character).
// One file a format; formats.cpp lists them. Threads: a reader belongs to one thread.
#pragma once
#include <digest/paper.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace digest::ingest {

// Receives what a reader finds, in the order of the input.
class PaperSink {
 public:
  virtual ~PaperSink() = default;
  virtual void paper(Paper&& paper) = 0;
  virtual void problem(Diagnostic&& problem) = 0;
  // A count that the digest itself states ("showing 97 of 97 entries"): compared with what was read.
  virtual void stated_count(std::uint64_t papers) = 0;
};

struct ReaderContext {
  std::string file;                        // for Source::file and Diagnostic::file
  std::string format;                      // for Source::format
  std::optional<std::string> digest_date;  // --date, "YYYY-MM-DD": lends its year to dates without one
};

class Reader {
 public:
  virtual ~Reader() = default;
  virtual void feed(std::string_view text) = 0;
  virtual void finish() = 0;  // end of input: the last paper is flushed here
};

// A reader that knows its file: it says where papers and problems come from.
class SourcedReader : public Reader {
 protected:
  SourcedReader(ReaderContext context, PaperSink& sink) : context_(std::move(context)), sink_(sink) {}

  // A paper of this reader's file and format that begins at `line`.
  [[nodiscard]] Paper new_paper(std::uint64_t line) const;
  void report(std::uint64_t line, Severity severity, std::string_view code, std::string message);
  void skip(std::uint64_t line, std::string_view code, std::string message);  // a warning that costs a record
  [[nodiscard]] std::string_view digest_date() const { return context_.digest_date ? std::string_view(*context_.digest_date) : std::string_view(); }

  ReaderContext context_;
  PaperSink& sink_;
};

// Splits what it is fed into lines (LF, without it) of at most kMaxLineBytes; longer ones are reported and cut.
class LineReader : public SourcedReader {
 public:
  void feed(std::string_view text) final;
  void finish() final;

 protected:
  LineReader(ReaderContext context, PaperSink& sink) : SourcedReader(std::move(context), sink) {}
  virtual void line(std::string_view text, std::uint64_t number) = 0;  // number from 1
  virtual void end() = 0;

 private:
  void keep(std::string_view piece);
  void end_of_line();

  std::string partial_;
  std::uint64_t number_ = 0;
  bool cut_ = false;
};

// How sure a format is that the text is its own. 0: certainly not; 100: an exact signature (a root element, a
// record grammar seen twice); around 50: plausible; the page-text fallback never exceeds 20.
struct Recognition {
  int score = 0;
  std::string reason;  // "line 3 is '\\\\' followed by 'arXiv:'"
};

struct Format {
  std::string_view name;                         // what --format takes and Source::format says
  std::string_view description;                  // "arXiv e-mail announcement or listing file"
  std::vector<std::string_view> extensions;      // without the dot; they only break ties
  Recognition (*recognise)(std::string_view head);  // head: the first 64 KiB of text, or all of it
  std::unique_ptr<Reader> (*make)(ReaderContext context, PaperSink& sink);
};

// All formats, in the fixed order that breaks ties of score and extension.
const std::vector<Format>& formats();

}  // namespace digest::ingest
