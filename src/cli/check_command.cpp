// SPDX-License-Identifier: MIT
// digest check, without operands: every byte of the index read and verified.
#include <fmt/format.h>

#include "cli/command_functions.hpp"
#include "cli/opened_index.hpp"
#include "index/recover.hpp"
#include "render/escape.hpp"
#include "render/json_value.hpp"
#include "render/text.hpp"

namespace digest::cli {
namespace {

std::string as_json(const IndexPlace& place, const index::CheckReport& report) {
  render::Json damage = render::Json::array();
  for (const index::Damage& one : report.damage) {
    damage.push_back({{"file", one.file},
                      {"section", one.section.empty() ? render::Json(nullptr) : render::Json(one.section)},
                      {"offset", one.offset},
                      {"message", one.message}});
  }
  return render::dump({{"schema", "digest.check/1"},
                       {"index", {{"path", place.path}, {"papers", report.papers}, {"generation", report.generation}}},
                       {"files", report.files},
                       {"bytes", report.bytes},
                       {"damage", std::move(damage)}}) +
         "\n";
}

std::string line_of(const index::Damage& damage) {
  std::string where = damage.file;
  if (!damage.section.empty()) where += ", " + damage.section;
  if (damage.offset > 0) where += fmt::format(", byte {}", damage.offset);
  return fmt::format("{}: {}", where, damage.message);
}

void say_what_was_lost(const Messages& messages, const index::Recovery& recovery) {
  if (recovery.dropped == 0) return messages.line("The newest commit is whole: nothing had to be done.");
  for (const index::Damage& damage : recovery.damage) messages.warning(line_of(damage));
  const std::string had = recovery.papers_before ? fmt::format(" It had {}.", render::counted(*recovery.papers_before, "paper", "papers")) : "";
  messages.warning(fmt::format("{} dropped.{} What came and went since commit {} is missing: index those digests again.",
                               render::counted(recovery.dropped, "damaged commit", "damaged commits"), had, recovery.state.generation));
}

}  // namespace

Outcome run_check_index(Context& context) {
  const IndexPlace place = index_place(context.environment, context.arguments);
  const auto directory = open_directory(place);
  index::CheckReport report;
  if (context.arguments.has("recover")) {
    const index::Recovery recovery = index::recover_index(*directory);
    say_what_was_lost(context.messages, recovery);
    report = recovery.state;
  } else {
    report = index::check_index(*directory);
  }
  if (context.arguments.has("json")) context.out.write(as_json(place, report));
  for (const index::Damage& damage : report.damage) context.messages.error(line_of(damage));
  if (!report.damage.empty()) {
    context.messages.warning("`digest check --recover` goes back to the newest whole commit; `digest index --rebuild FILE...` starts again.");
    return Outcome::failed;
  }
  if (!context.arguments.has("json")) {
    context.out.write(render::printable(fmt::format("{} is whole: {}, {}, {} bytes, commit {}.", place.path,
                                                    render::counted(report.papers, "paper", "papers"),
                                                    render::counted(report.files, "file", "files"), render::thousands(report.bytes),
                                                    report.generation)) +
                      "\n");
  }
  return Outcome::done;
}

}  // namespace digest::cli
