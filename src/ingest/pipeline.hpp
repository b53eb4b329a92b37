// SPDX-License-Identifier: MIT
// Bytes of one input to papers: containers, character set, recognition, reader, cleaning, identifiers.
// Push any number of bytes at a time; memory stays bounded whatever the input.
#pragma once
#include <digest/paper.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ingest/reader.hpp"

namespace digest::ingest {

struct PipelineOptions {
  std::string file;                        // name for messages and Source::file
  std::string format;                      // empty: recognised by content
  std::optional<std::string> digest_date;
};

// What was recognised, for `digest check FILE` and for the balance.
struct PipelineReport {
  std::string format;                      // the reader used; of a mail or archive, that of its first part; empty if none was needed
  std::string containers;                  // "gzip, mbox": what was unwrapped; empty if nothing
  std::vector<std::pair<std::string, Recognition>> candidates;  // best first, score > 0 only
  std::uint64_t bytes = 0;                 // bytes pushed
  std::uint64_t papers = 0;
  std::uint64_t skipped = 0;               // records lost (each with a Diagnostic)
  std::uint64_t without_abstract = 0;
  bool empty = false;                      // no byte, or a digest that says it is empty (a holiday's feed)
  bool recognised = true;                  // false: no paper could be recognised; the sink got an error
};

class Pipeline {
 public:
  Pipeline(PipelineOptions options, PaperSink& sink);
  ~Pipeline();
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  void feed(std::span<const std::byte> bytes);
  PipelineReport finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace digest::ingest
