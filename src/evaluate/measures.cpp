// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <functional>
#include <unordered_map>

#include "evaluate/evaluate.hpp"

namespace digest::evaluate {
namespace {

constexpr std::size_t kCut = 10;
constexpr std::size_t kRecallCut = 100;
constexpr std::size_t kDepth = 1000;

double discount(std::size_t rank_from_zero) {
  return std::log2(static_cast<double>(rank_from_zero) + 2.0);
}

std::vector<int> gains_best_first(const JudgedTopic& judged) {
  std::vector<int> gains;
  for (const auto& [id, grade] : judged.grades) {
    if (grade > 0) gains.push_back(grade);
  }
  std::sort(gains.begin(), gains.end(), std::greater<>());
  return gains;
}

int gain_of(const JudgedTopic& judged, const std::string& id) {
  const auto found = judged.grades.find(id);
  return found == judged.grades.end() ? 0 : std::max(found->second, 0);
}

}  // namespace

std::string_view measure_name(Measure measure) {
  constexpr std::array<std::string_view, kMeasureCount> names = {"nDCG@10", "MAP", "R@100", "P@10", "MRR"};
  return names[static_cast<std::size_t>(measure)];
}

std::string_view measure_key(Measure measure) {
  constexpr std::array<std::string_view, kMeasureCount> keys = {"ndcg10", "map", "r100", "p10", "mrr"};
  return keys[static_cast<std::size_t>(measure)];
}

Measures measure_topic(const RankedTopic& ranked, const JudgedTopic& judged) {
  Measures out;
  const std::vector<int> ideal = gains_best_first(judged);
  if (ideal.empty()) return out;
  double ideal_gain = 0;
  for (std::size_t i = 0; i < std::min(kCut, ideal.size()); ++i) ideal_gain += ideal[i] / discount(i);

  double gain = 0, precisions = 0;
  std::size_t found = 0, found_early = 0, found_in_recall_cut = 0, first = 0;
  for (std::size_t i = 0; i < std::min(kDepth, ranked.papers.size()); ++i) {
    const int grade = gain_of(judged, ranked.papers[i].id);
    if (grade == 0) continue;
    ++found;
    if (found == 1) first = i + 1;
    if (i < kCut) {
      gain += grade / discount(i);
      ++found_early;
    }
    if (i < kRecallCut) ++found_in_recall_cut;
    precisions += static_cast<double>(found) / static_cast<double>(i + 1);
  }
  const auto relevant = static_cast<double>(ideal.size());
  out[Measure::ndcg_10] = gain / ideal_gain;
  out[Measure::map] = precisions / relevant;
  out[Measure::recall_100] = static_cast<double>(found_in_recall_cut) / relevant;
  out[Measure::precision_10] = static_cast<double>(found_early) / static_cast<double>(kCut);
  out[Measure::mrr] = first == 0 ? 0.0 : 1.0 / static_cast<double>(first);
  return out;
}

Report evaluate(const Run& run, const Qrels& qrels) {
  std::unordered_map<std::string_view, const RankedTopic*> answers;
  for (const RankedTopic& topic : run) answers.emplace(topic.id, &topic);
  Report report;
  std::unordered_map<std::string_view, bool> counted;
  for (const JudgedTopic& judged : qrels) {
    const auto relevant = static_cast<std::uint64_t>(std::count_if(
        judged.grades.begin(), judged.grades.end(), [](const auto& grade) { return grade.second > 0; }));
    if (relevant == 0) continue;
    counted.emplace(judged.id, true);
    TopicReport topic;
    topic.id = judged.id;
    topic.relevant = relevant;
    if (const auto answer = answers.find(judged.id); answer != answers.end()) {
      const RankedTopic& ranked = *answer->second;
      topic.retrieved = ranked.papers.size();
      topic.found = static_cast<std::uint64_t>(
          std::count_if(ranked.papers.begin(), ranked.papers.end(),
                        [&](const RankedPaper& paper) { return gain_of(judged, paper.id) > 0; }));
      topic.measures = measure_topic(ranked, judged);
    } else {
      report.unanswered.push_back(judged.id);
    }
    for (const Measure measure : kMeasures) report.mean[measure] += topic.measures[measure];
    report.topics.push_back(std::move(topic));
  }
  for (const RankedTopic& topic : run) {
    if (counted.count(topic.id) == 0) report.unjudged.push_back(topic.id);
  }
  if (!report.topics.empty()) {
    for (double& value : report.mean.values) value /= static_cast<double>(report.topics.size());
  }
  return report;
}

}  // namespace digest::evaluate
