// SPDX-License-Identifier: MIT
// A search, asked and answered: plain data between the command line, the search room and the renderers.
#pragma once
#include <digest/paper.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace digest {

enum class Ranker : std::uint8_t { automatic, bm25 };
enum class SortBy : std::uint8_t { score, date, title };
enum class Words : std::uint8_t { natural, all, any };  // how many words of a plain query must match

inline constexpr double kMaxK1 = 1000;  // beyond, scores of different papers round to the same

struct SearchRequest {
  std::string query;
  std::uint64_t limit = 10;
  std::uint64_t offset = 0;
  SortBy sort = SortBy::score;
  Ranker ranker = Ranker::automatic;
  Words words = Words::natural;
  bool literal = false;
  bool fuzzy = false;
  bool explain = false;
  bool count_only = false;
  std::optional<double> k1, b, title_weight;      // empty: the ranker's own; brought into 0..kMaxK1, 0..1
  std::optional<double> min_score;
  std::optional<std::int32_t> since, until;       // days since 1970-01-01
  std::vector<std::string> facets;                // year, month, source, tag, category
  std::uint32_t snippet_words = 30;               // 0: none
  bool papers = true;                             // false: ranks and scores only (measuring)
  bool source_ids = false;                        // without papers: Hit::id and Paper::ids["source"] all the same
  bool notes = false;                             // without papers: parsed, notes and suggestions all the same
  bool totals = true;                             // false: total may be a lower bound (batch)
};

struct SnippetPart {
  std::string text;
  bool match = false;
};
struct Snippet {
  std::string field;  // "title", "abstract"
  std::vector<SnippetPart> parts;  // joined, they give the passage back
};

struct TermExplanation {
  std::string term;
  std::uint64_t df = 0;
  double idf = 0;
  double tf = 0, tf_title = 0, tf_abstract = 0;
  double length = 0;
  double contribution = 0;
};
struct Adjustment {
  std::string name;  // "title", "as-written", "proximity", "feedback"
  double contribution = 0;  // >= 0
};
struct Explanation {
  std::uint64_t documents = 0;
  double average_length = 0;
  double k1 = 0, b = 0;
  std::vector<TermExplanation> terms;
  std::vector<Adjustment> adjustments;
};

struct Hit {
  std::uint64_t rank = 0;  // from 1, offset included
  std::string id;
  double score = 0;        // not rounded
  std::uint64_t place = 0; // where the searcher that found it finds it again
  Paper paper;
  std::vector<std::string> tags;  // filled by the caller that knows the user's marks
  std::vector<Snippet> snippets;  // title first, if any word of it matched, then abstract
  std::optional<Explanation> explanation;
};

struct SearchNote {
  std::string code;
  std::string text;
  std::pair<std::uint32_t, std::uint32_t> at{0, 0};  // code points of the query
};

struct FacetValue {
  std::string value;
  std::uint64_t count = 0;
};

struct IndexSummary {
  std::string path;
  std::uint64_t papers = 0;      // living
  std::uint64_t generation = 0;  // number of the commit
};

struct SearchResult {
  std::string query;
  std::string parsed;
  IndexSummary index;
  std::uint64_t total = 0;
  bool total_is_exact = true;
  std::uint64_t offset = 0, limit = 0;
  bool relaxed = false;
  std::uint64_t took_us = 0;
  std::vector<SearchNote> notes;
  std::vector<std::string> suggestions;  // whole queries
  std::vector<Hit> hits;
  std::vector<std::pair<std::string, std::vector<FacetValue>>> facets;
};

}  // namespace digest
