// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <random>

#include "evaluate/evaluate.hpp"
#include "support/catch.hpp"

using namespace digest::evaluate;

namespace {

RankedTopic ranked(std::vector<std::string> ids) {
  RankedTopic topic;
  topic.id = "1";
  double score = static_cast<double>(ids.size());
  for (std::string& id : ids) topic.papers.push_back({std::move(id), score--});
  return topic;
}

JudgedTopic judged(std::unordered_map<std::string, int> grades) {
  JudgedTopic topic;
  topic.id = "1";
  topic.grades = std::move(grades);
  return topic;
}

// The definitions, written down a second time and as plainly as possible.
double naive_ndcg(const RankedTopic& run, const JudgedTopic& topic) {
  const auto gain = [&](const std::string& id) {
    return topic.grades.count(id) > 0 && topic.grades.at(id) > 0 ? topic.grades.at(id) : 0;
  };
  double dcg = 0;
  for (std::size_t rank = 1; rank <= 10 && rank <= run.papers.size(); ++rank) {
    dcg += gain(run.papers[rank - 1].id) / std::log2(static_cast<double>(rank) + 1);
  }
  std::vector<int> all;
  for (const auto& [id, grade] : topic.grades) all.push_back(std::max(grade, 0));
  std::sort(all.rbegin(), all.rend());
  double best = 0;
  for (std::size_t rank = 1; rank <= 10 && rank <= all.size(); ++rank) {
    best += all[rank - 1] / std::log2(static_cast<double>(rank) + 1);
  }
  return dcg / best;
}

double naive_precision(const RankedTopic& run, const JudgedTopic& topic, std::size_t cut) {
  double hits = 0;
  for (std::size_t i = 0; i < cut && i < run.papers.size(); ++i) {
    const auto found = topic.grades.find(run.papers[i].id);
    if (found != topic.grades.end() && found->second > 0) ++hits;
  }
  return hits / static_cast<double>(cut);
}

double naive_average_precision(const RankedTopic& run, const JudgedTopic& topic) {
  double relevant = 0, sum = 0;
  for (const auto& [id, grade] : topic.grades) relevant += grade > 0 ? 1 : 0;
  for (std::size_t i = 0; i < run.papers.size() && i < 1000; ++i) {
    const auto found = topic.grades.find(run.papers[i].id);
    if (found != topic.grades.end() && found->second > 0) sum += naive_precision(run, topic, i + 1);
  }
  return sum / relevant;
}

}  // namespace

TEST_CASE("a topic worked by hand") {
  const Measures got =
      measure_topic(ranked({"a", "b", "c"}), judged({{"b", 2}, {"c", 1}, {"x", 1}, {"a", 0}}));
  const double dcg = 2 / std::log2(3.0) + 1 / 2.0;
  const double best = 2 + 1 / std::log2(3.0) + 1 / 2.0;
  CHECK(got[Measure::ndcg_10] == Approx(dcg / best));
  CHECK(got[Measure::map] == Approx((1.0 / 2 + 2.0 / 3) / 3));
  CHECK(got[Measure::recall_100] == Approx(2.0 / 3));
  CHECK(got[Measure::precision_10] == Approx(0.2));
  CHECK(got[Measure::mrr] == Approx(0.5));
}

TEST_CASE("a grade below zero is no gain, and is not relevant") {
  const Measures got = measure_topic(ranked({"a", "b"}), judged({{"a", -1}, {"b", 1}}));
  CHECK(got[Measure::mrr] == Approx(0.5));
  CHECK(got[Measure::ndcg_10] == Approx(1 / std::log2(3.0)));
}

TEST_CASE("measures agree with their definitions on random rankings") {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> ids;
    JudgedTopic topic = judged({{"always", 1}});
    const std::size_t count = random() % 1500;
    for (std::size_t i = 0; i < count; ++i) {
      ids.push_back("p" + std::to_string(i));
      if (random() % 20 == 0) topic.grades[ids.back()] = static_cast<int>(random() % 5) - 1;
    }
    std::shuffle(ids.begin(), ids.end(), random);
    if (random() % 2 == 0) ids.push_back("always");
    const RankedTopic run = ranked(ids);
    const Measures got = measure_topic(run, topic);
    CHECK(got[Measure::ndcg_10] == Approx(naive_ndcg(run, topic)));
    CHECK(got[Measure::map] == Approx(naive_average_precision(run, topic)));
    CHECK(got[Measure::precision_10] == Approx(naive_precision(run, topic, 10)));
    for (const double value : got.values) {
      CHECK(value >= 0);
      CHECK(value <= 1 + 1e-12);
    }
  }
}

TEST_CASE("what counts in the mean: judged topics with a relevant paper, answered or not") {
  Qrels qrels(3);
  qrels[0].id = "answered";
  qrels[0].grades = {{"a", 1}};
  qrels[1].id = "unanswered";
  qrels[1].grades = {{"a", 1}};
  qrels[2].id = "nothing relevant";
  qrels[2].grades = {{"a", 0}};
  Run run(3);
  run[0].id = "answered";
  run[0].papers = {{"a", 1.0}};
  run[1].id = "nothing relevant";
  run[2].id = "never judged";
  const Report report = evaluate(run, qrels);
  REQUIRE(report.topics.size() == 2);
  CHECK(report.topics[0].id == "answered");
  CHECK(report.topics[0].found == 1);
  CHECK(report.mean[Measure::ndcg_10] == Approx(0.5));
  CHECK(report.unanswered == std::vector<std::string>{"unanswered"});
  CHECK(report.unjudged == std::vector<std::string>{"nothing relevant", "never judged"});
}

TEST_CASE("nothing to evaluate is a report of zeros") {
  const Report report = evaluate({}, {});
  CHECK(report.topics.empty());
  CHECK(report.mean[Measure::map] == 0);
}
