// SPDX-License-Identifier: MIT
#include "evaluate/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <digest/error.hpp>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace digest::evaluate {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

// The lines of a file with their numbers; blank lines left out, a byte order mark seen through.
struct Line {
  std::size_t number = 0;
  std::string_view text;
};
std::vector<Line> lines_of(std::string_view bytes) {
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  std::vector<Line> lines;
  for (std::size_t number = 1; !bytes.empty(); ++number) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view text = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    if (!trimmed(text).empty()) lines.push_back({number, text});
  }
  return lines;
}

std::vector<std::string_view> columns_of(std::string_view line) {
  std::vector<std::string_view> columns;
  std::size_t begin = line.find_first_not_of(kBlanks);
  while (begin != std::string_view::npos) {
    const std::size_t end = std::min(line.find_first_of(kBlanks, begin), line.size());
    columns.push_back(line.substr(begin, end - begin));
    begin = line.find_first_not_of(kBlanks, end);
  }
  return columns;
}

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

[[noreturn]] void refuse(std::string_view name, std::size_t line, std::string_view what) {
  throw Error(ErrorKind::input, fmt::format("{}, line {}: {}", name, line, what));
}

// Finds the entry of a topic, making it at its first mention.
template <typename Entry>
class ByTopic {
 public:
  Entry& at(std::string_view id) {
    const auto [place, is_new] = places_.emplace(std::string(id), entries_.size());
    if (is_new) entries_.emplace_back().id = std::string(id);
    return entries_[place->second];
  }
  std::vector<Entry> take() { return std::move(entries_); }

 private:
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t> places_;
};

// What stands behind `tag` up to the next tag, without the label TREC puts first ("Number:", "Topic:").
std::optional<std::string> trec_field(std::string_view topic, std::string_view tag, std::string_view label) {
  const std::size_t found = topic.find(tag);
  if (found == std::string_view::npos) return std::nullopt;
  std::string_view text = topic.substr(found + tag.size());
  text = trimmed(text.substr(0, std::min(text.find('<'), text.size())));
  if (text.substr(0, label.size()) == label) text = trimmed(text.substr(label.size()));
  std::string out;
  for (const std::string_view word : columns_of(text)) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

std::vector<Topic> read_trec_topics(std::string_view bytes, std::string_view name) {
  std::vector<Topic> topics;
  for (std::size_t begin = bytes.find("<top>"); begin != std::string_view::npos;) {
    const std::size_t next = bytes.find("<top>", begin + 5);
    const std::string_view topic = bytes.substr(begin, std::min(next, bytes.size()) - begin);
    const auto line = static_cast<std::size_t>(std::count(
                          bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(begin), '\n')) +
                      1;
    const auto number = trec_field(topic, "<num>", "Number:");
    auto text = trec_field(topic, "<title>", "Topic:");
    if (!text || text->empty()) text = trec_field(topic, "<desc>", "Description:");
    if (!number || number->empty()) refuse(name, line, "this topic has no <num>.");
    if (!text || text->empty()) refuse(name, line, "this topic has neither <title> nor <desc>.");
    topics.push_back({*number, *text});
    begin = next;
  }
  return topics;
}

bool is_topic_header(std::string_view id) {
  constexpr std::array<std::string_view, 6> headers = {"id", "_id", "qid", "query-id", "query_id", "topic"};
  return std::find(headers.begin(), headers.end(), id) != headers.end();
}

}  // namespace

std::vector<Topic> read_topics(std::string_view bytes, std::string_view name) {
  if (bytes.find("<top>") != std::string_view::npos) return read_trec_topics(bytes, name);
  std::vector<Topic> topics;
  std::unordered_set<std::string_view> seen;
  bool first = true;
  for (const Line& line : lines_of(bytes)) {
    const std::size_t tab = line.text.find('\t');
    if (tab == std::string_view::npos) refuse(name, line.number, "a topic is its id, a tab and its text.");
    const std::string_view id = trimmed(line.text.substr(0, tab));
    if (id.empty()) refuse(name, line.number, "this topic has no id before the tab.");
    if (!std::exchange(first, false) || !is_topic_header(id)) {
      if (!seen.insert(id).second) refuse(name, line.number, fmt::format("topic {} is here twice.", id));
      topics.push_back({std::string(id), std::string(trimmed(line.text.substr(tab + 1)))});
    }
  }
  return topics;
}

Qrels read_qrels(std::string_view bytes, std::string_view name) {
  ByTopic<JudgedTopic> topics;
  bool first = true;
  for (const Line& line : lines_of(bytes)) {
    const auto columns = columns_of(line.text);
    const bool may_be_header = std::exchange(first, false);
    if (columns.size() != 3 && columns.size() != 4) {
      refuse(name, line.number, "a judgement has four columns (topic, iteration, paper, grade) or three.");
    }
    const auto grade = number_in(columns.back());
    if (!grade && may_be_header) continue;
    if (!grade || std::abs(*grade) > 1e6) {
      refuse(name, line.number, fmt::format("the grade is no number: \"{}\".", columns.back()));
    }
    topics.at(columns[0]).grades[std::string(columns[columns.size() - 2])] = static_cast<int>(*grade);
  }
  return topics.take();
}

Run read_run(std::string_view bytes, std::string_view name) {
  ByTopic<RankedTopic> topics;
  for (const Line& line : lines_of(bytes)) {
    const auto columns = columns_of(line.text);
    if (columns.size() != 6) {
      refuse(name, line.number, "a line of a run has six columns: topic Q0 paper rank score tag.");
    }
    const auto score = number_in(columns[4]);
    if (!score) refuse(name, line.number, fmt::format("the score is no number: \"{}\".", columns[4]));
    topics.at(columns[0]).papers.push_back({std::string(columns[2]), *score});
  }
  Run run = topics.take();
  for (RankedTopic& topic : run) {
    std::stable_sort(topic.papers.begin(), topic.papers.end(),
                     [](const RankedPaper& a, const RankedPaper& b) { return a.score > b.score; });
    std::unordered_set<std::string> seen;
    topic.papers.erase(
        std::remove_if(topic.papers.begin(), topic.papers.end(),
                       [&](const RankedPaper& paper) { return !seen.insert(paper.id).second; }),
        topic.papers.end());
  }
  return run;
}

std::string write_run(const Run& run, std::string_view tag) {
  std::string out;
  for (const RankedTopic& topic : run) {
    std::size_t rank = 0;
    for (const RankedPaper& paper : topic.papers) {
      fmt::format_to(std::back_inserter(out), "{} Q0 {} {} {:.4f} {}\n", topic.id, paper.id, ++rank,
                     paper.score, tag);
    }
  }
  return out;
}

}  // namespace digest::evaluate
