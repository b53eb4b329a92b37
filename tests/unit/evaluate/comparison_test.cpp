// SPDX-License-Identifier: MIT
#include <random>

#include "evaluate/evaluate.hpp"
#include "support/catch.hpp"

using namespace digest::evaluate;

namespace {

Report report_of(const std::vector<double>& values) {
  Report report;
  for (std::size_t i = 0; i < values.size(); ++i) {
    TopicReport topic;
    topic.id = std::to_string(i);
    topic.measures[Measure::ndcg_10] = values[i];
    report.topics.push_back(topic);
  }
  return report;
}

}  // namespace

TEST_CASE("small samples are counted out") {
  CHECK(randomisation_p_value({0.1, 0.2, 0.3}) == Approx(2.0 / 8));
  CHECK(randomisation_p_value({0.5, -0.5}) == Approx(1.0));
  CHECK(randomisation_p_value({}) == 1.0);
  CHECK(randomisation_p_value({0, 0, 0}) == 1.0);
}

TEST_CASE("a topic without a difference does not change the answer") {
  CHECK(randomisation_p_value({0.1, 0, 0.2, 0, 0.3}) == randomisation_p_value({0.1, 0.2, 0.3}));
}

TEST_CASE("large samples: noise is not significant, a steady gain is, and the answer is always the same") {
  std::mt19937 random(3);
  std::vector<double> noise, gain;
  for (int i = 0; i < 200; ++i) {
    const double draw = static_cast<double>(random() % 2001) / 1000.0 - 1.0;
    noise.push_back(i % 2 == 0 ? draw : -noise.back());
    gain.push_back(draw * 0.1 + 0.05);
  }
  CHECK(randomisation_p_value(noise) > 0.9);
  CHECK(randomisation_p_value(gain) < 0.001);
  CHECK(randomisation_p_value(gain) == randomisation_p_value(gain));
}

TEST_CASE("two reports are compared topic by topic") {
  const Comparison got = compare(report_of({0.1, 0.5, 0.5, 0.9}), report_of({0.3, 0.5, 0.4, 1.0}));
  CHECK(got.topics == 4);
  CHECK(got.difference[Measure::ndcg_10] == Approx(0.05));
  CHECK(got.better[0] == 2);
  CHECK(got.worse[0] == 1);
  CHECK(got.p_value[Measure::ndcg_10] > 0.05);
  CHECK(compare(report_of({0.1, 0.2}), report_of({0.1})).topics == 1);
}
