// SPDX-License-Identifier: MIT
// JSON Lines: one object a line, in the words of whoever wrote it (json_fields.cpp). A broken line costs
// itself only. The arXiv metadata snapshot has this shape, and so have most daily archives.
#include <fmt/format.h>
#include <digest/limits.hpp>

#include "ingest/readers.hpp"
#include "ingest/readers/json_paper.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

// A file that is an array with one object a line is read too: its brackets and commas are not records.
std::string_view record_of(std::string_view line) {
  line = trim(line);
  if (!line.empty() && line.back() == ',') line = trim(line.substr(0, line.size() - 1));
  return line == "[" || line == "]" ? std::string_view() : line;
}

class JsonLinesReader final : public LineReader {
 public:
  JsonLinesReader(ReaderContext context, PaperSink& sink) : LineReader(std::move(context), sink) {}

 private:
  void line(std::string_view text, std::uint64_t number) override {
    const std::string_view record = record_of(text);
    if (record.empty()) return;
    if (record.front() != '{')
      return skip(number, "no-record", "The line is no JSON object; it was left out.");
    buffer_.assign(record);
    simdjson::dom::object object;
    if (const auto error = parser_.parse(buffer_).get(object); error != simdjson::SUCCESS) {
      const bool cut = record.back() != '}';
      return skip(number, cut ? "truncated-record" : "bad-json",
                  fmt::format("The line cannot be read as JSON: {}{} It was left out.",
                              simdjson::error_message(error), cut ? " (it does not end in '}')." : ""));
    }
    JsonPaper found =
        paper_of_json(object, new_paper(number),
                      digest_date());
    if (found.empty())
      return skip(number, "no-title", "The record has neither a title nor an abstract; it was left out.");
    if (!found.repeated.empty())
      report(number, Severity::note, "repeated-key", repeated_key_message(found.repeated));
    sink_.paper(std::move(found.paper));
  }

  void end() override {}

  JsonValueParser parser_;
  std::string buffer_;
};

Recognition recognise_json_lines(std::string_view head) {
  constexpr std::size_t kLooked = 20;
  const bool whole = head.find('\n') != std::string_view::npos;
  std::size_t objects = 0, others = 0;
  std::string_view rest = head;
  for (std::size_t i = 0; i < kLooked && !rest.empty(); ++i) {
    const std::string_view text = trim(take_line(rest));
    const bool is_cut = rest.empty() && head.size() >= kLookAheadBytes && head.back() != '\n' && i > 0;
    if (text.empty() || is_cut) continue;
    const bool looks = text.size() > 2 && text.front() == '{' && text.back() == '}' &&
                       text.find('"') != std::string_view::npos;
    (looks ? objects : others) += 1;
  }
  if (objects == 0) return {};
  if (objects >= 2 && objects >= others) return {95, fmt::format("{} lines, each a JSON object", objects)};
  return objects > others ? Recognition{85, whole ? "one line, a JSON object" : "a JSON object"}
                          : Recognition{};
}

std::unique_ptr<Reader> make_json_lines(ReaderContext context, PaperSink& sink) {
  return std::make_unique<JsonLinesReader>(std::move(context), sink);
}

}  // namespace

const Format kJsonLinesFormat = {"jsonl",
                                 "JSON Lines: arXiv metadata snapshot, daily archives, one object a line",
                                 {"jsonl", "ndjson"},
                                 recognise_json_lines,
                                 make_json_lines};

}  // namespace digest::ingest
