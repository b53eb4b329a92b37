// SPDX-License-Identifier: MIT
// JSON documents: an array of papers, an object that holds one, or one paper. JSON Lines have a reader of
// their own.
#include <fmt/format.h>

#include <memory>

#include "ingest/readers.hpp"
#include "ingest/readers/json_paper.hpp"
#include "ingest/readers/json_rows.hpp"
#include "ingest/readers/json_splitter.hpp"
#include "ingest/readers/record_reader.hpp"

namespace digest::ingest {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

class JsonReader final : public RecordReader, private JsonSplitter::Listener {
 public:
  JsonReader(ReaderContext context, PaperSink& sink)
      : RecordReader(std::move(context), sink), splitter_(*this) {}

  void feed(std::string_view text) override { splitter_.feed(text); }
  void finish() override {
    splitter_.finish();
    if (records_ == 0 && (answers_nothing_ || splitter_.empty_lists() > 0)) sink_.stated_count(0);
    if (not_records_ > 0) {
      report(0, Severity::warning, "not-a-record",
             fmt::format("{} list entries are no JSON objects; they were passed over.", not_records_));
    }
    if (parts_ > 0) {
      report(0, Severity::note, "attachment",
             fmt::format("{} entries are attachments or notes of other records; they were passed over.",
                         parts_));
    }
  }

 private:
  void element(std::string& json, std::uint64_t line) override {
    simdjson::dom::element value;
    if (const auto error = parser_.parse(json).get(value); error != simdjson::SUCCESS)
      return bad(line, error);
    record(value, line, 0);
  }

  void document(std::string& json, std::uint64_t line) override {
    simdjson::dom::element value;
    object whole;
    if (const auto error = parser_.parse(json).get(value); error != simdjson::SUCCESS)
      return bad(line, error);
    if (value.get(whole) != simdjson::SUCCESS) return;
    if (JsonPaper found = paper_of(whole, line); !found.empty() && found.sure) return take(std::move(found));
    if (members(whole, line, 0)) return;
    if (JsonPaper found = paper_of(whole, line); found.whole()) return take(std::move(found));
    answers_nothing_ = counts_nothing(whole);
    if (answers_nothing_) return;
    if (parts_ > 0 || splitter_.empty_lists() > 0 || whole.size() == 0) return;
    report(line, Severity::error, "no-papers", "This JSON document holds no paper that could be recognised.");
  }

  // An answer without results may leave its list out: {"total": 0, "offset": 0}.
  static bool counts_nothing(const object& answer) {
    for (const std::string_view key :
         {"total", "count", "totalHits", "hitCount", "numFound", "total_records"}) {
      std::uint64_t number = 1;
      if (answer.at_key(key).get(number) == simdjson::SUCCESS && number == 0) return true;
    }
    return false;
  }

  void too_long(std::uint64_t line) override {
    ++records_;
    skip(line, "too-long", "This record is longer than 8 MiB; it was left out.");
  }
  void broken(std::uint64_t line) override {
    ++records_;
    skip(line, "bad-json",
         "This record's end is missing; it was left out and reading went on at the next one.");
  }
  void cut_short(std::uint64_t line, bool inside_record) override {
    if (inside_record) ++records_;
    sink_.problem(Diagnostic{
        context_.file, line, Severity::error, "truncated-input",
        inside_record ? "The input ends in the middle of this record; the papers before it were read."
                      : "The input ends before the JSON document does; the papers before the cut were read.",
        inside_record});
  }

  void bad(std::uint64_t line, simdjson::error_code error) {
    ++records_;
    skip(line, "bad-json",
         fmt::format("This record is not valid JSON ({}); it was left out.", simdjson::error_message(error)));
  }

  JsonPaper paper_of(const object& fields, std::uint64_t line) const {
    return paper_of_json(fields, new_paper(line),
                         digest_date());
  }

  void take(JsonPaper&& found) {
    if (found.part) {
      ++parts_;
      return;
    }
    ++records_;
    if (!found.repeated.empty())
      report(found.paper.sources.front().line, Severity::note, "repeated-key",
             repeated_key_message(found.repeated));
    emit(std::move(found.paper));
  }

  // An element is a paper, or holds papers: one day's list, or a list of lists.
  void record(const simdjson::dom::element& value, std::uint64_t line, int depth) {
    object fields;
    array list;
    if (value.get(fields) == simdjson::SUCCESS) {
      JsonPaper found = paper_of(fields, line);
      if (!found.empty() || !members(fields, line, depth)) take(std::move(found));
    } else if (value.get(list) == simdjson::SUCCESS && depth < kMaxDepth) {
      for (const simdjson::dom::element item : list) record(item, line, depth + 1);
    } else {
      ++not_records_;
    }
  }

  // Papers in the members of an object that is none: {"2405.15071": {...}} or {"2025-03-11": [{...}]}. False
  // if there are none.
  bool members(const object& holder, std::uint64_t line, int depth) {
    if (depth >= kMaxDepth) return false;
    if (const std::uint64_t rows = read_json_rows(holder, line, context_, sink_); rows > 0) {
      records_ += rows;
      return true;
    }
    bool found = false;
    for (const auto member : holder) {
      object fields;
      array list;
      if (member.value.get(fields) == simdjson::SUCCESS) {
        found = nested(fields, line, depth, member.key) || found;
      } else if (member.value.get(list) == simdjson::SUCCESS && list.size() > 0 && list.at(0).is_object()) {
        for (const simdjson::dom::element item : list) {
          if (item.get(fields) == simdjson::SUCCESS) found = nested(fields, line, depth, {}) || found;
        }
      }
    }
    return found;
  }

  // Something that lies somewhere in a document: a paper if it is plainly one, else what it holds.
  bool nested(const object& fields, std::uint64_t line, int depth, std::string_view key) {
    JsonPaper found = paper_of(fields, line);
    if (found.empty() || !found.sure) return members(fields, line, depth + 1);
    named(found.paper, key);
    take(std::move(found));
    return true;
  }

  // The key under which a paper stands is what the document calls it.
  static void named(Paper& paper, std::string_view key) {
    if (key.size() > 200 || key.find_first_of("0123456789") == std::string_view::npos)
      return;  // "message" is no name
    paper.ids.emplace("source", key);
    if (const auto id = arxiv_id_shape(key); !id.empty()) paper.ids.emplace("arxiv", id);
  }

  static constexpr int kMaxDepth = 4;
  JsonSplitter splitter_;
  JsonValueParser parser_;
  std::uint64_t records_ = 0, not_records_ = 0, parts_ = 0;
  bool answers_nothing_ = false;
};

// Where the value that begins at `at` ends, or npos if the text ends first.
std::size_t end_of_value(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  bool in_string = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      if (c == '\\')
        ++at;
      else if (c == '"')
        in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

Recognition recognise(std::string_view head) {
  const std::size_t begin = head.find_first_not_of(" \n\t\r");
  if (begin == std::string_view::npos || (head[begin] != '[' && head[begin] != '{')) return {};
  const std::size_t next = head.find_first_not_of(" \n\t\r", begin + 1);
  const bool plausible = next == std::string_view::npos || head[next] == '"' || head[next] == '{' ||
                         head[next] == '[' || head[next] == '}' || head[next] == ']';
  if (!plausible) return {};
  if (head[begin] == '[')
    return {head[next == std::string_view::npos ? begin : next] == '"' ? 40 : 90, "a JSON array"};
  const std::size_t end = end_of_value(head, begin);
  if (end == std::string_view::npos) return {85, "a JSON object"};
  const std::size_t after = head.find_first_not_of(" \n\t\r,", end);
  if (after == std::string_view::npos) return {85, "one JSON object"};
  const bool one_a_line = head.substr(begin, end - begin).find('\n') == std::string_view::npos;
  return {one_a_line ? 40 : 80, "JSON objects one after another"};
}

std::unique_ptr<Reader> make(ReaderContext context, PaperSink& sink) {
  return std::make_unique<JsonReader>(std::move(context), sink);
}

}  // namespace

const Format kJsonFormat{
    "json",
    "JSON document: Hugging Face, Semantic Scholar, OpenReview, OpenAlex, Crossref, CSL, Zotero, paperlists",
    {"json"},
    recognise,
    make};

}  // namespace digest::ingest
