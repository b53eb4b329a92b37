// SPDX-License-Identifier: MIT
// BM25 as Lucene has had it since version 8 and Anserini uses it (Robertson and Zaragoza 2009, "The Probabilistic
// Relevance Framework: BM25 and Beyond"; variants: Kamphuis et al. 2020, "Which BM25 do you mean?"), in double precision
// with exact lengths. One order of operations everywhere, so that every way to a score gives the same bits.
#pragma once
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

namespace digest::search {

// `papers`: living papers of the index; `with`: those that have the word.
inline double inverse_document_frequency(std::uint64_t papers, std::uint64_t with) {
  const auto n = static_cast<double>(papers), df = static_cast<double>(with);
  return std::log(1.0 + (n - df + 0.5) / (df + 0.5));
}

struct Bm25Parameters {
  double k1 = 0.9;
  double b = 0.4;
};

// tf / (tf + k1 (1 - b + b length / average)); the common values looked up, not divided.
class Bm25 {
 public:
  Bm25(Bm25Parameters parameters, double average_length)
      : k1_(parameters.k1), b_(parameters.b), average_(average_length > 0 ? average_length : 1.0) {}

  [[nodiscard]] double saturation(std::uint32_t frequency, std::uint32_t length) const {
    if (frequency == 0) return 0;  // also where k1 is
    const auto tf = static_cast<double>(frequency);
    return tf / (tf + k1_ * (1.0 - b_ + b_ * (static_cast<double>(length) / average_)));
  }

  // The same through a table of the frequencies and lengths that nearly all postings have, once it is prepared: worth it
  // where some thousand papers are scored.
  void prepare() {
    if (looked_up_below_ > 0) return;
    table_.resize(kFrequencies * kLengths);
    for (std::uint32_t frequency = 0; frequency < kFrequencies; ++frequency) {
      for (std::uint32_t length = 0; length < kLengths; ++length) table_[frequency * kLengths + length] = saturation(frequency, length);
    }
    looked_up_below_ = kFrequencies;
  }
  [[nodiscard]] double looked_up(std::uint32_t frequency, std::uint32_t length) const { return lookup()(frequency, length); }

  // For loops: a copy that nothing they write can change.
  class Lookup {
   public:
    explicit Lookup(const Bm25& bm25) : bm25_(&bm25), table_(bm25.table_.data()), below_(bm25.looked_up_below_) {}
    [[nodiscard]] double operator()(std::uint32_t frequency, std::uint32_t length) const {
      if (frequency < below_ && length < kLengths) [[likely]] return table_[frequency * kLengths + length];
      return bm25_->saturation(frequency, length);
    }

   private:
    const Bm25* bm25_;
    const double* table_;
    std::uint32_t below_;  // frequencies
  };
  [[nodiscard]] Lookup lookup() const { return Lookup(*this); }

  [[nodiscard]] double k1() const { return k1_; }
  [[nodiscard]] double b() const { return b_; }
  [[nodiscard]] bool is_for(Bm25Parameters parameters, double average_length) const {
    return k1_ == parameters.k1 && b_ == parameters.b && average_ == (average_length > 0 ? average_length : 1.0);
  }

 private:
  static constexpr std::uint32_t kFrequencies = 8, kLengths = 512;
  double k1_, b_, average_;
  std::uint32_t looked_up_below_ = 0;  // frequencies
  std::vector<double> table_;
};

}  // namespace digest::search
