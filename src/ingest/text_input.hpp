// SPDX-License-Identifier: MIT
// One text of an input (a file, a part of a mail) on its way to its reader: recognised by its head, then passed on.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "ingest/charset.hpp"
#include "ingest/collector.hpp"
#include "ingest/pipeline.hpp"

namespace digest::ingest {

class TextInput final : public TextTarget {
 public:
  // Papers and problems go to `sink`; what was recognised is written to `report` unless an earlier text has been.
  TextInput(const PipelineOptions& options, Collector& sink, PipelineReport& report)
      : options_(options), sink_(sink), report_(report) {}

  void text(std::string_view utf8) override;
  void end(const TextDamage& damage) override;

 private:
  void choose();
  void tell_unrecognised();
  void problem(std::uint64_t line, Severity severity, std::string code, std::string message);

  const PipelineOptions& options_;
  Collector& sink_;
  PipelineReport& report_;
  std::string head_;
  bool chosen_ = false;
  bool has_text_ = false;
  std::unique_ptr<Reader> reader_;
};

}  // namespace digest::ingest
