// SPDX-License-Identifier: MIT
#include "search/term_shift.hpp"

#include <cmath>

#include "support/catch.hpp"

using namespace digest::search;

TEST_CASE("words whose share of the papers changes beyond chance rise or fall, others do neither") {
  TermShiftCounter counter;
  for (int i = 0; i < 30; ++i) counter.add("masks and learning for the many", Period::early);
  for (int i = 0; i < 60; ++i)
    counter.add(i < 58 ? "agents and learning for the many, many agents" : "masked learning", Period::late);
  const TermShifts shifts = counter.strongest(5);
  REQUIRE(shifts.rising.size() == 1);
  CHECK(shifts.rising[0].word == "agents");
  CHECK(shifts.rising[0].early == 0);
  CHECK(shifts.rising[0].late == 58);  // papers, not occurrences
  const double odds = std::log((58.5 / 2.5) / (0.5 / 30.5)),
               error = std::sqrt(1 / 58.5 + 1 / 2.5 + 1 / 0.5 + 1 / 30.5);
  CHECK(std::abs(shifts.rising[0].z - odds / error) < 1e-12);
  REQUIRE(shifts.falling.size() == 1);
  CHECK(shifts.falling[0].word == "masks");  // the form seen most often
  CHECK(shifts.falling[0].early == 30);
  CHECK(shifts.falling[0].late == 2);
  CHECK(counter.strongest(0).rising.empty());
}

TEST_CASE("without papers on both sides nothing rises") {
  TermShiftCounter counter;
  CHECK(counter.strongest(5).rising.empty());
  for (int i = 0; i < 100; ++i) counter.add("agents", Period::late);
  CHECK(counter.strongest(5).rising.empty());
}
