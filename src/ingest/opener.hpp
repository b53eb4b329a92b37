// SPDX-License-Identifier: MIT
// What are these bytes: something compressed, mail, text, or nothing to be read? Decided by their first 64 KiB.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "ingest/compressed.hpp"
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
  std::uint64_t consumed = 0;  // bytes of the outermost compressed file
};

class Opener final : public Stage {
 public:
  // `depth`: containers around this one. `charset`: what a mail says it is written in.
  Opener(Run& run, int depth, std::string charset = {}) : run_(run), depth_(depth), charset_(std::move(charset)) {}

  void feed(std::string_view bytes) override;
  void finish() override;

 private:
  void open();
  void refuse(std::string code, std::string message);
  std::unique_ptr<Stage> container(std::string_view head);
  std::unique_ptr<Stage> unpacked(Compression compression);
  void unwrapped(std::string_view what);

  Run& run_;
  int depth_;
  std::string charset_;
  std::string head_;
  bool opened_ = false;
  std::unique_ptr<TextInput> text_;
  std::unique_ptr<Stage> next_;
};

}  // namespace digest::ingest
