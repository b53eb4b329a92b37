// SPDX-License-Identifier: MIT
// The three files of an evaluation, read from bytes in memory: topics, judgements, runs. `name` is what
// messages call the file. Whatever is not such a file is Error(input) with the line. Pure functions; safe
// from any thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/evaluate.hpp"

namespace digest::evaluate {

// `id TAB text` a line (a header "id TAB text" or the like is skipped), or TREC: <top> with <num> and <title>
// (<desc> where there is no title).
std::vector<Topic> read_topics(std::string_view bytes, std::string_view name);

// TREC, four columns `topic iteration paper grade`, or three columns `topic paper grade` with a header as
// BEIR has it.
Qrels read_qrels(std::string_view bytes, std::string_view name);

// TREC, six columns `topic Q0 paper rank score tag`. As trec_eval, the score orders and the rank column does
// not; equal scores keep the order of the file (rounding may have made them equal). A paper named twice
// counts once.
Run read_run(std::string_view bytes, std::string_view name);
std::string write_run(const Run& run, std::string_view tag);

}  // namespace digest::evaluate
