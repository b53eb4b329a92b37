// SPDX-License-Identifier: MIT
#include "cli/reading.hpp"

#include <digest/error.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <span>

#include "base/date.hpp"
#include "base/utf8.hpp"
#include "cli/nearest.hpp"
#include "ingest/reader.hpp"
#include "storage/input.hpp"

namespace digest::cli {
namespace {

class Collector : public ingest::PaperSink {
 public:
  Collector(std::vector<Diagnostic>& diagnostics, const std::function<void(Paper&&)>& paper) : diagnostics_(diagnostics), paper_(paper) {}
  void paper(Paper&& paper) override { paper_(std::move(paper)); }
  void problem(Diagnostic&& problem) override {
    if (diagnostics_.size() < kMostKept) {
      diagnostics_.push_back(std::move(problem));
    } else {
      ++left_out_;
    }
  }
  void stated_count(std::uint64_t) override {}

  // A file may be wrong in every line: what is kept of that is bounded.
  void finish(const std::string& file) {
    if (left_out_ == 0) return;
    Diagnostic rest;
    rest.file = file;
    rest.severity = Severity::note;
    rest.code = "more";
    rest.message = fmt::format("{} more problems are not listed", left_out_);
    diagnostics_.push_back(std::move(rest));
  }

 private:
  static constexpr std::size_t kMostKept = 1000;
  std::uint64_t left_out_ = 0;
  std::vector<Diagnostic>& diagnostics_;
  const std::function<void(Paper&&)>& paper_;
};

std::string_view word_for(Severity severity) {
  switch (severity) {
    case Severity::note: return "note";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "";
}

bool is_same_folder(const std::string& a, const std::string& b) {
  std::error_code ignored;
  return std::filesystem::equivalent(a, b, ignored);
}

// Files of the index itself, if it lies inside a folder that is read.
bool lies_in(const std::string& file, const std::string& folder) {
  if (folder.empty()) return false;
  const std::string parent = std::filesystem::path(file).parent_path().string();
  return is_same_folder(parent.empty() ? "." : parent, folder);
}

Diagnostic unreadable(const std::string& file, const std::string& message) {
  Diagnostic problem;
  problem.file = file;
  problem.severity = Severity::error;
  problem.code = "unreadable";
  problem.message = message;
  return problem;
}

void feed_all(storage::Input& input, ingest::Pipeline& pipeline, const std::function<void(std::uint64_t)>& after_piece) {
  constexpr std::size_t kPiece = 64U << 10;
  std::vector<char> buffer(kPiece);
  std::uint64_t bytes = 0;
  while (const std::size_t got = input.read(buffer.data(), buffer.size())) {
    pipeline.feed(std::as_bytes(std::span<const char>(buffer.data(), got)));
    bytes += got;
    after_piece(bytes);
  }
}

}  // namespace

InputList input_list(const std::vector<std::string>& operands, const std::string& own_folder) {
  InputList list;
  for (const std::string& operand : operands) {
    if (operand == "-" || !storage::is_folder(operand)) {
      list.paths.push_back(operand);
      continue;
    }
    try {
      storage::FolderListing listing = storage::list_folder(operand);
      const std::size_t before = list.paths.size();
      for (std::string& file : listing.files) {
        if (!lies_in(file, own_folder)) list.paths.push_back(std::move(file));
      }
      if (list.paths.size() == before && listing.problems.empty()) list.empty.push_back(operand);
      for (std::string& problem : listing.problems) list.problems.push_back(std::move(problem));
    } catch (const Error& error) {
      list.problems.emplace_back(error.what());
    }
  }
  return list;
}

ReadingOptions resolve_reading(const Context& context) {
  const Arguments& arguments = context.arguments;
  ReadingOptions options;
  options.source_name = arguments.value("source").value_or("-");
  options.format = arguments.value("format").value_or("");
  if (!options.format.empty()) {
    std::vector<std::string_view> known;
    for (const ingest::Format& format : ingest::formats()) known.push_back(format.name);
    if (std::find(known.begin(), known.end(), options.format) == known.end()) {
      const std::string close = nearest(options.format, known);
      throw Error(ErrorKind::usage, fmt::format("There is no format `{}`.{} The formats are {}.", options.format,
                                                close.empty() ? "" : fmt::format(" Did you mean `{}`?", close), fmt::join(known, ", ")));
    }
  }
  options.digest_date = arguments.value("date");
  if (options.digest_date && (!parse_date(*options.digest_date) || options.digest_date->size() != 10)) {
    throw Error(ErrorKind::usage, fmt::format("`--date` cannot be `{}`: a day such as 2025-03-11 is wanted.", *options.digest_date));
  }
  return options;
}

ReadFile read_digest(const std::string& path, const ReadingOptions& options, const std::function<void(Paper&&)>& paper,
                     const std::function<void(std::uint64_t)>& after_piece) {
  ReadFile result;
  result.file = repair_utf8(path == "-" ? options.source_name : path).text;  // in the index all is UTF-8
  Collector collector(result.diagnostics, paper);
  ingest::Pipeline pipeline({result.file, options.format, options.digest_date}, collector);
  try {
    storage::Input input = storage::Input::open(path);
    feed_all(input, pipeline, after_piece);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::input) throw;
    result.diagnostics.push_back(unreadable(result.file, error.what()));
    result.failed = true;
    return result;
  }
  result.report = pipeline.finish();
  collector.finish(result.file);
  result.failed = !result.report.recognised;
  return result;
}

void say(const Messages& messages, const std::vector<Diagnostic>& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity == Severity::note) {
      messages.line(diagnostic_line(diagnostic));
    } else {
      messages.warning(diagnostic_line(diagnostic));
    }
  }
}

std::string diagnostic_line(const Diagnostic& diagnostic) {
  const std::string place = diagnostic.line > 0 ? fmt::format("{}:{}", diagnostic.file, diagnostic.line) : diagnostic.file;
  return fmt::format("{}: {}: {} [{}]", place, word_for(diagnostic.severity), diagnostic.message, diagnostic.code);
}

}  // namespace digest::cli
