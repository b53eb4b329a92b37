// SPDX-License-Identifier: MIT
// Digests read one after the other: operands to files, files to papers and diagnostics. What is done with a paper is
// the caller's business.
#pragma once
#include <digest/paper.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.hpp"
#include "ingest/pipeline.hpp"

namespace digest::cli {

struct ReadFile {
  std::string file;
  ingest::PipelineReport report;
  std::vector<Diagnostic> diagnostics;
  bool failed = false;  // could not be read, or no paper was recognised
};

// Files, folders (their files, in order) and "-". Folders that cannot be listed become failed entries.
struct InputList {
  std::vector<std::string> paths;
  std::vector<std::string> problems;  // a sentence each
  std::vector<std::string> empty;     // folders without a file
};
inline constexpr const char* kNoFile = ": no file in it";  // said of an empty folder

// `own_folder`: the index itself, which is never read; may be empty.
InputList input_list(const std::vector<std::string>& operands, const std::string& own_folder);

struct ReadingOptions {
  std::string format;
  std::string source_name;  // of standard input
  std::optional<std::string> digest_date;
};
ReadingOptions resolve_reading(const Context& context);  // checks --format and --date

// Reads one input to its end. `after_piece` is called now and then with the bytes read so far in this file.
ReadFile read_digest(const std::string& path, const ReadingOptions& options, const std::function<void(Paper&&)>& paper,
                     const std::function<void(std::uint64_t bytes)>& after_piece);

// "file:line: severity: message [code]"
std::string diagnostic_line(const Diagnostic& diagnostic);
// A line each on standard error; --quiet keeps what cost something.
void say(const Messages& messages, const std::vector<Diagnostic>& diagnostics);

}  // namespace digest::cli
