// SPDX-License-Identifier: MIT
// One function a command; each resolves its options, makes one call, shows the answer.
#pragma once
#include "cli/context.hpp"

namespace digest::cli {

Outcome run_search(Context& context);
Outcome run_show(Context& context);
Outcome run_stats(Context& context);
Outcome run_check_index(Context& context);
Outcome run_optimize(Context& context);
Outcome run_delete(Context& context);
Outcome run_analyze(Context& context);
Outcome run_eval(Context& context);
Outcome run_similar(Context& context);
Outcome run_new(Context& context);
Outcome run_save(Context& context);
Outcome run_saved(Context& context);
Outcome run_tag(Context& context);
Outcome run_export(Context& context);
Outcome run_dupes(Context& context);
Outcome run_trends(Context& context);
Outcome run_completion(Context& context);
Outcome run_config(Context& context);
Outcome run_help(Context& context);

Outcome run_index(Context& context);
Outcome run_parse(Context& context);
Outcome run_check_files(Context& context);

}  // namespace digest::cli
