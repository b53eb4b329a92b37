// SPDX-License-Identifier: MIT
#include "search/term_shift.hpp"

#include <algorithm>
#include <cmath>

namespace digest::search {
namespace {

constexpr double kLeastErrors = 2.58;

// A word worth showing: letters, three or more, and no stop word.
bool says_something(std::string_view form) {
  const bool digits_only =
      std::none_of(form.begin(), form.end(), [](char c) { return (c < '0' || c > '9') && c != '.'; });
  return form.size() >= 3 && !digits_only && !text::is_stop_word(form);
}

double shift(double early, double early_papers, double late, double late_papers) {
  const double a = late + 0.5, b = late_papers - late + 0.5, c = early + 0.5, d = early_papers - early + 0.5;
  return std::log(a * d / (b * c)) / std::sqrt(1 / a + 1 / b + 1 / c + 1 / d);
}

}  // namespace

void TermShiftCounter::add(std::string_view text, Period period) {
  const auto side = static_cast<std::size_t>(period);
  ++papers_[side];
  const std::uint64_t paper = papers_[0] + papers_[1];
  text::tokenize(text, stream_);
  for (const text::Token& token : stream_.tokens) {
    if (token.kind != text::TokenKind::word) continue;
    const std::string form(stream_.form(token));
    const auto [known, is_new] = terms_.try_emplace(form);
    if (is_new && says_something(form)) known->second = text::stem_class(form);
    if (known->second.empty()) continue;
    Count& count = counts_[known->second];
    ++count.forms[form];
    if (count.last_paper == paper) continue;
    count.last_paper = paper;
    ++count.papers[side];
  }
}

TermShifts TermShiftCounter::strongest(std::size_t most) const {
  std::vector<TermShift> all;
  if (papers_[0] == 0 || papers_[1] == 0) return {};
  for (const auto& [term, count] : counts_) {
    const double z = shift(static_cast<double>(count.papers[0]), static_cast<double>(papers_[0]),
                           static_cast<double>(count.papers[1]), static_cast<double>(papers_[1]));
    if (std::abs(z) < kLeastErrors) continue;
    const auto form =
        std::max_element(count.forms.begin(), count.forms.end(), [](const auto& a, const auto& b) {
          return a.second != b.second ? a.second < b.second : a.first > b.first;
        });
    all.push_back({form->first, count.papers[0], count.papers[1], z});
  }
  std::sort(all.begin(), all.end(),
            [](const TermShift& a, const TermShift& b) { return a.z != b.z ? a.z > b.z : a.word < b.word; });
  TermShifts shifts;
  for (auto one = all.begin(); one != all.end() && one->z > 0 && shifts.rising.size() < most; ++one)
    shifts.rising.push_back(*one);
  for (auto one = all.rbegin(); one != all.rend() && one->z < 0 && shifts.falling.size() < most; ++one)
    shifts.falling.push_back(*one);
  return shifts;
}

}  // namespace digest::search
