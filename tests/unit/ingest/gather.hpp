// SPDX-License-Identifier: MIT
// A pipeline run over bytes in memory, with everything it says.
#pragma once
#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/pipeline.hpp"
#include "support/scratch.hpp"

namespace digest::test {

struct Gathered : ingest::PaperSink {
  void paper(Paper&& paper) override { papers.push_back(std::move(paper)); }
  void problem(Diagnostic&& problem) override { problems.push_back(std::move(problem)); }
  void stated_count(std::uint64_t count) override { stated.push_back(count); }

  [[nodiscard]] bool said(std::string_view code) const {
    return std::any_of(problems.begin(), problems.end(), [&](const Diagnostic& d) { return d.code == code; });
  }

  std::vector<Paper> papers;
  std::vector<Diagnostic> problems;
  std::vector<std::uint64_t> stated;
  ingest::PipelineReport report;
};

inline Gathered run(std::string_view bytes, ingest::PipelineOptions options = {"test", "", {}},
                    std::size_t piece = std::string_view::npos) {
  Gathered all;
  ingest::Pipeline pipeline(std::move(options), all);
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, piece);
    pipeline.feed(std::as_bytes(std::span(part.data(), part.size())));
    bytes.remove_prefix(part.size());
  }
  all.report = pipeline.finish();
  return all;
}

}  // namespace digest::test
