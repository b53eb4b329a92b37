// SPDX-License-Identifier: MIT
// Between the readers and the caller: completes papers, counts them, and keeps diagnostics few but their counts exact.
// Invariant: what reaches the caller has a title or an abstract, valid UTF-8, and identifiers found. Threads: one.
#pragma once
#include <digest/paper.hpp>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ingest/pipeline.hpp"
#include "ingest/reader.hpp"

namespace digest::ingest {

// What a part of a mail says, held until it is known whether the part is wanted.
struct Harvest final : PaperSink {
  void paper(Paper&& paper) override { papers.push_back(std::move(paper)); }
  void problem(Diagnostic&& problem) override { problems.push_back(std::move(problem)); }
  void stated_count(std::uint64_t count) override { stated.push_back(count); }

  std::vector<Paper> papers;
  std::vector<Diagnostic> problems;
  std::vector<std::uint64_t> stated;
};

class Collector final : public PaperSink {
 public:
  Collector(PaperSink& sink, PipelineReport& report, std::string file) : sink_(sink), report_(report), file_(std::move(file)) {}

  void paper(Paper&& paper) override;
  void problem(Diagnostic&& problem) override;
  void stated_count(std::uint64_t papers) override;

  // What another collector has already completed and counted in `counted`.
  void absorb(Harvest&& harvest, const PipelineReport& counted);

  // Everything from here on begins this many lines into the input (a part of a mail).
  void set_lines_before(std::uint64_t lines) { lines_before_ = lines; }
  [[nodiscard]] std::uint64_t errors() const { return errors_; }
  [[nodiscard]] std::optional<std::uint64_t> stated() const { return stated_; }
  [[nodiscard]] bool said_empty() const { return stated_ && *stated_ == 0; }  // the digest itself
  [[nodiscard]] bool saw_text() const { return saw_text_; }
  void note_text() { saw_text_ = true; }
  // The summary lines; nothing may follow.
  void finish();

 private:
  void pass_on(Diagnostic&& problem);

  PaperSink& sink_;
  PipelineReport& report_;
  std::string file_;
  std::uint64_t lines_before_ = 0;
  std::uint64_t errors_ = 0;
  std::optional<std::uint64_t> stated_;
  bool saw_text_ = false;
  std::map<std::pair<std::string, std::string>, std::uint64_t> seen_;  // (code, file) -> count
};

}  // namespace digest::ingest
