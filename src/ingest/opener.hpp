// SPDX-License-Identifier: MIT
// What are these bytes: something compressed, mail, text, or nothing to be read? Decided by their first 64 KiB.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "ingest/pipeline.hpp"
#include "ingest/stage.hpp"
#include "ingest/text_input.hpp"

namespace digest::ingest {

class Collector;

// What every step of one input shares.
struct Run {
  const PipelineOptions& options;
  Collector& collector;
  PipelineReport& report;
};

class Opener final : public Stage {
 public:
  // `depth`: containers around this one.
  Opener(Run& run, int depth) : run_(run), depth_(depth) {}

  void feed(std::string_view bytes) override;
  void finish() override;

 private:
  void open();
  void refuse(std::string code, std::string message);
  std::unique_ptr<Stage> container(std::string_view head);

  Run& run_;
  int depth_;
  std::string head_;
  bool opened_ = false;
  std::unique_ptr<TextInput> text_;
  std::unique_ptr<Stage> next_;
};

}  // namespace digest::ingest
