// SPDX-License-Identifier: MIT
// Many queries in one process: `id TAB query` a line in, answers in the same order out.
#pragma once
#include <digest/search.hpp>

#include "cli/context.hpp"
#include "cli/search_options.hpp"

namespace digest::cli {

Outcome run_batch(Context& context, const View& view, const SearchRequest& request);

}  // namespace digest::cli
