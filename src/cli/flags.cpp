// SPDX-License-Identifier: MIT
#include "cli/flags.hpp"

#include <algorithm>

namespace digest::cli {
namespace {

constexpr Flag kFlags[] = {
    // Everywhere
    {"index", 0, "DIR", "", "$DIGEST_INDEX, .digest here or above, ~/.local/share/digest", "the index to use",
     "", "*", "Everywhere"},
    {"quiet", 'q', "", "", "", "no summaries, notes and hints on standard error", "", "*", "Everywhere",
     Settable::in_file},
    {"verbose", 'v', "", "", "", "say more on standard error", "", "*", "Everywhere", Settable::in_file},
    {"color", 0, "WHEN", "auto|always|never", "auto", "colours and links",
     "auto: where the stream is a terminal; the flag is stronger than NO_COLOR, and that than "
     "CLICOLOR_FORCE.",
     "*", "Everywhere", Settable::in_file},
    {"no-config", 0, "", "", "", "leave the configuration files unread", "See `digest help configuration`.",
     "*", "Everywhere"},
    {"help", 'h', "", "", "", "this help", "", "*", "Everywhere"},
    {"version", 0, "", "", "", "the version", "", "*", "Everywhere"},

    // What to print
    {"json", 0, "", "", "", "one JSON object, also when nothing was found", "See `digest help json`.",
     "search similar new", "Output"},
    {"jsonl", 0, "", "", "", "the hits as JSON, one a line", "", "search similar new", "Output"},
    {"format", 0, "NAME", "text|json|jsonl|tsv|csv|ids|bibtex|ris|csl|md|trec", "text",
     "the form of the output", "", "search similar new", "Output"},
    {"fields", 0, "A,B,C", "", "", "only these keys (json, jsonl, csv, tsv)", "", "search similar new show parse export",
     "Output"},
    {"null", '0', "", "", "", "with --format ids: end each id with NUL, for xargs -0", "",
     "search similar new show", "Output"},
    {"limit", 'n', "N", "", "10", "at most N hits", "", "search similar new", "Output", Settable::in_file},
    {"offset", 0, "N", "", "0", "leave out the first N hits", "", "search similar new", "Output"},
    {"count", 'c', "", "", "", "only how many papers match; always exact", "", "search", "Output"},
    {"snippet", 0, "WORDS", "", "30", "length of the passage under a hit, or `none`", "",
     "search similar new", "Output", Settable::in_file},
    {"open", 0, "N", "", "", "open the address of the N-th hit", "", "search similar new", "Output"},
    {"no-pager", 0, "", "", "", "never start a pager", "", "show", "Output", Settable::in_file},

    // What to find
    {"query", 'e', "TEXT", "", "", "the query, taken as it is (it may begin with - or @)", "", "search",
     "Query"},
    {"all-words", 0, "", "", "", "every word must match", "", "search", "Query"},
    {"any-word", 0, "", "", "", "one matching word is enough", "", "search", "Query"},
    {"literal", 0, "", "", "", "no operators: every character is text", "", "search", "Query"},
    {"fuzzy", 0, "", "", "", "words of four letters or more also match within one edit", "", "search",
     "Query"},
    {"since", 0, "DATE", "", "", "papers from DATE on; 7d, 2w, 3m, 1y ago", "", "search new", "Query"},
    {"until", 0, "DATE", "", "", "papers up to DATE", "", "search new", "Query"},
    {"explain-query", 0, "", "", "", "say how the query was read", "", "search", "Query"},

    // In which order
    {"sort", 0, "BY", "score|date|title", "score", "the order of the hits", "", "search", "Ranking",
     Settable::in_file},
    {"ranker", 0, "NAME", "auto|bm25", "auto", "auto: BM25, then the best looked at again; bm25: plain", "",
     "search similar eval", "Ranking", Settable::in_file},
    {"k1", 0, "X", "", "1.5; bm25: 0.9", "BM25: how soon repeating a word stops to count", "", "search similar eval",
     "Ranking", Settable::in_file},
    {"b", 0, "X", "", "0.75; bm25: 0.4", "BM25: how much long papers are held back, 0 to 1", "", "search similar eval",
     "Ranking", Settable::in_file},
    {"title-weight", 0, "X", "", "4; bm25: 1", "how many times a word in the title counts", "",
     "search similar eval", "Ranking", Settable::in_file},
    {"min-score", 0, "X", "", "", "leave out hits below this score", "", "search similar", "Ranking"},
    {"explain", 0, "", "", "", "each hit's score, term by term", "", "search similar", "Ranking"},
    {"facet", 0, "BY", "year|source|tag|category", "", "count the hits by this; may be repeated", "",
     "search", "Ranking"},

    // Many queries
    {"queries", 0, "FILE", "", "", "many queries from FILE or -: `id TAB query` a line", "", "search",
     "Many queries"},
    {"threads", 0, "N", "", "1", "with --queries: answer on N threads", "", "search", "Many queries",
     Settable::in_file},
    {"warmup", 0, "N", "", "0", "with --queries: rounds before the one that counts", "", "search",
     "Many queries"},
    {"timing", 0, "", "", "", "with --queries: latencies as one JSON line on standard error", "", "search",
     "Many queries"},

    // index, parse
    {"format", 0, "NAME", "", "", "the format of the input; else it is recognised by content",
     "See `digest help formats`.", "index parse", "Input"},
    {"date", 0, "YYYY-MM-DD", "", "", "the day of the digest, for dates without a year", "", "index parse",
     "Input"},
    {"source", 0, "NAME", "", "", "what to call standard input", "", "index parse", "Input"},
    {"strict", 0, "", "", "", "a skipped record is an error",
     "For `index`: nothing is committed then. The exit code is 2.", "index parse", "Input",
     Settable::in_file},
    {"rebuild", 0, "", "", "", "empty the index first, in the same commit", "", "index", "Index"},
    {"dry-run", 0, "", "", "", "report, change nothing", "", "index delete", "Index"},
    {"threads", 0, "N", "", "one a processor", "work on N threads", "", "index", "Index", Settable::in_file},
    {"memory", 0, "SIZE", "", "512M, at most a quarter of the machine's", "hold at most SIZE (K, M, G)", "",
     "index", "Index", Settable::in_file},
    {"json", 0, "", "", "", "the report as one JSON object on standard output", "",
     "index check stats saved dupes trends eval config analyze delete", "Output"},
    {"json", 0, "", "", "", "one JSON object a paper", "", "show", "Output"},
    {"jsonl", 0, "", "", "", "the same: one a line", "", "show", "Output"},
    {"format", 0, "NAME", "text|json|jsonl|tsv|csv|ids|bibtex|ris|csl|md", "text", "the form of the output", "",
     "show", "Output"},
    {"recover", 0, "", "", "", "go back to the newest whole commit", "", "check", "Index"},

    // delete
    {"query", 0, "TEXT", "", "", "remove the papers that match the query", "", "delete", "Which papers"},
    {"source", 0, "FILE", "", "", "remove the papers that were read from FILE", "", "delete", "Which papers"},

    // eval
    {"topics", 0, "FILE", "", "", "the topics: `id TAB query` a line", "", "eval", "Judgements"},
    {"qrels", 0, "FILE", "", "", "the judgements: `topic 0 document grade` a line", "", "eval", "Judgements"},

    // people
    {"peek", 0, "", "", "", "do not mark them as seen", "", "new", "Which papers"},
    {"format", 0, "NAME", "bibtex|ris|csl|jsonl|csv|tsv|ids|md|ciff", "jsonl", "the form of the output", "", "export",
     "Output"},
    {"output", 'o', "FILE", "", "standard output", "write to FILE", "", "export", "Output"},
    {"by", 0, "PERIOD", "month|year", "month where the papers span three years or less", "the width of a bar", "",
     "trends stats", "Output"},
    {"svg", 0, "FILE", "", "", "draw the bars into FILE", "", "trends stats", "Output"},
    {"remove", 0, "", "", "", "forget the saved search", "", "save", "Which papers"},
};

bool has_name(std::string_view list, std::string_view name) {
  const auto names = split(list, ' ');
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::span<const Flag> flags() {
  return kFlags;
}

const Command* find_command(std::string_view name) {
  const auto all = commands();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Command& c) { return c.name == name; });
  return found == all.end() ? nullptr : &*found;
}

bool applies(const Flag& flag, std::string_view command) {
  return flag.commands == "*" || has_name(flag.commands, command);
}

bool is_switch(const Flag& flag) {
  return flag.value.empty();
}

std::string opposite(const Flag& flag) {
  if (!is_switch(flag) || flag.settable == Settable::by_flag) return {};
  return flag.name.starts_with("no-") ? std::string(flag.name.substr(3)) : "no-" + std::string(flag.name);
}

std::vector<const Flag*> flags_of(std::string_view command) {
  std::vector<const Flag*> own, global;
  for (const Flag& flag : kFlags) {
    if (flag.commands == "*") {
      global.push_back(&flag);
    } else if (has_name(flag.commands, command)) {
      own.push_back(&flag);
    }
  }
  own.insert(own.end(), global.begin(), global.end());
  return own;
}

const Flag* find_flag(std::string_view command, std::string_view name) {
  for (const Flag& flag : kFlags) {
    if (flag.name == name && applies(flag, command)) return &flag;
  }
  return nullptr;
}

const Flag* find_flag(std::string_view command, char letter) {
  for (const Flag& flag : kFlags) {
    if (flag.letter != 0 && flag.letter == letter && applies(flag, command)) return &flag;
  }
  return nullptr;
}

std::vector<std::string_view> split(std::string_view list, char separator) {
  std::vector<std::string_view> parts;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(separator), list.size());
    if (end > 0) parts.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return parts;
}

}  // namespace digest::cli
