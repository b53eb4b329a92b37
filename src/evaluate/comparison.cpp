// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "evaluate/evaluate.hpp"

namespace digest::evaluate {
namespace {

constexpr std::size_t kExactTopics = 16;
constexpr std::uint64_t kRounds = 100'000;

// SplitMix64 (Steele, Lea and Flood 2014): the same signs on every machine.
class Signs {
 public:
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_ = 0;
};

// Sum of the differences with the sign of each taken from a bit.
double signed_sum(const std::vector<double>& differences, std::size_t begin, std::uint64_t bits) {
  double sum = 0;
  const std::size_t end = std::min(differences.size(), begin + 64);
  for (std::size_t i = begin; i < end; ++i) {
    sum += ((bits >> (i - begin)) & 1U) != 0 ? differences[i] : -differences[i];
  }
  return sum;
}

}  // namespace

double randomisation_p_value(const std::vector<double>& differences) {
  std::vector<double> moved;  // a topic without a difference changes nothing, whatever its sign
  double observed = 0;
  for (const double difference : differences) {
    if (difference != 0) moved.push_back(difference);
    observed += difference;
  }
  if (moved.empty()) return 1.0;
  // Sums of the same numbers in another order of signs differ in the last bits.
  const double threshold = std::abs(observed) - 1e-9;
  std::uint64_t extreme = 0;
  if (moved.size() <= kExactTopics) {
    const std::uint64_t patterns = std::uint64_t{1} << moved.size();
    for (std::uint64_t bits = 0; bits < patterns; ++bits) {
      if (std::abs(signed_sum(moved, 0, bits)) >= threshold) ++extreme;
    }
    return static_cast<double>(extreme) / static_cast<double>(patterns);
  }
  Signs signs;
  for (std::uint64_t round = 0; round < kRounds; ++round) {
    double sum = 0;
    for (std::size_t begin = 0; begin < moved.size(); begin += 64) {
      sum += signed_sum(moved, begin, signs.next());
    }
    if (std::abs(sum) >= threshold) ++extreme;
  }
  return static_cast<double>(extreme + 1) / static_cast<double>(kRounds + 1);
}

Comparison compare(const Report& first, const Report& second) {
  std::unordered_map<std::string_view, const TopicReport*> others;
  for (const TopicReport& topic : second.topics) others.emplace(topic.id, &topic);
  Comparison out;
  std::array<std::vector<double>, kMeasureCount> differences;
  for (const TopicReport& topic : first.topics) {
    const auto other = others.find(topic.id);
    if (other == others.end()) continue;
    ++out.topics;
    for (std::size_t m = 0; m < kMeasureCount; ++m) {
      const double difference = other->second->measures.values[m] - topic.measures.values[m];
      differences[m].push_back(difference);
      out.difference.values[m] += difference;
      if (difference > 0) ++out.better[m];
      if (difference < 0) ++out.worse[m];
    }
  }
  for (std::size_t m = 0; m < kMeasureCount; ++m) {
    if (out.topics > 0) out.difference.values[m] /= static_cast<double>(out.topics);
    out.p_value.values[m] = randomisation_p_value(differences[m]);
  }
  return out;
}

}  // namespace digest::evaluate
