// SPDX-License-Identifier: MIT
// JSON documents: an array of papers, an object that holds one, or one paper. JSON Lines have a reader of their own.
#include <fmt/format.h>

#include <memory>

#include "ingest/readers.hpp"
#include "ingest/readers/json_paper.hpp"
#include "ingest/readers/json_splitter.hpp"
#include "ingest/readers/record_reader.hpp"

namespace digest::ingest {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

bool is_paper(const Paper& paper) { return !paper.title.empty() || !paper.abstract.empty(); }

class JsonReader final : public RecordReader, private JsonSplitter::Listener {
 public:
  JsonReader(ReaderContext context, PaperSink& sink) : RecordReader(std::move(context), sink), splitter_(*this) {}

  void feed(std::string_view text) override { splitter_.feed(text); }
  void finish() override {
    splitter_.finish();
    if (records_ == 0 && splitter_.empty_lists() > 0) sink_.stated_count(0);
    if (not_records_ > 0) {
      report(0, Severity::warning, "not-a-record", fmt::format("{} list entries are no JSON objects; they were passed over.", not_records_));
    }
  }

 private:
  void element(std::string& json, std::uint64_t line) override {
    simdjson::dom::element value;
    if (const auto error = parser_.parse(json).get(value); error != simdjson::SUCCESS) return bad(line, error);
    record(value, line, 0);
  }

  void document(std::string& json, std::uint64_t line) override {
    simdjson::dom::element value;
    object whole;
    if (const auto error = parser_.parse(json).get(value); error != simdjson::SUCCESS) return bad(line, error);
    if (value.get(whole) != simdjson::SUCCESS) return;
    if (Paper paper = paper_of_json(whole, new_paper(line), digest_date()); is_paper(paper)) return take(std::move(paper));
    members(whole, line, 0);
  }

  void too_long(std::uint64_t line) override {
    ++records_;
    skip(line, "too-long", "This record is longer than 8 MiB; it was left out.");
  }
  void broken(std::uint64_t line) override {
    ++records_;
    skip(line, "bad-json", "This record's end is missing; it was left out and reading went on at the next one.");
  }
  void cut_short(std::uint64_t line, bool inside_record) override {
    if (inside_record) ++records_;
    sink_.problem(Diagnostic{context_.file, line, Severity::error, "truncated-input",
                             inside_record ? "The input ends in the middle of this record; the papers before it were read."
                                           : "The input ends before the JSON document does; the papers before the cut were read.",
                             inside_record});
  }

  void bad(std::uint64_t line, simdjson::error_code error) {
    ++records_;
    skip(line, "bad-json", fmt::format("This record is not valid JSON ({}); it was left out.", simdjson::error_message(error)));
  }

  void take(Paper&& paper) {
    ++records_;
    emit(std::move(paper));
  }

  // An element is a paper, or holds papers: one day's list, or a list of lists.
  void record(const simdjson::dom::element& value, std::uint64_t line, int depth) {
    object fields;
    array list;
    if (value.get(fields) == simdjson::SUCCESS) {
      Paper paper = paper_of_json(fields, new_paper(line), digest_date());
      if (is_paper(paper) || !members(fields, line, depth)) take(std::move(paper));
    } else if (value.get(list) == simdjson::SUCCESS && depth < kMaxDepth) {
      for (const simdjson::dom::element item : list) record(item, line, depth + 1);
    } else {
      ++not_records_;
    }
  }

  // Papers in the members of an object that is none: {"2405.15071": {...}} or {"2025-03-11": [{...}]}. False if there are none.
  bool members(const object& holder, std::uint64_t line, int depth) {
    if (depth >= kMaxDepth) return false;
    bool found = false;
    for (const auto member : holder) {
      object fields;
      array list;
      if (member.value.get(fields) == simdjson::SUCCESS) {
        Paper paper = paper_of_json(fields, new_paper(line), digest_date());
        if (is_paper(paper)) {
          named(paper, member.key);
          take(std::move(paper));
          found = true;
        } else {
          found = members(fields, line, depth + 1) || found;
        }
      } else if (member.value.get(list) == simdjson::SUCCESS && list.size() > 0 && list.at(0).is_object()) {
        found = list_of_papers(list, line, depth) || found;
      }
    }
    return found;
  }

  bool list_of_papers(const array& list, std::uint64_t line, int depth) {
    bool found = false;
    for (const simdjson::dom::element item : list) {
      object fields;
      if (item.get(fields) != simdjson::SUCCESS) continue;
      Paper paper = paper_of_json(fields, new_paper(line), digest_date());
      if (is_paper(paper)) {
        take(std::move(paper));
        found = true;
      } else {
        found = members(fields, line, depth + 1) || found;
      }
    }
    return found;
  }

  // The key under which a paper stands is what the document calls it.
  static void named(Paper& paper, std::string_view key) {
    if (key.size() > 200) return;
    paper.ids.emplace("source", key);
    if (const auto id = arxiv_id_shape(key); !id.empty()) paper.ids.emplace("arxiv", id);
  }

  [[nodiscard]] std::string_view digest_date() const { return context_.digest_date ? std::string_view(*context_.digest_date) : std::string_view(); }

  static constexpr int kMaxDepth = 4;
  JsonSplitter splitter_;
  JsonValueParser parser_;
  std::uint64_t records_ = 0, not_records_ = 0;
};

// Where the value that begins at `at` ends, or npos if the text ends first.
std::size_t end_of_value(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  bool in_string = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      if (c == '\\') ++at;
      else if (c == '"') in_string = false;
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
  const bool plausible = next == std::string_view::npos || head[next] == '"' || head[next] == '{' || head[next] == '[' || head[next] == '}' || head[next] == ']';
  if (!plausible) return {};
  if (head[begin] == '[') return {head[next == std::string_view::npos ? begin : next] == '"' ? 40 : 90, "a JSON array"};
  const std::size_t end = end_of_value(head, begin);
  if (end == std::string_view::npos) return {85, "a JSON object"};
  const std::size_t after = head.find_first_not_of(" \n\t\r,", end);
  if (after == std::string_view::npos) return {85, "one JSON object"};
  const bool one_a_line = head.substr(begin, end - begin).find('\n') == std::string_view::npos;
  return {one_a_line ? 40 : 80, "JSON objects one after another"};
}

std::unique_ptr<Reader> make(ReaderContext context, PaperSink& sink) { return std::make_unique<JsonReader>(std::move(context), sink); }

}  // namespace

const Format kJsonFormat{"json", "JSON document: Hugging Face, Semantic Scholar, OpenReview, OpenAlex, Crossref, CSL, Zotero, paperlists", {"json"}, recognise, make};

}  // namespace digest::ingest
