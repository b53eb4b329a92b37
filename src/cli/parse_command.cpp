// SPDX-License-Identifier: MIT
// digest parse: the parser alone. digest check FILE: what was recognised, and why.
#include <digest/error.hpp>
#include <fmt/format.h>

#include "cli/command_functions.hpp"
#include "cli/fields.hpp"
#include "cli/reading.hpp"
#include "ingest/identity.hpp"
#include "render/escape.hpp"
#include "render/json.hpp"
#include "render/json_value.hpp"
#include "render/text.hpp"

namespace digest::cli {
namespace {

void require_operands(const Context& context) {
  if (context.arguments.texts().empty()) {
    throw Error(ErrorKind::usage, fmt::format("`digest {}` needs a file, or - for standard input.", context.arguments.command()->name));
  }
}

bool report_problems(const Context& context, const InputList& list) {
  for (const std::string& problem : list.problems) context.messages.error(problem);
  for (const std::string& folder : list.empty) context.messages.line(folder + kNoFile);
  return !list.problems.empty();
}

render::Json recognition_json(const ReadFile& read) {
  render::Json candidates = render::Json::array();
  for (const auto& [name, recognition] : read.report.candidates) {
    candidates.push_back({{"format", name}, {"score", recognition.score}, {"reason", recognition.reason}});
  }
  const auto or_null = [](const std::string& text) { return text.empty() ? render::Json(nullptr) : render::Json(text); };
  return {{"file", read.file}, {"format", or_null(read.report.format)}, {"containers", or_null(read.report.containers)},
          {"bytes", read.report.bytes}, {"papers", read.report.papers}, {"skipped", read.report.skipped},
          {"without_abstract", read.report.without_abstract}, {"empty", read.report.empty},
          {"recognised", !read.failed}, {"candidates", std::move(candidates)}};
}

std::string recognition_text(const ReadFile& read) {
  if (read.report.empty) return fmt::format("{}: empty\n", read.file);
  std::string out = fmt::format("{}: {}", read.file, read.failed ? "not recognised" : read.report.format);
  if (!read.report.containers.empty()) out += fmt::format(", in {}", read.report.containers);
  out += fmt::format("\n  {}, {} skipped, {} without an abstract\n", render::counted(read.report.papers, "paper", "papers"),
                     read.report.skipped, read.report.without_abstract);
  for (const auto& [name, recognition] : read.report.candidates) {
    out += fmt::format("  {:>3} {}: {}\n", recognition.score, name, recognition.reason);
  }
  return out;
}

}  // namespace

Outcome run_parse(Context& context) {
  require_operands(context);
  const ReadingOptions options = resolve_reading(context);
  const InputList list = input_list(context.arguments.texts(), "");
  bool failed = report_problems(context, list);
  const auto list_of_fields = context.arguments.value("fields");
  const std::vector<std::string> fields = list_of_fields ? checked_paper_fields(*list_of_fields) : std::vector<std::string>();
  const auto print = [&](Paper&& paper) {
    context.out.write(render::json_paper(ingest::paper_id(paper), paper, {}, fields) + "\n");
  };
  for (const std::string& path : list.paths) {
    const ReadFile read = read_digest(path, options, print, [&context](std::uint64_t) { context.out.flush(); });
    context.out.flush();
    say(context.messages, read.diagnostics);
    if (read.report.empty) context.messages.line(fmt::format("{}: nothing in it", read.file));
    failed = failed || read.failed || (context.arguments.has("strict") && read.report.skipped > 0);
  }
  return failed ? Outcome::failed : Outcome::done;
}

Outcome run_check_files(Context& context) {
  require_operands(context);
  const InputList list = input_list(context.arguments.texts(), "");
  bool failed = report_problems(context, list);
  render::Json files = render::Json::array();
  for (const std::string& path : list.paths) {
    const ReadFile read = read_digest(path, {{}, "-", {}}, [](Paper&&) {}, [](std::uint64_t) {});
    failed = failed || read.failed;
    if (context.arguments.has("json")) {
      files.push_back(recognition_json(read));
    } else {
      context.out.write(render::printable(recognition_text(read), render::Keep::lines));
      context.out.flush();
    }
    say(context.messages, read.diagnostics);
  }
  if (context.arguments.has("json")) {
    context.out.write(render::dump({{"schema", "digest.recognition/1"}, {"files", std::move(files)}}) + "\n");
  }
  return failed ? Outcome::failed : Outcome::done;
}

}  // namespace digest::cli
