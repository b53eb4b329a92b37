// SPDX-License-Identifier: MIT
// How good is a ranking? Judgements (qrels) + a run -> measures, topic by topic and on average; two runs ->
// how sure one is better. Measures are those of trec_eval: gain = grade, a topic counts if it has a relevant
// paper, a topic the run does not answer counts as zero. Pure functions of plain data; safe from any thread.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace digest::evaluate {

struct Topic {
  std::string id;
  std::string text;
};

// Grades of the judged papers of one topic; a paper is relevant if its grade is above 0.
struct JudgedTopic {
  std::string id;
  std::unordered_map<std::string, int> grades;
};
using Qrels = std::vector<JudgedTopic>;  // topics in the order in which the file first names them

struct RankedPaper {
  std::string id;
  double score = 0;
};
struct RankedTopic {
  std::string id;
  std::vector<RankedPaper> papers;  // best first, no paper twice
};
using Run = std::vector<RankedTopic>;

// The measures, in the order in which they are printed.
enum class Measure : std::uint8_t { ndcg_10, map, recall_100, precision_10, mrr };
inline constexpr std::size_t kMeasureCount = 5;
inline constexpr std::array<Measure, kMeasureCount> kMeasures = {
    Measure::ndcg_10, Measure::map, Measure::recall_100, Measure::precision_10, Measure::mrr};
// "nDCG@10", "MAP", "R@100", "P@10", "MRR"; as JSON keys "ndcg10", "map", "r100", "p10", "mrr".
[[nodiscard]] std::string_view measure_name(Measure measure);
[[nodiscard]] std::string_view measure_key(Measure measure);

struct Measures {
  std::array<double, kMeasureCount> values{};
  double& operator[](Measure measure) { return values[static_cast<std::size_t>(measure)]; }
  double operator[](Measure measure) const { return values[static_cast<std::size_t>(measure)]; }
};

// nDCG@10: Järvelin and Kekäläinen 2002, discount log2(rank + 1), ideal from all judged papers. MAP: mean of
// the precision at each relevant paper among the first 1,000, over all relevant papers. R@100, P@10 (of ten,
// however few were found), MRR: one over the rank of the first relevant paper among the first 1,000.
Measures measure_topic(const RankedTopic& ranked, const JudgedTopic& judged);

struct TopicReport {
  std::string id;
  std::uint64_t relevant = 0;   // judged relevant
  std::uint64_t retrieved = 0;  // papers in the run
  std::uint64_t found = 0;      // relevant ones among them
  Measures measures;
};
struct Report {
  std::vector<TopicReport> topics;  // those with a relevant paper, in the order of the qrels
  Measures mean;
  std::vector<std::string>
      unanswered;  // topics with a relevant paper that the run does not have: counted as zero
  std::vector<std::string> unjudged;  // topics of the run without a relevant paper: left out
};
Report evaluate(const Run& run, const Qrels& qrels);

// Is the difference of two runs over the same topics more than luck? Two-sided paired randomisation test of
// the mean (Smucker, Allan and Carterette 2007): exact up to 16 topics, 100,000 drawn sign patterns beyond,
// always the same.
struct Comparison {
  std::uint64_t topics = 0;
  Measures difference;  // mean of the second less mean of the first
  Measures p_value;
  std::array<std::uint64_t, kMeasureCount> better{}, worse{};  // topics on which the second is
};
// Topics that only one report has are left out.
Comparison compare(const Report& first, const Report& second);
double randomisation_p_value(const std::vector<double>& differences);

}  // namespace digest::evaluate
