// SPDX-License-Identifier: MIT
#include "ingest/pipeline.hpp"

#include <fmt/format.h>

#include "ingest/collector.hpp"
#include "ingest/opener.hpp"
#include "ingest/recognise.hpp"

namespace digest::ingest {

struct Pipeline::State {
  State(PipelineOptions chosen, PaperSink& sink)
      : options(std::move(chosen)), collector(sink, report, options.file), run{options, collector, report, 0}, opener(run, 0) {
    if (!options.format.empty()) format_named(options.format);
  }

  PipelineOptions options;
  PipelineReport report;
  Collector collector;
  Run run;
  Opener opener;
};

Pipeline::Pipeline(PipelineOptions options, PaperSink& sink) : state_(std::make_unique<State>(std::move(options), sink)) {}
Pipeline::~Pipeline() = default;

void Pipeline::feed(std::span<const std::byte> bytes) {
  state_->report.bytes += bytes.size();
  state_->opener.feed(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

PipelineReport Pipeline::finish() {
  state_->opener.finish();
  PipelineReport& report = state_->report;
  // A format that is sure of the text and finds no record in it: a holiday's feed, an answer without results.
  constexpr int kSure = 50;
  const bool sure = !report.candidates.empty() && report.candidates.front().second.score >= kSure &&
                    report.candidates.front().first == report.format;
  if (report.papers == 0) {
    if (state_->collector.errors() != 0) {
      report.recognised = false;
    } else if (report.skipped == 0 && (!state_->collector.saw_text() || sure || state_->collector.said_empty())) {
      report.empty = true;
    } else if (report.skipped == 0) {
      report.recognised = false;
      state_->collector.problem(Diagnostic{state_->options.file, 0, Severity::error, "no-papers",
                                           "No paper could be recognised in it. If you know its format, say so with --format.",
                                           false});
    }
  }
  const std::uint64_t stated = state_->collector.stated().value_or(0), seen = report.papers + report.skipped;
  if (stated != 0 && seen != 0 && stated != seen) {
    state_->collector.problem(Diagnostic{state_->options.file, 0, Severity::warning, "count-differs",
                                         fmt::format("The digest says that it holds {} papers; {} were read and {} left out.", stated,
                                                     report.papers, report.skipped), false});
  }
  state_->collector.finish();
  return report;
}

}  // namespace digest::ingest
